import { checkSpecification, type SpecificationVersion } from './check-specification.ts'
import { abortError, type FailedCall } from './vendor-error.ts'
import { sentenceOf, type Warning } from './warning.ts'

/** What every adapter reads of a configuration. */
export interface VendorConfiguration {
  /** Never part of an error. Left out where the vendor asks for none. */
  readonly apiKey?: string | undefined
}

/** What every adapter reads of what a handler receives. */
export interface VendorCall<TConfiguration extends VendorConfiguration, TInput = unknown> {
  readonly input: TInput
  readonly configuration: TConfiguration
  readonly signal: AbortSignal
  readonly logger: { warn(message: string): void }
}

/** The models of a vendor, set up once for each configuration. */
export interface Connector<TConfiguration extends VendorConfiguration, TModel> {
  /** @throws {PlugboardError} with the code `aborted`, where nobody waits for the answer any more. */
  open(call: VendorCall<TConfiguration>, modelId: string): TModel
  /** Logs what a provider package says that it did not do: each sentence once an installation is enough. */
  warn(call: VendorCall<TConfiguration>, warnings: readonly Warning[]): void
}

/** Keeps what `connect` set up, for as long as the configuration is in use. Warnings that are `needless` are not logged. */
export function connector<
  TConfiguration extends VendorConfiguration,
  TModel extends { readonly specificationVersion: SpecificationVersion },
>(
  vendor: string,
  connect: (configuration: TConfiguration) => (modelId: string) => TModel,
  needless?: RegExp,
): Connector<TConfiguration, TModel> {
  const connections = new WeakMap<TConfiguration, { open: (modelId: string) => TModel; told: Set<string> }>()
  const connectionOf = (configuration: TConfiguration) => {
    const known = connections.get(configuration)
    if (known) return known
    const made = { open: connect(configuration), told: new Set<string>() }
    connections.set(configuration, made)
    return made
  }
  return {
    open({ configuration, signal }, modelId) {
      if (signal.aborted) throw abortError(vendor, signal)
      return checkSpecification(connectionOf(configuration).open(modelId), vendor)
    },
    warn({ configuration, logger }, warnings) {
      const { told } = connectionOf(configuration)
      for (const warning of warnings) {
        const sentence = sentenceOf(warning, vendor)
        if (!told.has(sentence) && !needless?.test(sentence)) logger.warn(sentence)
        told.add(sentence)
      }
    },
  }
}

/** The call that an error ends, with what its message may not repeat. */
export function failing(
  vendor: string,
  { configuration: { apiKey = '' }, signal }: VendorCall<VendorConfiguration>,
): FailedCall {
  return { vendor, signal, secrets: apiKey.length < shortestSecret ? [] : [apiKey] }
}

/** A shorter one is a placeholder, and masking it would only garble messages. */
const shortestSecret = 4
