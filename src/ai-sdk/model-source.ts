import { failing, type VendorCall, type VendorConfiguration } from './connector.ts'
import { vendorError } from './vendor-error.ts'

/** Asks a server for the models that it has. */
export type ModelSource<TConfiguration, TFacts> = (
  configuration: TConfiguration,
  signal: AbortSignal,
) => Promise<readonly TFacts[]>

/** The models of a vendor, published or asked for. It fails as the vendor's other calls do. */
export async function modelsOf<TConfiguration extends VendorConfiguration, TFacts>(
  models: readonly TFacts[] | ModelSource<TConfiguration, TFacts>,
  vendor: string,
  call: VendorCall<TConfiguration>,
): Promise<readonly TFacts[]> {
  if (typeof models !== 'function') return models
  try {
    return await models(call.configuration, call.signal)
  } catch (error) {
    throw vendorError(error, failing(vendor, call))
  }
}
