import { InterfaceDefinition, z } from 'plugboard'

/**
 * Conversations that the bot can begin.
 *
 * An implementation promises: a message that the bot writes to the conversation reaches the platform; the conversation is
 * the same one for the same `conversation`, whoever asks first, and the one in which answers come in; a place that the
 * platform does not know, or where the bot may not write, is refused with the code `vendor_refused`, and no conversation is
 * made.
 */
export default new InterfaceDefinition({
  name: 'proactive-conversation',
  version: '1.0.0',
  title: 'Proactive conversation',
  description: 'Finds or begins a conversation of the platform.',
  entities: {
    /** What tells a place where one can write from the others. Its fields are the integration's own. */
    conversation: { title: 'Conversation', schema: z.object({}) },
  },
  actions: {
    getOrCreateConversation: {
      title: 'Get or create conversation',
      description: 'Gives the conversation for a place of the platform.',
      idempotent: true,
      input: { schema: ({ conversation }) => z.object({ conversation }) },
      output: { schema: () => z.object({ conversationId: z.string() }) },
    },
  },
})
