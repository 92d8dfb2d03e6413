import {
  type APIChannel,
  ChannelType,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteDispatchData,
  type GatewayMessageUpdateDispatchData,
  MessageType,
} from 'discord-api-types/v10'
import { isAnswered } from '../answer.ts'
import { callDiscord } from '../api.ts'
import { contentOf, stickerOf } from '../incoming/attachment.ts'
import { conversationOf, type KnownChannel, speakerFrom, userOf } from '../incoming/people.ts'
import type { DiscordProps } from '../props.ts'
import { ownId } from '../registration.ts'
import { knownMessage } from './known-message.ts'
import { saidTo, withoutMention } from './mention.ts'

type Written = Pick<GatewayMessageCreateDispatchData, 'author' | 'member' | 'webhook_id'>

/** Brings in what somebody has written or forwarded: the text, and each file. What bots write is left aside, this one's own too. */
export async function takeMessage(props: DiscordProps, message: GatewayMessageCreateDispatchData): Promise<void> {
  const { client } = props
  const { id, type, author, message_reference: reference, message_snapshots: forwarded = [] } = message
  if (isOfBot(message) || (type !== MessageType.Default && type !== MessageType.Reply)) return
  const whole = [message, ...forwarded.map((snapshot) => snapshot.message)]
  const words = whole.map(({ content }) => content).filter((content) => content !== '')
  const own = await ownId(client)
  const text = saidTo(own, words.join('\n'))
  const files = whole.flatMap(({ attachments, sticker_items: stickers = [] }) => [
    ...attachments.map((attachment) => ({ id: attachment.id, ...contentOf(attachment) })),
    ...stickers.map((sticker) => ({ id: sticker.id, ...stickerOf(sticker) })),
  ])
  if (text === '' && files.length === 0) return
  const conversationId = await placeOf(props, message)
  const userId = await userOf(client, speakerFrom(author, { name: message.member?.nick ?? null }))
  const replyTo = type === MessageType.Reply ? reference?.message_id : undefined
  const tags = { id, ...(replyTo !== undefined && { replyTo }) }
  const place = { conversationId, userId }
  const stored: string[] = []
  if (text !== '')
    stored.push((await client.createMessage({ ...place, type: 'text', payload: { text }, tags })).message.id)
  for (const [index, { id: attachmentId, type: kind, payload }] of files.entries()) {
    // What Discord has as one message is known by its first part.
    const isFirst = text === '' && index === 0
    const given = { ...place, type: kind, payload, tags: { ...(isFirst && tags), attachmentId } }
    stored.push((await client.createMessage(given)).message.id)
  }
  if (message.guild_id !== undefined && message.mentions.some((user) => user.id === own))
    await client.createEvent({
      type: 'botMentioned',
      payload: { messageId: id, text: withoutMention(own, words.join('\n')) },
      ...place,
      messageId: stored[0],
    })
}

/** Tells of a message that somebody changed. Discord also calls it a change that it shows what is behind a link. */
export async function takeEdit(props: DiscordProps, message: GatewayMessageUpdateDispatchData): Promise<void> {
  if (isOfBot(message) || !message.edited_timestamp || message.content === '') return
  const known = await knownMessage(props, message.channel_id, message.id)
  if (!known) return
  const userId = await userOf(props.client, speakerFrom(message.author, { name: message.member?.nick ?? null }))
  const { isOwn: _, ...place } = known
  const payload = { ...place, text: saidTo(await ownId(props.client), message.content) }
  await props.client.createEvent({ type: 'messageEdited', payload, ...place, userId })
}

/** Tells of a message of a person that was deleted. Who did it, Discord does not say. */
export async function takeDeletion(
  props: DiscordProps,
  message: Pick<GatewayMessageDeleteDispatchData, 'id' | 'channel_id'>,
): Promise<void> {
  const known = await knownMessage(props, message.channel_id, message.id)
  if (!known || known.isOwn) return
  const { isOwn: _, ...place } = known
  await props.client.createEvent({ type: 'messageDeleted', payload: place, ...place })
}

const isOfBot = ({ author, webhook_id }: Written): boolean => author.bot === true || webhook_id !== undefined

/** The conversation; of a channel that is not known yet, Discord is asked what it is. */
async function placeOf(
  props: DiscordProps,
  { channel_id: id, guild_id: guildId, author }: GatewayMessageCreateDispatchData,
): Promise<string> {
  const { items } = await props.client.listConversations({ tags: { id } })
  if (items[0]) return items[0].id
  const channel = await callDiscord<APIChannel>(props, {
    what: 'a channel',
    method: 'GET',
    path: `/channels/${id}`,
  }).catch((error: unknown): KnownChannel => {
    // It may be heard and not be seen.
    if (!isAnswered(error, [10_003, 50_001])) throw error
    return { id, type: guildId === undefined ? ChannelType.DM : ChannelType.GuildText }
  })
  return conversationOf(props.client, channel, { person: guildId === undefined ? author.id : undefined })
}
