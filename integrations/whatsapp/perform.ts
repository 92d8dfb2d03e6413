import type { z } from 'plugboard'
import type { actions } from './actions.ts'
import { sendMessage } from './api.ts'
import { learn } from './outgoing/learn.ts'
import { templateContent } from './outgoing/template-content.ts'
import { recipientOf } from './place.ts'
import type { WhatsappProps } from './props.ts'

type Input = z.output<typeof actions.sendTemplate.input.schema>

/** What the actions of this integration alone do. */
export const perform = {
  sendTemplate: async (props: WhatsappProps & { input: Input }) => {
    const { conversationId, ...template } = props.input
    const { conversation } = await props.client.getConversation({ id: conversationId })
    const to = recipientOf(conversation.tags)
    const sent = await sendMessage(props, { recipient_type: 'individual', ...to, ...templateContent(template) })
    await learn(props, conversation, sent)
    return { messageId: sent.messages[0]?.id ?? '' }
  },
}
