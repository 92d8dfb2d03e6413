import type { ActionDefinition } from '../../definition/member-definitions.ts'

/** What a call cost, in US dollars, told from its output; undefined where that is not known. */
export function costOf({ cost }: ActionDefinition, output: unknown): number | undefined {
  let told: number | undefined
  try {
    told = cost?.(output)
  } catch {
    // The call has succeeded: its output counts for more than its price.
    return undefined
  }
  return told !== undefined && Number.isFinite(told) && told >= 0 ? told : undefined
}
