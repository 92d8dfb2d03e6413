/** Something that happened in a bot, to be counted. */
export type Occurrence =
  /** A request to a webhook was answered. */
  | { readonly kind: 'request'; readonly integration: string; readonly status: number; readonly duration: number }
  /** A delivery came in. `duplicate`: it was stored before, and was dropped. */
  | { readonly kind: 'delivery'; readonly integration: string; readonly outcome: 'stored' | 'duplicate' }
  /** A request came to a webhook that the installations of an integration share. `integration` is its name. */
  | {
      readonly kind: 'identification'
      readonly integration: string
      readonly outcome: 'found' | 'fallback' | 'unknown' | 'failed'
    }
  /** A message came in, or went out. */
  | {
      readonly kind: 'message'
      readonly direction: 'incoming' | 'outgoing'
      readonly integration: string
    }
  /** An event came in. `origin` is the alias of the installation or plugin, or `bot`. */
  | { readonly kind: 'event'; readonly origin: string }
  /** A handler has ended. `duration` is in milliseconds; `error` is the code of why it failed. */
  | {
      readonly kind: 'handler'
      readonly consumer: string
      readonly moment: string
      readonly duration: number
      readonly error: string | undefined
    }
  /** A call, handler, hook or send that failed is made again. */
  | { readonly kind: 'retry'; readonly of: 'call' | 'handler' | 'send' | 'hook' }
  /** A call went on to the next candidate. */
  | { readonly kind: 'failover'; readonly integration: string }
  /** Something failed for good and was put aside. */
  | { readonly kind: 'dead letter'; readonly of: 'handler' | 'send' | 'hook' }
  /**
   * Nobody knows whether a message was sent: the process ended meanwhile, or the platform did not answer. `repeated`: it is
   * sent again, and the platform may have it twice; `put aside`: it is not.
   */
  | {
      readonly kind: 'unknown outcome'
      readonly integration: string
      readonly channel: string
      readonly next: 'repeated' | 'put aside'
    }

/** Takes what happens. Must not throw. */
export type OccurrenceObserver = (occurrence: Occurrence) => void
