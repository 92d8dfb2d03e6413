import { PlugboardError } from 'plugboard'
import { unlessAnswered } from './answer.ts'
import { callSlack } from './api.ts'
import { emojiName } from './emoji.ts'
import { bring, isMessage, remove, sentParts, targetOf } from './outgoing/deliver.ts'
import type { Target } from './outgoing/outgoing.ts'
import { textParts } from './outgoing/text-parts.ts'
import type { SlackProps } from './props.ts'

interface Input {
  readonly conversationId: string
  readonly messageId: string
}
type Props<T = object> = SlackProps & { input: Input & T }

/** What becomes of messages after they were sent. */
export const messageState = {
  editMessage: async (props: Props<{ text: string }>) => {
    const { client, input } = props
    const { to, sent } = await messageAt(props)
    await bring(props, {
      parts: textParts(input.text),
      to,
      sent: sent.filter(isMessage),
      // What is not there any more is not there to be changed.
      isLost: () => false,
      keep: (tags) => client.updateMessage({ id: input.messageId, tags }),
    })
    return {}
  },
  deleteMessage: async (props: Props) => {
    const { to, sent } = await messageAt(props)
    await remove(props, to.channel, sent)
    return {}
  },
  addReaction: async (props: Props<{ reaction: string }>) => {
    const reaction = await reactionOf(props)
    await callSlack(props, (api) => api.reactions.add(reaction).catch(unlessAnswered('already_reacted')))
    return {}
  },
  removeReaction: async (props: Props<{ reaction: string }>) => {
    const reaction = await reactionOf(props)
    await callSlack(props, (api) => api.reactions.remove(reaction).catch(unlessAnswered('no_reaction')))
    return {}
  },
}

async function reactionOf(props: Props<{ reaction: string }>) {
  const { to, sent } = await messageAt(props)
  const name = emojiName(props.input.reaction)
  if (name === undefined) throw refusal(`Slack has no name for '${props.input.reaction}'`, 'reaction')
  return { channel: to.channel, timestamp: sent.find(isMessage) ?? '', name }
}

/** Where a message is in Slack. */
async function messageAt({ client, input }: Props): Promise<{ to: Target['to']; sent: string[] }> {
  const { conversationId, messageId } = input
  const { message } = await client.getMessage({ id: messageId })
  if (message.conversationId !== conversationId)
    throw refusal(`message '${messageId}' is not in conversation '${conversationId}'`, 'messageId')
  const { conversation } = await client.getConversation({ id: conversationId })
  const sent = sentParts(message)
  if (sent.some(isMessage)) return { to: targetOf(conversation.tags['id'], message.tags), sent }
  throw refusal(
    `message '${messageId}' is not in Slack: it was not sent, is the press of a button, or a file of which Slack does not tell where it shows it`,
    'messageId',
  )
}

function refusal(message: string, path: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, where: { path } })
}
