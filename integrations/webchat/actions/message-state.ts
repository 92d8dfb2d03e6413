import type { WebchatContext } from '../endpoint.ts'
import { tell } from '../heard.ts'
import { mark, marking, marksOf } from '../marks.ts'
import { messageIn, refusal } from './place.ts'

interface Place {
  readonly conversationId: string
  readonly messageId: string
}
type Props<TInput = object> = WebchatContext & { input: Place & TInput }

/** What the bot does to messages after they were sent. Whoever has the conversation open sees it at once, others when they come. */
export const messageState = {
  editMessage: async (props: Props<{ text: string }>) => {
    const { message, isDeleted } = await sentMessage(props)
    if (message.type !== 'text' && message.type !== 'markdown')
      throw refusal(`a message of the type '${message.type}' has no text that can be edited`, 'messageId')
    if (isDeleted) throw refusal('the message was deleted', 'messageId')
    return change(props, marking.edited(props.input.text))
  },
  deleteMessage: async (props: Props) => {
    await sentMessage(props)
    return change(props, marking.deleted())
  },
  addReaction: async (props: Props<{ reaction: string }>) =>
    change(props, marking.reaction('bot', props.input.reaction, true)),
  removeReaction: async (props: Props<{ reaction: string }>) =>
    change(props, marking.reaction('bot', props.input.reaction, false)),
  markMessageAsRead: async (props: Props) => {
    const { message } = await messageIn(props, props.input)
    if (message.direction === 'outgoing') throw refusal('the message is one of the bot', 'messageId')
    return change(props, marking.read())
  },
}

/** A message that the bot has sent. */
async function sentMessage(props: Props) {
  const { message } = await messageIn(props, props.input)
  if (message.direction === 'incoming') throw refusal('the message is one of the visitor', 'messageId')
  return { message, isDeleted: marksOf(message.tags).isDeleted }
}

async function change(props: Props, changes: Record<string, string | undefined>): Promise<Record<string, never>> {
  const { message, conversation } = await messageIn(props, props.input)
  await mark(props.client, message.id, changes)
  await tell(props.client, conversation, { changed: message.id })
  return {}
}
