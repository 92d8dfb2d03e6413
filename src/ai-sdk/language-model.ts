import type { LanguageModelV3, LanguageModelV4 } from '@ai-sdk/provider'
import { PlugboardError } from '../index.ts'

/** A model of one of the AI SDK's provider packages, by the current specification (v4) or the one before it (v3). */
export type LanguageModel = LanguageModelV4 | LanguageModelV3

const specifications: readonly string[] = ['v4', 'v3'] satisfies LanguageModel['specificationVersion'][]

/**
 * Refuses a model of another specification, whose parts would be misread.
 * @throws {PlugboardError} with the code `vendor_failed`.
 */
export function checkSpecification(model: LanguageModel, vendor: string): LanguageModel {
  const version: unknown = model.specificationVersion
  if (specifications.includes(String(version))) return model
  throw new PlugboardError({
    code: 'vendor_failed',
    message:
      `the provider package of '${vendor}' gives models of specification '${String(version)}', and the adapter takes ` +
      `${specifications.map((known) => `'${known}'`).join(' and ')}. Install a version of the provider package that fits.`,
  })
}
