import { z } from 'plugboard'
import type { MessageReactionUpdated, ReactionType } from 'grammy/types'
import type { TelegramProps } from '../props.ts'
import { conversationOf, messageIn, speakerFrom, userOf } from './people.ts'

/** Tells how the reactions of somebody to a message have changed. */
export async function takeReaction({ client }: TelegramProps, update: MessageReactionUpdated): Promise<void> {
  const { chat, user, actor_chat, old_reaction, new_reaction } = update
  const before = old_reaction.map(nameOf)
  const after = new_reaction.map(nameOf)
  const added = after.filter((reaction) => !before.includes(reaction))
  const removed = before.filter((reaction) => !after.includes(reaction))
  // Telegram does not say in which topic: the one of the message, if it is known.
  const known = await messageIn(client, chat, update.message_id)
  const conversationId = known?.conversationId ?? (await conversationOf(client, chat, undefined))
  const speaker = speakerFrom(user, actor_chat)
  const userId = speaker && (await userOf(client, speaker))
  const place = { conversationId, userId, ...(known && { messageId: known.id }) }
  const payload = { messageId: `${update.message_id}`, added, removed }
  await client.createEvent({ type: 'reactionChanged', payload, ...place })
  if (!known || userId === undefined) return
  for (const [type, reactions] of [['reactionRemoved', removed] as const, ['reactionAdded', added] as const])
    for (const reaction of reactions.flatMap(emojiFrom)) {
      const told = { conversationId, messageId: known.id, userId, reaction }
      await client.createEvent({ type, payload: told, ...place })
    }
}

function nameOf(reaction: ReactionType): string {
  if (reaction.type === 'emoji') return reaction.emoji
  return reaction.type === 'custom_emoji' ? reaction.custom_emoji_id : 'paid'
}

const emoji = z.emoji()
/** What makes a sign a picture. Telegram leaves it out, others do not: a heart is to be the same heart everywhere. */
const picture = '\uFE0F'

/** The emoji, written as everywhere; nothing for what is none. */
function emojiFrom(reaction: string): string[] {
  if (!emoji.safeParse(reaction).success) return []
  const ways = [reaction, `${reaction}${picture}`, reaction.replace('\u200D', `${picture}\u200D`)]
  return [ways.find((way) => /^\p{RGI_Emoji}$/v.test(way)) ?? reaction]
}
