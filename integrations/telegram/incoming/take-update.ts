import type { MessageReactionUpdated, ReactionType, Update } from 'grammy/types'
import type { TelegramProps } from '../props.ts'
import { conversationOf, speakerFrom, userOf } from './people.ts'
import { takeEdit, takeMessage } from './take-message.ts'
import { takePress } from './take-press.ts'
import { isThisBot, takeMembership } from './take-service.ts'

/** What Telegram is asked to tell: reactions are not among what it tells by itself. */
export const wanted = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'callback_query',
  'message_reaction',
  'my_chat_member',
  'poll',
  'poll_answer',
  'pre_checkout_query',
  'shipping_query',
  'chat_join_request',
] as const satisfies readonly (keyof Update)[]

/** Brings in one update, whichever way it came. */
export async function takeUpdate(props: TelegramProps, update: Update): Promise<void> {
  const message = update.message ?? update.channel_post
  const edited = update.edited_message ?? update.edited_channel_post
  const author = (message ?? edited)?.from
  if (author && isThisBot(props, author.id)) return
  const taken = message
    ? await takeMessage(props, message)
    : edited
      ? await takeEdit(props, edited)
      : update.callback_query
        ? await takePress(props, update.callback_query)
        : await takeOther(props, update)
  if (!taken) await takeUnknown(props, update)
}

async function takeOther(props: TelegramProps, update: Update): Promise<boolean> {
  const { message_reaction: reaction, my_chat_member: membership } = update
  if (reaction) await takeReaction(props, reaction)
  if (membership) await takeMembership(props, membership)
  return reaction !== undefined || membership !== undefined
}

async function takeReaction({ client }: TelegramProps, update: MessageReactionUpdated): Promise<void> {
  const { chat, user, actor_chat, old_reaction, new_reaction } = update
  const before = old_reaction.map(emojiOf)
  const after = new_reaction.map(emojiOf)
  const speaker = speakerFrom(user, actor_chat)
  const messageId = `${update.message_id}`
  // Telegram does not say in which topic: the one of the message, if it is known.
  const main = await conversationOf(client, chat, undefined)
  const places = await client.listConversations({ tags: { chatId: `${chat.id}` } })
  let known: { readonly id: string; readonly conversationId: string } | undefined
  for (const { id: conversationId } of places.items)
    known ??= (await client.listMessages({ conversationId, tags: { id: messageId } })).items[0]
  await client.createEvent({
    type: 'reactionChanged',
    payload: {
      messageId,
      added: after.filter((emoji) => !before.includes(emoji)),
      removed: before.filter((emoji) => !after.includes(emoji)),
    },
    conversationId: known?.conversationId ?? main,
    ...(speaker && { userId: await userOf(client, speaker) }),
    ...(known && { messageId: known.id }),
  })
}

function emojiOf(reaction: ReactionType): string {
  return reaction.type === 'emoji'
    ? reaction.emoji
    : reaction.type === 'custom_emoji'
      ? reaction.custom_emoji_id
      : 'paid'
}

/** Names beside which something tells what a message is. */
const ofEveryMessage = ['message_id', 'from', 'sender_chat', 'chat', 'date', 'message_thread_id', 'is_topic_message']

async function takeUnknown({ client }: TelegramProps, update: Update): Promise<void> {
  const { update_id: _, ...rest } = update
  const [field, value] = Object.entries(rest)[0] ?? ['nothing', {}]
  const inside = field === 'message' ? Object.keys(value).find((name) => !ofEveryMessage.includes(name)) : undefined
  await client.createEvent({ type: 'updateReceived', payload: { kind: inside ?? field, update: { ...update } } })
}
