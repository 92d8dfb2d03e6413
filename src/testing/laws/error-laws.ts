import { PlugboardError } from 'plugboard'
import type { Check } from '../suite/check.ts'
import type { Probe } from '../suite/probe.ts'
import { demand, messageOf } from '../suite/verdict.ts'

/** The errors that pass by themselves. */
const passing: ReadonlySet<string> = new Set(['vendor_rate_limited', 'vendor_unavailable'])
/** The errors that do not: to try again is no use. */
const lasting: ReadonlySet<string> = new Set([
  'vendor_unauthorized',
  'vendor_refused',
  'input_invalid',
  'capability_missing',
])

/** What holds for every error that the integration threw in the whole suite. Run last. */
export function errorLaws(probes: readonly Probe[]): Check[] {
  // What is thrown after an abort is the abort, whatever the vendor's package calls it.
  const thrown = (): { action: string; error: unknown }[] =>
    probes.flatMap(({ calls, sends }) =>
      [...calls, ...sends].flatMap(({ action, end }) =>
        end?.kind === 'threw' && !end.aborted ? [{ action, error: end.error }] : [],
      ),
    )
  return [
    {
      name: 'errors/typed',
      title: 'every error is a PlugboardError with a code',
      run: async () => {
        const all = thrown()
        const untyped = all.find(({ error }) => !PlugboardError.isInstance(error))
        demand(
          untyped === undefined,
          `'${untyped?.action}' throws what has no code: ${messageOf(untyped?.error)}. Throw a PlugboardError that says what it means to the caller`,
        )
        return all.length === 0 ? 'no action failed' : undefined
      },
    },
    {
      name: 'errors/retryable',
      title: 'an error says whether to try again, and when, as its code means it',
      run: async () => {
        for (const { action, error } of thrown()) {
          if (!PlugboardError.isInstance(error)) continue
          const { code, retryable, retryAfter } = error
          demand(
            !passing.has(code) || retryable,
            `'${action}' fails with '${code}', which passes, and says that it does not`,
          )
          demand(
            !lasting.has(code) || !retryable,
            `'${action}' fails with '${code}', which does not pass, and says that it does`,
          )
          demand(
            retryAfter === undefined || (retryable && Number.isFinite(retryAfter) && retryAfter >= 0),
            `'${action}' fails with '${code}' and a retryAfter that means nothing: ${retryAfter}`,
          )
        }
      },
    },
  ]
}
