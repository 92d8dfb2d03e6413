import type { sendMessage } from '../api.ts'
import { conversationWith } from '../incoming/people.ts'
import type { WhatsappProps } from '../props.ts'
import type { Outgoing } from './outgoing.ts'

/**
 * Keeps by what WhatsApp knows the person: in some countries that is not the number which was written to, and answers come from it.
 * The message is sent, so that nothing here may fail it.
 */
export async function learn(
  { client, logger }: Pick<WhatsappProps, 'client' | 'logger'>,
  { id, tags }: Outgoing['conversation'],
  { contacts }: Awaited<ReturnType<typeof sendMessage>>,
): Promise<void> {
  const { wa_id: phone, user_id: userId } = contacts?.[0] ?? {}
  const isOther = phone !== undefined && tags['phone'] !== undefined && tags['phone'] !== phone
  const isKnown = userId === undefined || tags['userId'] === userId
  if (!isOther && isKnown) return
  try {
    // Where the person has written before, both stay as they are.
    if (isOther && (await conversationWith(client, { phone }))) return
    const known = { ...(isOther && { id: phone, phone }), ...(userId !== undefined && { userId }) }
    await client.updateConversation({ id, tags: known })
  } catch (error) {
    logger.debug('what WhatsApp calls somebody could not be kept', { error })
  }
}
