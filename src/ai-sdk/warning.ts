import type { SharedV3Warning, SharedV4Warning } from '@ai-sdk/provider'

/** What a provider package says that it did not do. */
export type Warning = SharedV4Warning | SharedV3Warning

/** A warning as a sentence. */
export function sentenceOf(warning: Warning, vendor: string): string {
  if ('message' in warning) return `${vendor}: ${warning.message}`
  const { type, feature } = warning
  const details = 'details' in warning && warning.details !== undefined ? `: ${warning.details}` : ''
  return type === 'unsupported'
    ? `${vendor} ignores '${feature}'${details}`
    : `${vendor} takes '${feature}' with limits${details}`
}
