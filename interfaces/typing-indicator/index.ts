import { InterfaceDefinition, z } from 'plugboard'

/**
 * Showing people that an answer is being written.
 *
 * An implementation promises: starting what is shown already and stopping what is not succeed and change nothing; the
 * indicator is gone when the answer arrives, and at the latest when the platform takes it away by itself; where a
 * platform knows no stopping, `stopTypingIndicator` does not renew it and succeeds.
 */
export default new InterfaceDefinition({
  name: 'typing-indicator',
  version: '1.0.0',
  title: 'Typing indicator',
  description: 'Shows in a conversation that an answer is being written.',
  actions: {
    startTypingIndicator: {
      title: 'Start typing indicator',
      description: 'Shows that an answer is being written.',
      idempotent: true,
      input: {
        schema: () =>
          z.object({
            conversationId: z.string(),
            /** The message that is being answered: some platforms show the indicator beside it, and mark it as read. */
            messageId: z.string(),
            /** For how long at most, in milliseconds; a platform may show it for less. Default: the platform's own. */
            timeout: z.number().int().positive().optional(),
          }),
      },
      output: { schema: () => z.object({}) },
    },
    stopTypingIndicator: {
      title: 'Stop typing indicator',
      description: 'Takes the indicator away.',
      idempotent: true,
      input: {
        schema: () =>
          z.object({
            conversationId: z.string(),
            /** The message for which it was started. */
            messageId: z.string(),
          }),
      },
      output: { schema: () => z.object({}) },
    },
  },
})
