import type { Chat, Message, User } from 'grammy/types'
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
  const told = { username, ...(language !== undefined && { language }) }
  const changed = user.name !== name || Object.entries(told).some(([tag, value]) => user.tags[tag] !== value)
  if (changed) await client.updateUser({ id: user.id, name, tags: told })
  return user.id
}

/** The conversation, with the title that the chat has now. */
export async function conversationOf(client: TelegramClient, chat: Chat, thread: string | undefined): Promise<string> {
  const title = nameOfChat(chat)
  const tags = {
    id: placeId(chat.id, thread),
    chatId: `${chat.id}`,
    threadId: thread,
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

/**
 * The topic that a message is in. Within groups without topics, answers have a thread as well, in which nothing can be sent. What
 * people write to a channel comes from one chat, with a topic for each of them.
 */
export function threadOf(
  message: Pick<Message, 'is_topic_message' | 'message_thread_id' | 'direct_messages_topic'>,
): string | undefined {
  const { is_topic_message: isTopic, message_thread_id: thread, direct_messages_topic: direct } = message
  return direct ? `d${direct.topic_id}` : isTopic ? thread?.toString() : undefined
}

/** A message of a chat that the bot knows, in whichever topic it is: Telegram does not always say that. */
export async function messageIn(client: TelegramClient, chat: Chat, messageId: number) {
  const places = await client.listConversations({ tags: { chatId: `${chat.id}` } })
  for (const { id: conversationId } of places.items) {
    const { items } = await client.listMessages({ conversationId, tags: { id: `${messageId}` } })
    if (items[0]) return items[0]
  }
  return undefined
}

/** A group that becomes a supergroup goes on under another id, with its topics. What has come from there already stays its own. */
export async function moveChat(client: TelegramClient, from: number, to: number): Promise<void> {
  const { items } = await client.listConversations({ tags: { chatId: `${from}` } })
  for (const { id, tags } of items) {
    const moved = placeId(to, tags['threadId'])
    const there = await client.listConversations({ tags: { id: moved } })
    if (there.items.length === 0) await client.updateConversation({ id, tags: { id: moved, chatId: `${to}` } })
  }
}

function nameOfChat(chat: Chat): string {
  return chat.title ?? [chat.first_name, chat.last_name].filter(Boolean).join(' ')
}
