import { PlugboardError } from 'plugboard'
import { callSlack, impatient } from '../api.ts'
import { placeId } from '../place.ts'
import type { SlackProps } from '../props.ts'

/** A message that the bot knows. */
export interface KnownMessage {
  readonly conversationId: string
  readonly messageId: string
}

/** The message that Slack calls so, if the bot knows it. */
export async function knownMessage(
  { client }: Pick<SlackProps, 'client'>,
  { channel, ts, thread }: { readonly channel: string; readonly ts: string; readonly thread?: string | undefined },
): Promise<KnownMessage | undefined> {
  // A message that begins a thread is in the channel, or in the thread if it began the conversation.
  const places = [
    ...(thread === undefined || thread === ts ? [] : [placeId(channel, thread)]),
    channel,
    placeId(channel, ts),
  ]
  for (const id of places) {
    const { items } = await client.listConversations({ tags: { id } })
    for (const { id: conversationId } of items) {
      const [message] = (await client.listMessages({ conversationId, tags: { id: ts } })).items
      if (message) return { conversationId, messageId: message.id }
    }
  }
  return undefined
}

/** The same where it is not told in which thread it is: then Slack is asked. */
export async function knownAnywhere(
  props: SlackProps,
  place: { readonly channel: string; readonly ts: string },
): Promise<KnownMessage | undefined> {
  const beside = await knownMessage(props, place)
  if (beside) return beside
  const thread = await threadOf(props, place)
  return thread === undefined ? undefined : knownMessage(props, { ...place, thread })
}

async function threadOf(
  props: SlackProps,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<string | undefined> {
  try {
    const { permalink = '' } = await callSlack(impatient(props), (api) =>
      api.chat.getPermalink({ channel, message_ts: ts }),
    )
    // The address of an answer says which thread it is in.
    return (URL.canParse(permalink) && new URL(permalink).searchParams.get('thread_ts')) || undefined
  } catch (error) {
    if (!PlugboardError.isInstance(error) || error.retryable || error.code === 'aborted') throw error
    return undefined
  }
}
