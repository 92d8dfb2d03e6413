import { PlugboardError } from '../index.ts'

/** The tag of the specification of a model: the current one, or the one before it. */
export type SpecificationVersion = 'v4' | 'v3'

const specifications: readonly string[] = ['v4', 'v3'] satisfies SpecificationVersion[]

/**
 * Refuses a model of another specification, whose parts would be misread.
 * @throws {PlugboardError} with the code `vendor_failed`.
 */
export function checkSpecification<TModel extends { readonly specificationVersion: SpecificationVersion }>(
  model: TModel,
  vendor: string,
): TModel {
  const version: unknown = model.specificationVersion
  if (specifications.includes(String(version))) return model
  throw new PlugboardError({
    code: 'vendor_failed',
    message:
      `the provider package of '${vendor}' gives models of specification '${String(version)}', and the adapter takes ` +
      `${specifications.map((known) => `'${known}'`).join(' and ')}. Install a version of the provider package that fits.`,
  })
}
