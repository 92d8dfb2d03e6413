import { IntegrationDefinition, IntegrationImplementation, messages } from 'plugboard'

/** What the bot says in the terminal. */
export interface TerminalSaying {
  readonly conversationId: string
  readonly messageId: string
  /** All of it until now, if it is a draft. */
  readonly text: string
  /** Whether it is still being made; `discarded` where it is not to come. */
  readonly draft: boolean | 'discarded'
}
export type TerminalListener = (saying: TerminalSaying) => void

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
        drafts: { every: 20 },
      },
    },
    user: { tags: { id: { identity: true } } },
  })
  interface Outgoing {
    readonly payload: { readonly text: string }
    readonly message: { readonly id: string }
    readonly conversation: { readonly id: string }
  }
  const say =
    (draft: TerminalSaying['draft']) =>
    async ({ payload, message, conversation }: Outgoing): Promise<void> =>
      listener({ conversationId: conversation.id, messageId: message.id, text: payload.text, draft })
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: {
        terminal: { messages: { text: say(false) }, drafts: { text: say(true) }, discardDraft: say('discarded') },
      },
    }),
  }))
}
