/** At most so many in any span of so many milliseconds, wherever it begins. */
export type RateLimit<TScope = 'installation' | 'integration' | 'conversation'> = {
  /** How many: a whole number from 1 on. */
  limit: number
  /** The span, in milliseconds. */
  per: number
  /**
   * What counts together: everything of an installation, of all installations of the integration in the bot, or of each
   * conversation by itself. Default: `installation`.
   */
  scope?: TScope
}

/**
 * How much a platform takes. All limits hold together, over all processes of the bot and over restarts. Declared for a
 * configuration, or where the integration is installed, they are added to those that always hold: so they lower them.
 */
export type RateLimits = {
  /** Of messages that go out, their drafts among them. A message waits in its conversation until it has a place. */
  messages?: readonly RateLimit[]
  /**
   * Of calls, by the name of the action; under `*` of all actions together. A call waits as long as it has time, and then
   * fails with `rate_limited`.
   */
  actions?: Readonly<Record<string, readonly RateLimit<'installation' | 'integration'>[]>>
}
