import { markAsRead } from './api.ts'
import { messageAt } from './message-at.ts'
import type { WhatsappProps } from './props.ts'

/**
 * Shows that an answer is being written: for 25 seconds, or until it arrives. WhatsApp shows the message that is answered as read
 * with it, and knows no stopping.
 */
export const presence = {
  startTypingIndicator: async (props: WhatsappProps & { input: { conversationId: string; messageId: string } }) => {
    const { id } = await messageAt(props, 'incoming')
    await markAsRead(props, id, { typing_indicator: { type: 'text' } })
    return {}
  },
  stopTypingIndicator: async () => ({}),
}
