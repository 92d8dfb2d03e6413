import { PlugboardError } from 'plugboard'
import { type Caller, callSlack } from './api.ts'
import { type Place, placeFrom } from './place.ts'
import type { SlackProps } from './props.ts'

interface Input {
  readonly conversationId: string
  readonly messageId: string
}

/** What is shown beside the name of the bot. */
const status = 'is typing…'

/**
 * Shows below a message that an answer is being written: for two minutes, or until the answer arrives. Slack takes it away by
 * itself for an answer in the same thread, and for others this does.
 */
export const presence = {
  startTypingIndicator: async (props: SlackProps & { input: Input }) => {
    const { client, input } = props
    const { place, below, isBeside } = await whereOf(props)
    await setStatus(props, place, below, status)
    if (isBeside) await remember(client, input.conversationId, below, true)
    return {}
  },
  stopTypingIndicator: async (props: SlackProps & { input: Input }) => {
    const { client, input } = props
    const { place, below, isBeside } = await whereOf(props)
    await setStatus(props, place, below, '')
    if (isBeside) await remember(client, input.conversationId, below, false)
    return {}
  },
}

type Client = Pick<SlackProps['client'], 'getState' | 'setState' | 'getConversation'>

/** Takes away what shows in a conversation that an answer is being written, now that there is one. */
export async function stopTyping(props: Caller & { readonly client: Client }, conversationId: string): Promise<void> {
  const { client } = props
  const { state } = await client.getState({ name: 'typing', id: conversationId })
  const shown = state?.payload.below ?? []
  if (shown.length === 0) return
  const { conversation } = await client.getConversation({ id: conversationId })
  const place = placeFrom(conversation.tags['id'])
  if (!place) return
  for (const below of shown)
    await setStatus(props, place, below, '').catch((error: unknown) => {
      // The answer has arrived: that counts more than what is beside it.
      if (!PlugboardError.isInstance(error) || error.code === 'aborted') throw error
    })
  await client.setState({ name: 'typing', id: conversationId, payload: { below: [] } })
}

const setStatus = (caller: Caller, { channel }: Place, thread_ts: string, said: string) =>
  callSlack(caller, (api) => api.assistant.threads.setStatus({ channel_id: channel, thread_ts, status: said }))

/** The thread in which it is shown. Answers that go beside it do not take it away. */
async function whereOf({ client, input }: SlackProps & { input: Input }): Promise<{
  place: Place
  below: string
  isBeside: boolean
}> {
  const { conversationId, messageId } = input
  const { conversation } = await client.getConversation({ id: conversationId })
  const place = placeFrom(conversation.tags['id'])
  if (!place) throw refusal(`conversation '${conversationId}' names no place in Slack`, 'conversationId')
  if (place.thread_ts !== undefined) return { place, below: place.thread_ts, isBeside: false }
  const { message } = await client.getMessage({ id: messageId })
  const below = message.tags['id'] ?? message.tags['buttonOf']
  if (below === undefined) throw refusal(`message '${messageId}' is not in Slack`, 'messageId')
  return { place, below, isBeside: true }
}

async function remember(client: Client, id: string, below: string, isShown: boolean): Promise<void> {
  const { state } = await client.getState({ name: 'typing', id })
  const others = (state?.payload.below ?? []).filter((one) => one !== below)
  await client.setState({ name: 'typing', id, payload: { below: isShown ? [...others, below] : others } })
}

function refusal(message: string, path: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, where: { path } })
}
