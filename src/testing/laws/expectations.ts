import type { PlugboardError } from 'plugboard'
import type { Situation } from '../suite/suite-options.ts'
import { demand, messageOf } from '../suite/verdict.ts'

/** What an integration has to make of a state that its platform can be in. */
export interface Expectation {
  readonly situation: string
  readonly title: string
  readonly codes?: readonly string[]
  readonly retryable?: boolean
}

export const expectations: readonly Expectation[] = [
  {
    situation: 'unauthorized',
    title: "wrong credentials are told by the code 'vendor_unauthorized', and not as passing",
    codes: ['vendor_unauthorized'],
    retryable: false,
  },
  {
    situation: 'rateLimited',
    title: "a platform that asks to wait is told by the code 'vendor_rate_limited', with how long",
    codes: ['vendor_rate_limited'],
    retryable: true,
  },
  {
    situation: 'unavailable',
    title: "a connection that breaks is told by the code 'vendor_unavailable', as passing",
    codes: ['vendor_unavailable', 'stream_broken'],
    retryable: true,
  },
  {
    situation: 'refused',
    title: "a request that the platform calls wrong is told by the code 'vendor_refused', and not as passing",
    codes: ['vendor_refused'],
    retryable: false,
  },
  { situation: 'malformed', title: 'an answer of the platform that makes no sense is told by a typed error' },
]

/** Demands that an error says what is expected of it. */
export function demandTold(
  what: string,
  error: PlugboardError,
  { codes, retryable }: Expectation,
  { retryAfter }: Situation,
): void {
  demand(
    !codes || codes.includes(error.code),
    `${what} should fail with the code '${codes?.[0]}', and fails with ${messageOf(error)}`,
  )
  demand(
    retryable === undefined || error.retryable === retryable,
    `${what} fails with '${error.code}' and says that to try again is ${error.retryable ? '' : 'no '}use: give the error \`retryable: ${retryable}\``,
  )
  demand(
    retryAfter === undefined || error.retryAfter === retryAfter,
    `${what} should say to try again after ${retryAfter} ms, and says ${error.retryAfter ?? 'nothing'}: give the error \`retryAfter\`, in milliseconds`,
  )
}
