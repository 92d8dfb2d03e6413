import { type APIChannel, type APIInteraction, type APIUser, ChannelType } from 'discord-api-types/v10'
import type { DiscordClient } from '../props.ts'

export type Channel = 'channel' | 'dm' | 'thread'

/** Somebody who has an account. */
export interface Speaker {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly pictureUrl?: string | undefined
  readonly language?: string | undefined
  readonly isBot: boolean
}

/** What Discord tells of a channel: the less, the further away it is. */
export type KnownChannel = Partial<APIChannel> & Pick<APIChannel, 'id' | 'type'>

export function speakerFrom(user: APIUser, more: { name?: string | null; language?: string } = {}): Speaker {
  const { id, username, global_name: shown, avatar, bot: isBot = false } = user
  return {
    id,
    name: more.name ?? shown ?? username,
    username,
    language: more.language,
    isBot,
    ...(avatar && { pictureUrl: `https://cdn.discordapp.com/avatars/${id}/${avatar}.png` }),
  }
}

/** The user, with the name and picture that it has now. */
export async function userOf(client: DiscordClient, speaker: Speaker): Promise<string> {
  const { id, username, language, isBot, name, pictureUrl } = speaker
  const tags = { id, username, language, ...(isBot && { isBot: 'true' }) }
  const { user } = await client.getOrCreateUser({ tags, name, ...(pictureUrl !== undefined && { pictureUrl }) })
  const picture = pictureUrl !== undefined && pictureUrl !== user.pictureUrl ? { pictureUrl } : {}
  const isChanged = user.name !== name || user.tags['username'] !== username || 'pictureUrl' in picture
  if (isChanged) await client.updateUser({ id: user.id, name, tags: { username }, ...picture })
  return user.id
}

/** The conversation, with the title that the channel has now. */
export async function conversationOf(
  client: DiscordClient,
  channel: KnownChannel,
  { person = personIn(channel) }: { person?: string | undefined } = {},
): Promise<string> {
  const title = 'name' in channel ? channel.name : undefined
  const guildId = 'guild_id' in channel ? channel.guild_id : undefined
  const parent = 'parent_id' in channel ? channel.parent_id : undefined
  const kind = kindOf(channel)
  const { conversation } = await client.getOrCreateConversation({
    channel: kind,
    tags: {
      id: channel.id,
      ...(guildId && { guildId }),
      // The parent of a channel that is no thread is the category that it stands in.
      ...(kind === 'thread' && parent && { parentId: parent }),
      ...(title && { title }),
      ...(kind === 'dm' && person !== undefined && { person }),
    },
  })
  const { id, tags } = conversation
  if (title && tags['title'] !== title) await client.updateConversation({ id, tags: { title } })
  return id
}

/** Where an interaction happened, and whose it is. */
export async function placeOf(
  client: DiscordClient,
  interaction: APIInteraction,
): Promise<{ conversationId: string; userId: string }> {
  const { channel, channel_id, guild_id, member, locale } = interaction as APIInteraction & { locale?: string }
  const user = member?.user ?? interaction.user
  const id = channel?.id ?? channel_id
  if (!user || id === undefined) return Promise.reject(new TypeError('an interaction has no user or no channel'))
  const known = channel ?? { id, type: guild_id === undefined ? ChannelType.DM : ChannelType.GuildText }
  const speaker = speakerFrom(user, { name: member?.nick ?? null, ...(locale !== undefined && { language: locale }) })
  return {
    conversationId: await conversationOf(
      client,
      { ...known, ...(guild_id !== undefined && { guild_id }) },
      {
        person: user.id,
      },
    ),
    userId: await userOf(client, speaker),
  }
}

export function kindOf({ type }: Pick<APIChannel, 'type'>): Channel {
  if (type === ChannelType.DM || type === ChannelType.GroupDM) return 'dm'
  return threads.includes(type) ? 'thread' : 'channel'
}

const threads: readonly ChannelType[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]

function personIn(channel: KnownChannel): string | undefined {
  return 'recipients' in channel ? channel.recipients?.[0]?.id : undefined
}
