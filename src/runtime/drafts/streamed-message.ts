import type { Where } from '../../errors/index.ts'
import type { Conversation, Message } from '../../implementation/records.ts'
import type { HandlerRun } from '../consumers/handler-run.ts'

/** The message that is being made, of which its content is all that is missing. */
export type DraftedMessage = Omit<Message, 'type' | 'payload'>

/** A message that is made of a stream. */
export interface StreamedMessage {
  readonly type: string
  readonly stream: AsyncIterable<unknown>
  readonly message: DraftedMessage
  readonly conversation: Conversation
  readonly run: HandlerRun
  readonly where: Where
}

/** What came of the stream. */
export interface MadeMessage {
  readonly payload: unknown
  /** What the platform calls the draft that it shows already. */
  readonly tags: Readonly<Record<string, string>>
}
