import type { TelegramApi } from '../api.ts'
import type { Place } from '../place.ts'
import type { TelegramProps } from '../props.ts'

/** What the handler of an outgoing message receives, whatever its channel and type. */
export interface Outgoing extends TelegramProps {
  readonly conversation: { readonly id: string; readonly tags: { readonly id?: string | undefined } }
  readonly message: { readonly id: string; readonly tags: Readonly<Record<string, string | undefined>> }
  ack(acknowledgement: { tags: { id: string; ids?: string } }): Promise<void>
}

/** Where a part goes, and by what. */
export interface Target {
  readonly api: TelegramApi
  /** Goes into every method that sends. */
  readonly to: Place & {
    readonly reply_parameters?: { readonly message_id: number; readonly allow_sending_without_reply: true }
  }
}

/** One message of Telegram, of the one or several that a message becomes. */
export interface Part {
  /** Gives what Telegram calls it. */
  send(target: Target): Promise<{ readonly message_id: number }>
  /** Makes one that was sent to this; left out where what was sent is not touched again. */
  edit?(target: Target, messageId: number): Promise<unknown>
}
