import type { Conversation, Message, User } from '../../implementation/records.ts'
import { found } from '../clients/found.ts'
import type { Store } from '../ports/store.ts'
import type { Waiting } from '../ports/lane-store.ts'

/** What was read together with an item. */
export type Known = Pick<Waiting, 'conversation' | 'user'>

/** The conversation of a message, and who wrote it. */
export async function partiesOf(
  store: Store,
  { conversationId, userId }: Message,
  known: Known,
): Promise<{ readonly conversation: Conversation; readonly user: User }> {
  return {
    conversation:
      known.conversation ?? found(await store.getConversation(conversationId), 'conversation', conversationId, {}),
    user: known.user ?? found(await store.getUser(userId), 'user', userId, {}),
  }
}
