import { PlugboardError } from 'plugboard'
import { callSlack } from '../api.ts'
import { placeId } from '../place.ts'
import { toMrkdwn } from '../outgoing/mrkdwn.ts'
import { post } from '../outgoing/post.ts'
import { split } from '../outgoing/split.ts'
import type { SlackProps } from '../props.ts'
import { closeHead, headOf } from './head.ts'
import { type Earlier, historyOf } from './history.ts'
import { sessionOf } from './session.ts'

interface StartInput {
  readonly userId: string
  readonly title: string
  readonly description?: string | undefined
  readonly messageHistory?: readonly Earlier[] | undefined
  readonly hitlSession?: { readonly channelId: string } | undefined
}
interface GuestInput {
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
  readonly email?: string | undefined
}

/** Hands conversations over to people, in a thread for each. */
export const handOver = {
  createUser: async ({ client, ctx, input }: SlackProps & { input: GuestInput }) => {
    const { name, pictureUrl, email } = input
    const { user } = await client.getOrCreateUser({
      // Nobody in Slack is called so.
      tags: { id: `guest:${ctx.idempotencyKey}`, email },
      ...(name !== undefined && { name }),
      ...(pictureUrl !== undefined && { pictureUrl }),
    })
    return { userId: user.id }
  },
  startHitl: async (props: SlackProps & { input: StartInput }) => {
    const { client, configuration, input } = props
    const { userId, title, description, messageHistory = [], hitlSession } = input
    const channel = hitlSession?.channelId ?? configuration.supportChannel
    if (channel === undefined)
      throw refusal(
        'nobody serves a session: the configuration has no supportChannel, and the session names none',
        'hitlSession',
      )
    const { user } = await client.getUser({ id: userId })
    const name = user.name ?? 'Somebody'
    const ts = await callSlack(props, (api) => post(api, { channel }, headOf({ title, description, name })))
    const { conversation } = await client.getOrCreateConversation({
      channel: 'hitl',
      tags: { id: placeId(channel, ts), channelId: channel, threadTs: ts },
    })
    const payload = { isOver: false, title, served: [] }
    await client.setState({ name: 'session', id: conversation.id, payload })
    const names = await namesIn(props, messageHistory)
    for (const piece of split(historyOf(messageHistory, (id) => names.get(id) ?? name)))
      await callSlack(props, (api) => post(api, { channel, thread_ts: ts }, { text: toMrkdwn(piece) }))
    return { conversationId: conversation.id }
  },
  stopHitl: async (props: SlackProps & { input: { readonly conversationId: string } }) => {
    const { client, input } = props
    const session = await sessionOf(client, input.conversationId)
    if (!session) throw refusal(`conversation '${input.conversationId}' is no session`, 'conversationId')
    if (session.isOver) return {}
    await closeHead(props, session)
    await callSlack(props, (api) => post(api, session.place, { text: 'The session is over.' }))
    await client.patchState({ name: 'session', id: session.conversationId, payload: { isOver: true } })
    return {}
  },
}

/** What those are called who have written before; of whom the bot does not know, the name of who needs help stands in. */
async function namesIn({ client }: SlackProps, messages: readonly Earlier[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const { source } of messages) {
    if (source.type === 'bot' || names.has(source.userId)) continue
    try {
      const { user } = await client.getUser({ id: source.userId })
      if (user.name !== undefined) names.set(user.id, user.name)
    } catch (error) {
      if (!PlugboardError.isInstance(error) || error.code !== 'user_unknown') throw error
    }
  }
  return names
}

function refusal(message: string, path: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, where: { path } })
}
