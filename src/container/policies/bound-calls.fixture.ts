import type { Policy } from '../../definition/policy.ts'
import { PlugboardError, type PlugboardErrorOptions } from '../../errors/index.ts'
import { applyPolicies } from './apply-policies.ts'
import type { CallRequest, Calls, Candidate } from './call.ts'
import type { Sample } from './interfaces.fixture.ts'
import { PolicyState } from './policy-state.ts'
import type { VirtualClock } from './virtual-clock.fixture.ts'

/** The calls of an action through a binding with policies. */
export function bound(
  sample: Sample,
  clock: VirtualClock,
  candidates: readonly Candidate[],
  policies: readonly Policy[],
  state: PolicyState = new PolicyState(),
): Calls {
  const where = { plugin: 'tester', action: sample.action.name }
  return applyPolicies({ facts: { action: sample.action, where }, candidates, policies, services: clock, state })
}

/** A call with an input. */
export const request = (input: unknown, signal?: AbortSignal): CallRequest => ({
  input,
  signal,
  idempotencyKey: 'event-1',
})

/** How a call ended: its output, or its error. */
export type Outcome = { readonly output: unknown } | { readonly error: PlugboardError }

/** Waits for the end of a call. Anything but an error of Plugboard is thrown. */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    return { output: await call }
  } catch (error) {
    if (PlugboardError.isInstance(error)) return { error }
    throw error
  }
}

/** The error with which a call ends. */
export async function errorOf(call: Promise<unknown>): Promise<PlugboardError> {
  const outcome = await outcomeOf(call)
  if ('error' in outcome) return outcome.error
  throw new Error(`The call succeeded: ${JSON.stringify(outcome.output)}`)
}

/** Takes a stream to its end. `items` fills as they come. */
export async function drain(
  stream: AsyncGenerator<unknown, unknown, void>,
  items: unknown[] = [],
): Promise<{ items: unknown[]; output: unknown }> {
  for (;;) {
    const result = await stream.next()
    if (result.done) return { items, output: result.value }
    items.push(result.value)
  }
}

/** An error of a platform. */
export const failure = (
  code: PlugboardErrorOptions['code'],
  options: Partial<PlugboardErrorOptions> = {},
): PlugboardError => new PlugboardError({ code, message: 'it failed', ...options })

/** The platform asks to come back. */
export const rateLimited = (retryAfter?: number): PlugboardError =>
  failure('vendor_rate_limited', { retryable: true, retryAfter })
/** The connection broke: what the platform did is not known. */
export const broken = (): PlugboardError => failure('vendor_unavailable', { retryable: true })
/** No connection was made. */
export const refused = (): PlugboardError =>
  failure('vendor_unavailable', {
    retryable: true,
    cause: new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) }),
  })
