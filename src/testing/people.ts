import type { Conversation, Message, WebhookRequest, WebhookResponse } from 'plugboard'
import type { RunningBot } from 'plugboard/runtime'

/** The client that the handlers of an integration have, of which the suite knows no types. */
export type AnyClient = ReturnType<RunningBot['clientOf']>

/** A place of the platform: a conversation, a message that somebody wrote in it, and who that is. The ids are the bot's. */
export interface Place {
  readonly conversationId: string
  readonly messageId: string
  readonly userId: string
}

/** What an act is about. */
export interface About {
  /** The conversation in which it happens. Default: wherever the integration's test has people write. */
  readonly conversationId?: string
  /** The message to which it happens. */
  readonly messageId?: string
  /** What is written, or what a message is changed to. Default: `Hello`. */
  readonly text?: string
  /** The emoji of a reaction. Default: `👍`. */
  readonly reaction?: string
  /** The value of an entity of the interface that says who or where: a person, a place to write to. */
  readonly entity?: unknown
}

/** What an act is given to work with. */
export interface ActContext {
  /**
   * Sends a request to the webhook of the installation, as the platform does. Default: a POST to `/webhook`. Gives the answer,
   * whatever it is; one that refuses is told beside what a check fails of.
   */
  receive(request: Partial<Omit<WebhookRequest, 'rawBody' | 'signal'>>): Promise<WebhookResponse>
  /** The client that the integration's own handlers have. */
  readonly client: AnyClient
  /** The conversation in which it happens, with the tags by which the integration knows it. */
  readonly conversation?: Conversation
  /** The message to which it happens. */
  readonly message?: Message
  readonly text: string
  readonly reaction: string
  readonly entity?: unknown
}

/**
 * Something that people do, done as the platform tells the integration of it: by a request to its webhook, an update that
 * it asks for, or through its client where that is how it comes in. Is done when the platform has told.
 */
export type Act = (context: ActContext) => unknown

/** What the platform was asked to show so far, the oldest first. What cannot be told is left out. */
export interface Shown {
  /** That an answer is being written: `true` for each time it was to be shown, `false` for each time it was to go. */
  readonly typing?: readonly boolean[]
  /** The messages, each with the name under which it is shown, where it is not the bot's own. */
  readonly messages?: readonly { readonly text: string; readonly name?: string | undefined }[]
  /** What messages were changed to. */
  readonly edits?: readonly string[]
  /** What the platform calls the messages that were to be deleted. */
  readonly deletions?: readonly string[]
  /** The reactions of the bot, those that it took back among them. */
  readonly reactions?: readonly { readonly reaction: string; readonly isGone: boolean }[]
  /** What the platform calls the messages up to which everything was to be shown as read. */
  readonly reads?: readonly string[]
}
