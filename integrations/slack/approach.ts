import { PlugboardError } from 'plugboard'
import { unlessAnswered } from './answer.ts'
import { callSlack } from './api.ts'
import { conversationOf, refreshUser, userOf } from './incoming/people.ts'
import { isDirect } from './place.ts'
import type { SlackProps } from './props.ts'

interface PersonInput {
  readonly user: { readonly id: string }
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
}
interface PlaceInput {
  readonly conversation: { readonly channelId: string; readonly threadTs?: string | undefined }
}

/** Finds people and places before anything has come from them. Slack is asked first, which knows where the bot may write. */
export const approach = {
  getOrCreateUser: async (props: SlackProps & { input: PersonInput }) => {
    const { user, name, pictureUrl } = props.input
    const { user: member } = await callSlack(props, (api) => api.users.info({ user: user.id }))
    if (!member || member.deleted) throw refusal(`'${user.id}' has no account in the workspace any more`, 'user.id')
    const userId = await userOf(props, { id: user.id, isKnown: true })
    await refreshUser(props, userId, member, { name, pictureUrl })
    return { userId }
  },
  getOrCreateConversation: async (props: SlackProps & { input: PlaceInput }) => {
    const { channelId, threadTs } = props.input.conversation
    const channel = /^[UW]/.test(channelId) ? await openDirect(props, channelId) : channelId
    const { name: title, user: person } = await writable(props, channel)
    if (threadTs !== undefined) await demandThread(props, channel, threadTs)
    return { conversationId: await conversationOf(props, { channel, thread: threadTs, title, person }) }
  },
}

async function openDirect(props: SlackProps, person: string): Promise<string> {
  const { channel } = await callSlack(props, (api) => api.conversations.open({ users: person }))
  if (channel?.id === undefined) throw refusal(`Slack opens no conversation with '${person}'`, 'conversation.channelId')
  return channel.id
}

/** Refuses a place where the bot may not write. Gives what people call it, or whose direct conversation it is. */
async function writable(props: SlackProps, channel: string): Promise<{ name?: string; user?: string }> {
  const path = 'conversation.channelId'
  const { channel: info, response_metadata: metadata } = await callSlack(props, (api) =>
    api.conversations.info({ channel }),
  )
  if (info?.is_archived) throw refusal(`the channel '${channel}' is archived`, path)
  const mayWrite = isDirect(channel) || info?.is_member || metadata?.scopes?.includes('chat:write.public')
  if (!mayWrite) throw refusal(`the bot is not in the channel '${channel}': invite it, by /invite and its name`, path)
  return info ?? {}
}

async function demandThread(props: SlackProps, channel: string, ts: string): Promise<void> {
  const found = await callSlack(props, (api) => api.conversations.replies({ channel, ts, limit: 1 })).catch(
    unlessAnswered('thread_not_found'),
  )
  if (!found?.messages?.length)
    throw refusal(`there is no message '${ts}' in the conversation '${channel}'`, 'conversation.threadTs')
}

function refusal(message: string, path: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, where: { path } })
}
