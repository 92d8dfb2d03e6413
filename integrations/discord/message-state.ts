import { bring, remove } from './outgoing/deliver.ts'
import { textParts } from './outgoing/text-parts.ts'
import { wayOf } from './outgoing/way.ts'
import { perform } from './perform.ts'
import { messageAt, refusal } from './place.ts'
import type { DiscordProps } from './props.ts'

interface Input {
  readonly conversationId: string
  readonly messageId: string
}
type Props<T = object> = DiscordProps & { input: Input & T }

/** What becomes of messages after they were sent. */
export const messageState = {
  editMessage: async (props: Props<{ text: string }>) => {
    const { client, input } = props
    const { way, sent } = await placeOf(props)
    await bring(props, {
      id: input.messageId,
      parts: textParts(input.text),
      way,
      sent,
      // What is not there any more is not there to be changed.
      isReplaced: false,
      keep: async (tags) => void (await client.updateMessage({ id: input.messageId, tags: { ...tags } })),
    })
    return {}
  },
  deleteMessage: async (props: Props) => {
    const { way, sent } = await placeOf(props)
    await remove(props, way, sent)
    return {}
  },
  addReaction: async (props: Props<{ reaction: string }>) => {
    await perform.react({ ...props, input: { messageId: await knownHere(props), emoji: props.input.reaction } })
    return {}
  },
  removeReaction: async (props: Props<{ reaction: string }>) => {
    const messageId = await knownHere(props)
    await perform.react({ ...props, input: { messageId, emoji: props.input.reaction, isGone: true } })
    return {}
  },
}

async function knownHere(props: Props): Promise<string> {
  await placeOf(props)
  return props.input.messageId
}

async function placeOf(props: Props) {
  const { conversationId, messageId } = props.input
  const { channelId, sent, ...message } = await messageAt(props, messageId)
  if (message.conversationId !== conversationId)
    throw refusal(`message '${messageId}' is not in conversation '${conversationId}'`, 'messageId')
  return { way: await wayOf(props, { conversationId, channelId }), sent }
}
