import type { WebClient } from '@slack/web-api'
import type { Place } from '../place.ts'
import type { SlackProps } from '../props.ts'

/** What the handler of an outgoing message receives, whatever its channel and type. */
export interface Outgoing extends SlackProps {
  readonly conversation: { readonly id: string; readonly tags: Readonly<Record<string, string | undefined>> }
  readonly message: { readonly id: string; readonly tags: Readonly<Record<string, string | undefined>> }
  ack(acknowledgement: { tags: SentTags }): Promise<void>
}

/** How a message is known in Slack. */
export type SentTags = { id: string; ids: string }

/** In whose name a message is written: default the bot's. */
export interface Author {
  readonly username?: string
  readonly icon_url?: string
}

/** Where a part goes, in whose name, and by what. */
export interface Target {
  readonly api: WebClient
  /** Goes into every method that posts. */
  readonly to: Place & Author & { readonly reply_broadcast?: true }
}

/** One message of Slack, of the one or several that a message becomes. */
export interface Part {
  /** Gives what Slack calls it: a message by its time, a file by its id. */
  send(target: Target): Promise<string>
  /** Makes one that was sent to this; left out where what was sent is not touched again. */
  edit?(target: Target, id: string): Promise<unknown>
}

/** What stands in a message of Slack. */
export interface Content {
  /** What is shown, or, beside blocks, what notifications say. */
  readonly text: string
  readonly blocks?: readonly object[]
}
