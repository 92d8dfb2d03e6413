import { markAsRead, sendMessage } from './api.ts'
import { messageAt } from './message-at.ts'
import type { WhatsappProps } from './props.ts'

interface Input {
  readonly conversationId: string
  readonly messageId: string
}
type Props<T = object> = WhatsappProps & { input: Input & T }

/** What becomes of messages after they were sent. WhatsApp lets nobody change or delete them by its API. */
export const messageState = {
  addReaction: async (props: Props<{ reaction: string }>) => react(props, props.input.reaction),
  removeReaction: async (props: Props<{ reaction: string }>) => {
    const { ownReaction } = await messageAt(props)
    // There is one reaction of the bot: another one is not the one that is to go.
    return ownReaction && ownReaction !== props.input.reaction ? {} : react(props, '')
  },
  markMessageAsRead: async (props: Props) => {
    const { id } = await messageAt(props, 'incoming')
    await markAsRead(props, id)
    return {}
  },
}

/** An empty emoji takes the reaction away. */
async function react(props: Props, emoji: string): Promise<Record<string, never>> {
  const { client, input } = props
  const { id, to } = await messageAt(props)
  await sendMessage(props, {
    recipient_type: 'individual',
    ...to,
    type: 'reaction',
    reaction: { message_id: id, emoji },
  })
  await client.updateMessage({ id: input.messageId, tags: { ownReaction: emoji } })
  return {}
}
