import { PlugboardError } from 'plugboard'
import { callSlack, impatient } from '../api.ts'
import { isDirect, placeId } from '../place.ts'
import type { SlackProps } from '../props.ts'

/** An account, as Slack tells of it. */
export interface Account {
  readonly id?: string
  readonly name?: string
  readonly real_name?: string
  readonly deleted?: boolean
  readonly is_bot?: boolean
  readonly tz?: string
  readonly profile?: {
    readonly display_name?: string
    readonly real_name?: string
    readonly email?: string
    readonly image_192?: string
  }
}

/** What people call an account. */
export const nameOf = ({ id = '', name, real_name, profile }: Account): string =>
  profile?.display_name || profile?.real_name || real_name || name || id

/** The user for whoever Slack calls so. Slack is asked for the name of one who is new. */
export async function userOf(
  props: SlackProps,
  {
    id,
    name,
    isKnown = false,
  }: { readonly id: string; readonly name?: string | undefined; readonly isKnown?: boolean },
): Promise<string> {
  const { client } = props
  const { user } = await client.getOrCreateUser({ tags: { id }, ...(name !== undefined && { name }) })
  if (user.name !== undefined || isKnown) return user.id
  const told = await soon(props, (caller) => callSlack(caller, (api) => api.users.info({ user: id })))
  if (told === 'later') return user.id
  // Who is not told of is asked for again by nobody: the id is better than a call for each message.
  if (told?.user) await refreshUser(props, user.id, told.user)
  else await client.updateUser({ id: user.id, name: id })
  return user.id
}

/** Keeps what Slack says of an account now. */
export async function refreshUser(
  { client }: Pick<SlackProps, 'client'>,
  userId: string,
  member: Account,
  given: { readonly name?: string | undefined; readonly pictureUrl?: string | undefined } = {},
): Promise<void> {
  const { name: username, profile, tz: timezone, is_bot } = member
  const pictureUrl = profile?.image_192 || given.pictureUrl
  await client.updateUser({
    id: userId,
    name: nameOf({ ...member, id: given.name ?? member.id }),
    ...(pictureUrl && { pictureUrl }),
    tags: { username, email: profile?.email || undefined, timezone, ...(is_bot && { isBot: 'true' }) },
  })
}

/** Where something happens. */
export interface Spot {
  readonly channel: string
  /** The message that begins the thread. */
  readonly thread?: string | undefined
  /** Of a direct conversation: with whom. */
  readonly person?: string | undefined
  /** What people call the channel, where it is known. */
  readonly title?: string | undefined
}

/** The conversation. Slack is asked for the name of a channel that is new. */
export async function conversationOf(props: SlackProps, { channel, thread, person, title }: Spot): Promise<string> {
  const { client } = props
  const kind = thread !== undefined ? 'thread' : isDirect(channel) ? 'dm' : 'channel'
  const tags = {
    id: placeId(channel, thread),
    channelId: channel,
    threadTs: thread,
    ...(kind === 'channel' && { title }),
    ...(kind === 'dm' && { person }),
  }
  const { conversation } = await client.getOrCreateConversation({ channel: kind, tags })
  if (kind !== 'channel' || conversation.tags['title'] !== undefined) return conversation.id
  const told = await soon(props, (caller) => callSlack(caller, (api) => api.conversations.info({ channel })))
  if (told !== 'later')
    await client.updateConversation({ id: conversation.id, tags: { title: told?.channel?.name ?? channel } })
  return conversation.id
}

/** What Slack says, if it says it at once: a message comes in all the same. `later` if it may say it when it is asked again. */
async function soon<T>(props: SlackProps, ask: (caller: SlackProps) => Promise<T>): Promise<T | 'later' | undefined> {
  const { logger, signal } = props
  try {
    return await ask(impatient(props))
  } catch (error) {
    if (!PlugboardError.isInstance(error) || signal.aborted) throw error
    logger.warn('Slack does not say what somebody or something is called', { error })
    return error.retryable || error.code === 'aborted' ? 'later' : undefined
  }
}
