import { IntegrationDefinition, IntegrationImplementation, messages } from 'plugboard'
import { startBot, type Store } from 'plugboard/runtime'
import { triageBot, type TriageOptions } from './bot.ts'
import { composition } from './composition.ts'

/** A channel that remembers what was sent. */
function room() {
  const sent: string[] = []
  const { text } = messages.defaults
  const definition = new IntegrationDefinition({ name: 'room', channels: { room: { messages: { text } } } })
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: { room: { messages: { text: async ({ payload }) => void sent.push(payload.text) } } },
    }),
  }))
  return Object.assign(installable, { sent })
}

/** How the bot is started. */
interface Options extends TriageOptions {
  readonly environment?: Record<string, string>
  readonly store?: Store
}

/** The bot, with a room in which it can be asked. */
export async function start({ environment = {}, store, ...options }: Options = {}) {
  const channel = room()
  const lines: { level: string; message: string; issue?: unknown }[] = []
  const running = await startBot(triageBot(options, composition().addIntegration(channel) as never), {
    environment,
    log: (line) => void lines.push(line),
    retries: { attempts: 3, delay: 5 },
    ...(store && { store }),
  })
  const client = running.clientOf('room')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: {} })
  const look = async () => {
    const said = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: 'triage' } }
    await client.createMessage(said)
    await running.idle()
  }
  const issues = async () => (await running.actions.memory.listItems({})).items
  return Object.assign(running, { issues, look, sent: channel.sent, lines })
}
