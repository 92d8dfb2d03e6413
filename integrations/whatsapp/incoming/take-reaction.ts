import { z } from 'plugboard'
import type { WhatsappProps } from '../props.ts'
import { takeUnknown } from './take-unknown.ts'
import type { ToldMessage } from './told.ts'
import type { Place } from './written.ts'

const emoji = z.emoji()

/**
 * Tells of a reaction. A person has one for each message: a new one takes the place of the one before, and WhatsApp does not say
 * which one was taken back, so that it stands in a tag of the message. Gives whether it was one.
 */
export async function takeReaction(props: WhatsappProps, message: ToldMessage, place: Place): Promise<boolean> {
  const { client } = props
  const { reaction } = message
  if (message.type !== 'reaction' || !reaction) return false
  const { conversationId } = place
  const { items } = await client.listMessages({ conversationId, tags: { id: reaction.message_id } })
  const known = items[0]
  const now = reaction.emoji ?? ''
  if (!known || (now !== '' && !emoji.safeParse(now).success)) {
    await takeUnknown(props, 'messages.reaction', message, place)
    return true
  }
  const before = known.tags['reaction'] ?? ''
  if (before === now) return true
  const tell = async (type: 'reactionAdded' | 'reactionRemoved', which: string): Promise<void> => {
    const payload = { ...place, messageId: known.id, reaction: which }
    await client.createEvent({ type, payload, ...place, messageId: known.id })
  }
  if (before !== '') await tell('reactionRemoved', before)
  if (now !== '') await tell('reactionAdded', now)
  await client.updateMessage({ id: known.id, tags: { reaction: now } })
  return true
}
