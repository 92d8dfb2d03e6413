import { type APIChannel, type APIUser, ChannelType } from 'discord-api-types/v10'
import { callDiscord } from './api.ts'
import { conversationOf, speakerFrom, userOf } from './incoming/people.ts'
import { refusal } from './place.ts'
import type { DiscordProps } from './props.ts'

interface PersonInput {
  readonly user: { readonly id: string }
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
}
interface PlaceInput {
  readonly conversation: { readonly kind: 'channel' | 'person'; readonly id: string }
}

/** What nothing can be written in: they hold other channels. */
const holders: readonly ChannelType[] = [
  ChannelType.GuildCategory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
  ChannelType.GuildDirectory,
]

/** Finds people and places before anything has come from them. */
export const approach = {
  getOrCreateUser: async (props: DiscordProps & { input: PersonInput }) => {
    const { user, name, pictureUrl } = props.input
    const person = await callDiscord<APIUser>(props, { what: 'a person', method: 'GET', path: `/users/${user.id}` })
    const speaker = speakerFrom(person)
    const userId = await userOf(props.client, { ...speaker, name: speaker.name || name || user.id })
    if (pictureUrl !== undefined && speaker.pictureUrl === undefined)
      await props.client.updateUser({ id: userId, pictureUrl })
    return { userId }
  },
  getOrCreateConversation: async (props: DiscordProps & { input: PlaceInput }) => {
    const { kind, id } = props.input.conversation
    const channel = await callDiscord<APIChannel>(
      props,
      kind === 'channel'
        ? { what: 'a channel', method: 'GET', path: `/channels/${id}` }
        : { what: 'direct messages', method: 'POST', path: '/users/@me/channels', body: { recipient_id: id } },
    )
    if (holders.includes(channel.type))
      throw refusal(`nothing can be written in the channel '${id}' itself`, 'conversation.id')
    return {
      conversationId: await conversationOf(props.client, channel, { person: kind === 'person' ? id : undefined }),
    }
  },
}
