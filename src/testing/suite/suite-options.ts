import type { Deviation } from 'plugboard'
import type { Act, Shown } from '../people.ts'

/** A state of the platform that a test brings about, so that it can be seen what the integration makes of it. */
export interface Situation {
  /** The configuration with which it comes about, in place of the suite's: one with a wrong key. Default: the suite's. */
  readonly configuration?: object
  /** The action that is called. Default: the first one of the interface that is idempotent. */
  readonly action?: string
  /** The input with which it comes about. Default: an ordinary one. */
  readonly input?: unknown
  /** Brings it about before the integration is started; of a channel, once there is a conversation. */
  readonly before?: () => void | Promise<void>
  /** Takes it back. */
  readonly after?: () => void | Promise<void>
  /** Of `rateLimited`: the milliseconds that the platform asks to wait, where it says so. */
  readonly retryAfter?: number
}

/** How an integration is tested. */
export interface SuiteOptions {
  /** What is installed: the default export of the package. */
  readonly integration: { readonly kind: 'integration'; readonly name: string }
  /** The implementation of the interface that is meant, where there are several. Default: the only one, or that of the interface's name. */
  readonly as?: string
  readonly configuration?: object
  readonly configurationType?: string
  /** The secrets of the integration, by name. */
  readonly secrets?: Readonly<Record<string, string>>
  /** The day of the report, as `2026-11-29`. By it is judged which deviations have expired. */
  readonly date: string
  /** What the values that are tried are made from. Default: 1. */
  readonly seed?: number
  /** How many inputs are made up for each action. Default: 6. */
  readonly generated?: number
  /** By action: an ordinary input for this integration, in place of the contract's, or a function of the scenario's context that makes one. */
  readonly samples?: Readonly<Record<string, unknown>>
  /** By entity: values that its platform takes, in place of ones made from the schema. */
  readonly entities?: Readonly<Record<string, readonly unknown[]>>
  /**
   * What people do on the platform, by the name of the act: `write`, which has somebody write to the bot, and those of the
   * contract. What is not said is not tried.
   */
  readonly people?: Readonly<Record<string, Act>>
  /** What the platform was asked to show, as far as that can be told. Default: nothing can. */
  readonly shown?: () => Shown | Promise<Shown>
  /** By channel and type, as `hitl/image`: a message that its platform takes, or a function of the scenario's context that makes one. Default: made from the schema. */
  readonly messages?: Readonly<Record<string, unknown>>
  /**
   * The situations that can be brought about: `rateLimited`, `unauthorized`, `unavailable`, `refused`, `malformed`, `slow`, and the
   * contract's; for messages of a channel `hitl/rateLimited` and so on, by `before` alone, which is called when there is a
   * conversation.
   */
  readonly situations?: Readonly<Record<string, Situation>>
  /** What is known to fail, with the reason and until when that is put up with. */
  readonly deviations?: readonly Deviation[]
  /** Milliseconds that an action has to end after it was aborted. Default: 2,000. */
  readonly patience?: number
  /**
   * Milliseconds that an action has to answer, or to send a message, and a stream to give the next item. Default: five times the
   * `patience`. An action that did not once has the `patience` alone from then on.
   */
  readonly timeout?: number
}

/** How long the suite waits, in milliseconds. */
export function waitsOf({ patience = 2000, timeout = 5 * patience }: SuiteOptions) {
  return { patience, timeout }
}
