import { PlugboardError } from 'plugboard'
import { callSlack } from '../api.ts'
import { channelFrom } from '../lists.ts'
import type { SlackProps } from '../props.ts'
import { BotAccount } from './bot-account.ts'
import type { ChangeEvent, SlackEvent } from './envelope.ts'
import { type Account, conversationOf, refreshUser, userOf } from './people.ts'
import { isNewMessage } from './received.ts'
import { takeChange } from './take-change.ts'
import { takeMessage } from './take-message.ts'
import { takeReaction } from './take-reaction.ts'

type Take = (props: SlackProps, event: SlackEvent, account: BotAccount) => Promise<boolean>

/** Brings in what Slack tells, as a message or an event; what there is none for, as it came. */
export async function takeEvent(props: SlackProps, event: SlackEvent): Promise<void> {
  const account = await BotAccount.of(props)
  const taken = isNewMessage(event)
    ? await takeMessage(props, event, account)
    : await takers[kindOf(event)]?.(props, event, account)
  if (taken) return
  await props.client.createEvent({
    type: 'eventReceived',
    payload: { kind: kindOf(event), event },
    ...(await placeOf(props, event)),
  })
}

const kindOf = ({ type, subtype }: SlackEvent): string => (subtype === undefined ? type : `${type}.${subtype}`)

const change: Take = (props, event, account) => takeChange(props, event as unknown as ChangeEvent, account)
const membership =
  (type: 'memberJoined' | 'memberLeft'): Take =>
  async (props, event, account) => {
    const { user, channel } = event as unknown as { user: string; channel: string }
    const conversationId = await conversationOf(props, { channel })
    const userId = await userOf(props, { id: user })
    const payload = { person: user, channelId: channel, isThisBot: account.isOwn({ user }) }
    await props.client.createEvent({ type, payload, conversationId, userId })
    return true
  }

const takers: Readonly<Record<string, Take | undefined>> = Object.assign(Object.create(null) as object, {
  'message.message_changed': change,
  'message.message_deleted': change,
  // Of each answer in a thread Slack tells the message that begins it as well.
  'message.message_replied': async () => true,
  reaction_added: takeReaction,
  reaction_removed: takeReaction,
  member_joined_channel: membership('memberJoined'),
  member_left_channel: membership('memberLeft'),
  channel_created: async (props, event, account) => {
    const { channel } = event as unknown as { channel: { id: string; name: string; creator: string } }
    // Of those that the bot creates, the action has told.
    if (account.isOwn({ user: channel.creator })) return true
    const userId = await userOf(props, { id: channel.creator })
    await props.client.createEvent({ type: 'channelCreated', payload: { item: channelFrom(channel) }, userId })
    return true
  },
  channel_rename: rename,
  group_rename: rename,
  user_change: async ({ client }, event) => {
    const { user } = event as unknown as { user: Account }
    const { items } = await client.listUsers({ tags: { id: user.id ?? '' } })
    if (items[0]) await refreshUser({ client }, items[0].id, user)
    return true
  },
  app_uninstalled: lostAccess,
  tokens_revoked: lostAccess,
} satisfies Record<string, Take>)

/** Somebody has taken access back: whether that of this bot, Slack is asked. The event goes on to whoever wants it. */
async function lostAccess(props: SlackProps): Promise<boolean> {
  try {
    await callSlack(props, (api) => api.auth.test())
  } catch (error) {
    if (!PlugboardError.isInstance(error) || !needAccess.includes(error.code)) throw error
    props.logger.error('the bot has no access to the workspace any more: install the app again', { error })
  }
  return false
}

const needAccess: readonly string[] = ['vendor_unauthorized', 'authorization_needed']

/** The name of a channel is kept, and the event goes on to whoever wants it. */
async function rename({ client }: SlackProps, event: SlackEvent): Promise<boolean> {
  const { channel } = event as unknown as { channel: { id: string; name: string } }
  const { items } = await client.listConversations({ channel: 'channel', tags: { id: channel.id } })
  for (const { id } of items) await client.updateConversation({ id, tags: { title: channel.name } })
  return false
}

/** Where something happened and who did it, as far as the bot knows both. */
async function placeOf(
  { client }: SlackProps,
  { user, channel, item }: SlackEvent,
): Promise<{ conversationId?: string; userId?: string }> {
  const where = typeof channel === 'string' ? channel : (item as { channel?: unknown } | undefined)?.channel
  const [conversation] =
    typeof where === 'string' ? (await client.listConversations({ tags: { id: where } })).items : []
  const [person] = typeof user === 'string' ? (await client.listUsers({ tags: { id: user } })).items : []
  return { ...(conversation && { conversationId: conversation.id }), ...(person && { userId: person.id }) }
}
