import { PlugboardError } from 'plugboard'
import { apiOf } from './api.ts'
import { placeFrom } from './place.ts'
import type { TelegramProps } from './props.ts'

/** Shows that an answer is being written: for five seconds, or until it arrives. Telegram knows no stopping. */
export const presence = {
  startTypingIndicator: async (props: TelegramProps & { input: { conversationId: string } }) => {
    const { conversationId } = props.input
    const { conversation } = await props.client.getConversation({ id: conversationId })
    const place = placeFrom(conversation.tags['id'] ?? '')
    if (!place)
      throw new PlugboardError({
        code: 'vendor_refused',
        message: `conversation '${conversationId}' names no chat of Telegram`,
        where: { path: 'conversationId' },
      })
    await apiOf(props).sendChatAction({ ...place, action: 'typing' })
    return {}
  },
  stopTypingIndicator: async () => ({}),
}
