import type { Act } from 'plugboard/testing'
import type { HttpApi } from './http-api.fixture.ts'
import { ada, type bob, places, snowflake } from './interactions.fixture.ts'

/** How a message differs from Ada's in the general channel. */
export interface Writing {
  readonly place?: keyof typeof places
  readonly user?: typeof ada | typeof bob
  readonly more?: object
}

/** A message that somebody writes, as the documentation shows it. */
export function written(
  content: string,
  { place = 'channel', user = ada, more }: Writing = {},
): { id: string; [field: string]: unknown } {
  const channel = places[place]
  const isGuild = 'guild_id' in channel
  return {
    id: snowflake(),
    channel_id: channel.id,
    type: 0,
    content,
    author: user,
    ...(isGuild && { guild_id: channel.guild_id, member: { nick: null, roles: [] } }),
    timestamp: '2026-11-29T12:00:00.000000+00:00',
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    ...more,
  }
}

/** What people do in Discord, as the gateway tells it. */
export function peopleOf(api: HttpApi): Readonly<Record<string, Act>> {
  const told =
    (t: string, make: (at: { message_id: string; channel_id: string }, context: Parameters<Act>[0]) => object): Act =>
    (context) =>
      api.gateway.tell(
        t,
        make(
          { message_id: context.message?.tags['id'] ?? '', channel_id: context.conversation?.tags['id'] ?? '' },
          context,
        ),
      )
  const reacted = (t: string): Act =>
    told(t, (at, { reaction }) => ({
      ...at,
      user_id: ada.id,
      emoji: { id: null, name: reaction },
      burst: false,
      type: 0,
      ...(t.endsWith('ADD') && { guild_id: places.channel.guild_id, member: { user: ada, nick: null, roles: [] } }),
    }))
  return {
    write: ({ text }) => {
      const message = written(text)
      api.world.messages.set(message.id, { id: message.id, channelId: places.channel.id, isOwn: false, isGone: false })
      return api.gateway.tell('MESSAGE_CREATE', message)
    },
    edit: told('MESSAGE_UPDATE', ({ message_id: id, channel_id }, { text }) => ({
      ...written(text),
      id,
      channel_id,
      edited_timestamp: '2026-11-29T12:01:00.000000+00:00',
    })),
    delete: told('MESSAGE_DELETE', ({ message_id: id, channel_id }) => ({ id, channel_id })),
    react: reacted('MESSAGE_REACTION_ADD'),
    unreact: reacted('MESSAGE_REACTION_REMOVE'),
  }
}
