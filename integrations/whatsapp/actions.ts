import { z } from 'plugboard'
import { template } from './messages.ts'

/** What can be done in WhatsApp beside sending messages. */
export const actions = {
  sendTemplate: {
    title: 'Send template',
    description:
      'Sends a template at once, which reaches people who have written nothing for 24 hours, too. A message of type `template` does the same, in its order and with its state.',
    input: { schema: z.object({ conversationId: z.string(), ...template }) },
    output: {
      schema: z.object({
        /** What WhatsApp calls the message. */
        messageId: z.string(),
      }),
    },
  },
}
