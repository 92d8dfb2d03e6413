import { IntegrationDefinition, IntegrationImplementation, messages } from 'plugboard'

/** What the bot says in the terminal. */
export type TerminalListener = (conversationId: string, text: string) => void

/** The alias under which the terminal is installed. */
export const terminalAlias = 'terminal'

/** An integration whose platform is the terminal of the process. Other messages than text are degraded to it. */
export function createTerminal(listener: TerminalListener) {
  const definition = new IntegrationDefinition({
    name: terminalAlias,
    version: '1.0.0',
    title: 'Terminal',
    channels: {
      terminal: {
        title: 'Terminal',
        messages: { text: messages.defaults.text },
        conversation: { tags: { id: { identity: true } } },
      },
    },
    user: { tags: { id: { identity: true } } },
  })
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: {
        terminal: { messages: { text: async ({ payload, conversation }) => listener(conversation.id, payload.text) } },
      },
    }),
  }))
}
