import type { ActionDefinition } from '../../definition/member-definitions.ts'
import { type ErrorCode, PlugboardError } from '../../errors/index.ts'

/** The input does not suit the integration, and it was not called. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'input_invalid',
  'entity_invalid',
  'entity_stale',
  'capability_missing',
])

/** Whatever the action is, it did not begin: these come before the platform does anything. */
const beforehand: ReadonlySet<ErrorCode> = new Set([
  ...refusals,
  'installation_inactive',
  'registration_failed',
  'rate_limited',
  'budget_exceeded',
  'vendor_rate_limited',
  'vendor_unauthorized',
  'vendor_refused',
])

/** What is wrong with one integration need not be wrong with another, whether or not the same call may succeed later. */
const particular: ReadonlySet<ErrorCode> = new Set([
  'installation_inactive',
  'registration_failed',
  'rate_limited',
  'budget_exceeded',
  'vendor_rate_limited',
  'vendor_unauthorized',
  'vendor_unavailable',
  'timeout',
])

/** Whether an integration failed because it cannot take the input, such as the entities of another one. */
export function refusesInput(error: unknown): error is PlugboardError {
  return PlugboardError.isInstance(error) && refusals.has(error.code)
}

/** Whether another integration may succeed where one failed so. */
export function failsAlone(error: unknown): error is PlugboardError {
  if (!PlugboardError.isInstance(error) || error.code === 'aborted') return false
  return error.retryable || particular.has(error.code) || neverConnected(error)
}

/**
 * Whether a call that failed so can be made again without doing something twice: the action is idempotent, or the failure
 * shows that nothing was done. It shows it by its code, or because no connection was made. An action is taken for not
 * idempotent unless it says so, and a connection that broke, an answer of failure or a time-out leave open what was done.
 */
export function canRepeat(error: unknown, action: ActionDefinition): boolean {
  return action.idempotent || nothingWasDone(error)
}

function nothingWasDone(error: unknown): boolean {
  if (!PlugboardError.isInstance(error)) return neverConnected(error)
  if (error.code === 'failover_exhausted' && error.cause instanceof AggregateError)
    return error.cause.errors.every(nothingWasDone)
  return beforehand.has(error.code) || neverConnected(error)
}

/** Codes of Node and of its fetch for a name that has no address, a refused connection, and one that was not made in time. */
const connectionCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])
const deepest = 8

/** Whether an error was caused by a connection that was never made: looks through its causes. */
function neverConnected(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > deepest) return false
  const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown }
  // A name with several addresses fails with one error for each.
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.every((each) => neverConnected(each, depth + 1))
  return connectionCodes.has(code) || syscall === 'connect' || neverConnected(error.cause, depth + 1)
}
