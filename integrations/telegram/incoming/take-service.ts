import type { ChatMemberUpdated, Message } from 'grammy/types'
import type { TelegramProps } from '../props.ts'
import { conversationOf, speakerFrom, userOf } from './people.ts'

type Place = { readonly conversationId: string; readonly userId: string | undefined }

/** Tells of what Telegram says in a chat by itself. Gives whether the message is such a one. */
export async function takeService(props: TelegramProps, message: Message, place: Place): Promise<boolean> {
  const topic = topicIn(message)
  if (topic) {
    const { title } = topic
    if (title !== undefined) await props.client.updateConversation({ id: place.conversationId, tags: { title } })
    await props.client.createEvent({ type: 'topicChanged', payload: topic, ...place })
    return true
  }
  const joined = message.new_chat_members ?? []
  const left = message.left_chat_member
  // Of the bot itself, Telegram tells by an update of its own.
  for (const member of joined)
    if (!isThisBot(props, member.id)) await takeMember(props, member, 'member', 'left', place)
  if (left && !isThisBot(props, left.id)) await takeMember(props, left, 'left', 'member', place)
  return joined.length > 0 || left !== undefined
}

/** Tells what has become of the bot in a chat. */
export async function takeMembership(props: TelegramProps, update: ChatMemberUpdated): Promise<void> {
  const { chat, from, old_chat_member, new_chat_member } = update
  const conversationId = await conversationOf(props.client, chat, undefined)
  const speaker = speakerFrom(from, undefined)
  const place = { conversationId, userId: speaker && (await userOf(props.client, speaker)) }
  await takeMember(props, new_chat_member.user, new_chat_member.status, old_chat_member.status, place)
}

type Status = ChatMemberUpdated['new_chat_member']['status']
type Member = ChatMemberUpdated['new_chat_member']['user']

async function takeMember(
  props: TelegramProps,
  user: Member,
  status: Status,
  previousStatus: Status,
  place: Place,
): Promise<void> {
  const { id, name = '', username } = speakerFrom(user, undefined) ?? { id: `${user.id}` }
  await props.client.createEvent({
    type: 'membershipChanged',
    payload: {
      member: { id, name, ...(username !== undefined && { username }) },
      isThisBot: isThisBot(props, user.id),
      status,
      previousStatus,
    },
    ...place,
  })
}

/** A token begins with the id of its bot. */
export function isThisBot({ configuration }: Pick<TelegramProps, 'configuration'>, id: number): boolean {
  return configuration.botToken.startsWith(`${id}:`)
}

function topicIn(message: Message) {
  const { forum_topic_created: created, forum_topic_edited: edited } = message
  if (created) return { change: 'created' as const, title: created.name }
  if (edited) return { change: 'edited' as const, title: edited.name }
  if (message.forum_topic_closed) return { change: 'closed' as const, title: undefined }
  if (message.forum_topic_reopened) return { change: 'reopened' as const, title: undefined }
  return undefined
}
