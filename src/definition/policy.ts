/** What happens around the calls of a binding. Plain data, so that it can stand in a configuration file as well. */
export type Policy = TimeoutPolicy | RetryPolicy | CachePolicy | RateLimitPolicy | MeterPolicy | BudgetPolicy

/** Fails a call that takes longer, with the code `timeout`, and aborts it. Of several candidates each has this time to itself. */
export interface TimeoutPolicy {
  readonly policy: 'timeout'
  /** Milliseconds until a call must have ended; for a stream, until its next item. */
  readonly milliseconds: number
}

/** Repeats a call that failed with a retryable error, if the action is idempotent or the failure shows that nothing was done. */
export interface RetryPolicy {
  readonly policy: 'retry'
  /** How often a call is made at most, the first time included. Default: 3. */
  readonly attempts: number
  /** Milliseconds before the second attempt; doubled for each further one, with jitter. A platform's Retry-After goes before it. Default: 250. */
  readonly delay: number
  /** The longest wait, in milliseconds. A platform that asks for more gets its error passed on. Default: 30,000. */
  readonly longestDelay: number
}

/** Keeps the outputs of actions that are marked cacheable. */
export interface CachePolicy {
  readonly policy: 'cache'
  /** Milliseconds for which an output is used again. */
  readonly milliseconds: number
  /** How many outputs are kept at most; the one used longest ago goes first. Default: 1,000. */
  readonly entries: number
}

/** Fails a call beyond so many in a span of time, with the code `rate_limited` and `retryAfter`. */
export interface RateLimitPolicy {
  readonly policy: 'rateLimit'
  readonly calls: number
  /** The span, in milliseconds. */
  readonly per: number
}

/** Counts the calls of billable actions and what they cost. */
export interface MeterPolicy {
  readonly policy: 'meter'
}

/** Fails calls of billable actions once so much was spent, with the code `budget_exceeded`. */
export interface BudgetPolicy {
  readonly policy: 'budget'
  /** What may be spent, in the unit in which the integrations report cost: US dollars. */
  readonly cost?: number
  /** How many billable calls may be made. */
  readonly calls?: number
  /** The span, in milliseconds, after which it starts anew. Default: a day. */
  readonly per: number
}

/** Fails a call that takes longer than so many milliseconds, and aborts it; with several candidates, the call of each. */
export const timeout = (milliseconds: number): TimeoutPolicy => ({ policy: 'timeout', milliseconds })

/** Repeats calls that failed with a retryable error. See {@link RetryPolicy}. */
export const retry = (options: { attempts?: number; delay?: number; longestDelay?: number } = {}): RetryPolicy => ({
  policy: 'retry',
  attempts: options.attempts ?? 3,
  delay: options.delay ?? 250,
  longestDelay: options.longestDelay ?? 30_000,
})

/** Keeps the outputs of cacheable actions for so many milliseconds. */
export const cache = (milliseconds: number, options: { entries?: number } = {}): CachePolicy => ({
  policy: 'cache',
  milliseconds,
  entries: options.entries ?? 1_000,
})

/** Allows so many calls in a span of milliseconds. */
export const rateLimit = (options: { calls: number; per: number }): RateLimitPolicy => ({
  policy: 'rateLimit',
  ...options,
})

/** Counts billable calls and what they cost. */
export const meter = (): MeterPolicy => ({ policy: 'meter' })

const day = 86_400_000

/** Allows so much cost (US dollars), or so many billable calls, in a span of milliseconds, `per`; a day unless said otherwise. */
export const budget = (options: { cost?: number; calls?: number; per?: number }): BudgetPolicy => ({
  policy: 'budget',
  ...options,
  per: options.per ?? day,
})
