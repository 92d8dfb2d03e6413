import { PlugboardError } from 'plugboard'
import { callSlack } from './api.ts'
import type { Channel, Member } from './entities.ts'
import { nameOf } from './incoming/people.ts'
import type { SlackProps } from './props.ts'

interface ListInput {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Slack takes no more, and advises fewer. */
const longestPage = 200

/** Channels and accounts, page by page, and new channels. */
export const lists = {
  listChannels: async (props: SlackProps & { input: ListInput }) => {
    const { channels, response_metadata } = await callSlack(props, (api) =>
      api.conversations.list({
        types: 'public_channel,private_channel',
        exclude_archived: true,
        ...pageOf('channels', props.input),
      }),
    )
    return { items: (channels ?? []).map(channelFrom), ...nextOf('channels', response_metadata?.next_cursor) }
  },
  listUsers: async (props: SlackProps & { input: ListInput }) => {
    const { members, response_metadata } = await callSlack(props, (api) => api.users.list(pageOf('users', props.input)))
    return { items: (members ?? []).map(memberFrom), ...nextOf('users', response_metadata?.next_cursor) }
  },
  createChannel: async (
    props: SlackProps & { input: { draft: { readonly name: string; readonly isPrivate?: boolean | undefined } } },
  ) => {
    const { name, isPrivate = false } = props.input.draft
    const { channel } = await callSlack(props, (api) => api.conversations.create({ name, is_private: isPrivate }))
    const item = channelFrom({ ...channel, is_member: true })
    // What Slack tells of a channel that the bot created itself is not told again.
    await props.client.createEvent({ type: 'channelCreated', payload: { item } })
    return { item }
  },
}

interface GivenChannel {
  readonly id?: string
  readonly name?: string
  readonly is_private?: boolean
  readonly is_member?: boolean
  readonly topic?: { readonly value?: string }
  readonly purpose?: { readonly value?: string }
}

export function channelFrom({ id = '', name = '', is_private, is_member, topic, purpose }: GivenChannel): Channel {
  return {
    id,
    name,
    isPrivate: is_private ?? false,
    isMember: is_member ?? false,
    topic: topic?.value ?? '',
    purpose: purpose?.value ?? '',
  }
}

function memberFrom(member: Parameters<typeof nameOf>[0]): Member {
  const { id = '', name = '', deleted, is_bot, profile } = member
  return {
    id,
    name: nameOf(member),
    username: name,
    ...(profile?.email && { email: profile.email }),
    ...(profile?.image_192 && { pictureUrl: profile.image_192 }),
    isBot: is_bot ?? false,
    isDeactivated: deleted ?? false,
  }
}

/** A cursor says of which list it is: some of Slack's methods begin anew at one that they do not know. */
function pageOf(list: string, { cursor, limit = longestPage }: ListInput): { limit: number; cursor?: string } {
  const page = { limit: Math.min(limit, longestPage) }
  if (cursor === undefined) return page
  if (cursor.startsWith(`${list}:`)) return { ...page, cursor: cursor.slice(list.length + 1) }
  throw new PlugboardError({
    code: 'vendor_refused',
    message: `'${cursor}' is no cursor of this list: give the nextCursor of a page, or none for the first one`,
    where: { path: 'cursor' },
  })
}

const nextOf = (list: string, cursor: string | undefined): { nextCursor?: string } =>
  cursor ? { nextCursor: `${list}:${cursor}` } : {}
