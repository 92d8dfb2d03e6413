import type { Chat, User } from 'grammy/types'
import { placeId } from '../place.ts'
import type { TelegramClient } from '../props.ts'

export type Channel = 'direct' | 'group' | 'channel'

/** Somebody who speaks: a person, or a chat in whose name something is written. */
export interface Speaker {
  readonly id: string
  readonly name: string
  readonly username?: string | undefined
  readonly language?: string | undefined
  readonly isBot: boolean
}

/** Who speaks; a chat, where somebody writes in its name. */
export function speakerFrom(from: User | undefined, chat: Chat | undefined): Speaker | undefined {
  if (chat) return { id: `${chat.id}`, name: nameOfChat(chat), username: chat.username, isBot: false }
  if (!from) return undefined
  const { id, first_name, last_name, username, language_code: language, is_bot: isBot } = from
  return { id: `${id}`, name: [first_name, last_name].filter(Boolean).join(' '), username, language, isBot }
}

/** The user, with the name that it has now. */
export async function userOf(
  client: TelegramClient,
  { id, name, username, language, isBot }: Speaker,
): Promise<string> {
  const tags = { id, username, language, ...(isBot && { isBot: 'true' }) }
  const { user } = await client.getOrCreateUser({ tags, name })
  const changed = user.name !== name || user.tags['username'] !== username
  if (changed) await client.updateUser({ id: user.id, name, tags: { username } })
  return user.id
}

/** The conversation, with the title that the chat has now. */
export async function conversationOf(client: TelegramClient, chat: Chat, thread: number | undefined): Promise<string> {
  const title = nameOfChat(chat)
  const tags = {
    id: placeId(chat.id, thread),
    chatId: `${chat.id}`,
    threadId: thread?.toString(),
    title,
    username: chat.username,
  }
  const { conversation } = await client.getOrCreateConversation({ channel: channelOf(chat), tags })
  const { id } = conversation
  const changed = conversation.tags['title'] !== title || conversation.tags['username'] !== chat.username
  if (changed && thread === undefined) await client.updateConversation({ id, tags: { title, username: chat.username } })
  return id
}

export function channelOf({ type }: Chat): Channel {
  return type === 'private' ? 'direct' : type === 'channel' ? 'channel' : 'group'
}

/** The topic that a message is in. Within groups without topics, answers have a thread as well, in which nothing can be sent. */
export function threadOf(message: { is_topic_message?: boolean; message_thread_id?: number }): number | undefined {
  return message.is_topic_message ? message.message_thread_id : undefined
}

function nameOfChat(chat: Chat): string {
  return chat.title ?? [chat.first_name, chat.last_name].filter(Boolean).join(' ')
}
