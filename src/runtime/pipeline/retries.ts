import { PlugboardError } from '../../errors/index.ts'

/** When what failed is tried again. */
export interface RetryOptions {
  /** How often a handler is run or a message sent before it goes to the dead letters. Default: 6. */
  attempts?: number
  /** Milliseconds before the second attempt; each one after it waits twice as long, 30 seconds in all. Default: 1000. */
  delay?: number
}

/** What blocks a conversation while it waits may do so for this long in all. */
const longest = 30_000

/** How long to wait before the next attempt, in milliseconds; undefined if there is none. */
export function waitAfter(
  error: unknown,
  failed: number,
  { attempts = 6, delay = 1000 }: RetryOptions,
): number | undefined {
  if (failed >= attempts) return undefined
  const wait = Math.min(delay * 2 ** (failed - 1), longest - delay * (2 ** (failed - 1) - 1))
  if (wait < 0) return undefined
  // Anything may go better next time, except what says that it will not.
  if (!PlugboardError.isInstance(error)) return wait
  if (!error.retryable) return undefined
  const asked = error.retryAfter ?? 0
  return asked > longest ? undefined : Math.max(wait, asked)
}
