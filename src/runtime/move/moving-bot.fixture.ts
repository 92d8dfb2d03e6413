/** A bot with something in every table, and what comes in for it: what the tests of moving move. */
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  PlugboardError,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import type { RunningBot } from 'plugboard/runtime'

/** What the bot meets outside. */
export interface World {
  /** Takes what the bot sends. What it waits for waits in the store. */
  send(room: string, text: string, key: string): Promise<void>
  /** What the bot says of what it does. */
  hear(what: string): void
  /** Waits in the middle of a handler. */
  linger(): Promise<void>
}

const text = { text: { schema: z.object({ text: z.string() }) } }
const voice = new InterfaceDefinition({
  name: 'voice',
  version: '1.0.0',
  entities: {},
  actions: {
    say: { input: { schema: () => z.object({}) }, output: { schema: () => z.object({ by: z.string() }) } },
  },
})

function wire<const TName extends string>(name: TName, world: World) {
  const definition = new IntegrationDefinition({
    name,
    version: '1.0.0',
    user: { tags: { id: { identity: true } } },
    secrets: { TOKEN: { optional: true } },
    channels: { line: { messages: text, conversation: { tags: { room: { identity: true } } } } },
  }).extend(voice, () => ({ entities: {} }))
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      register: async () => {},
      webhook: { deliveryId: ({ query }) => query },
      handler: async ({ client, req }) => {
        const { room, text: said } = JSON.parse(req.body ?? '{}') as { room: string; text: string }
        const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
        const { conversation } = await client.getOrCreateConversation({ channel: 'line', tags: { room } })
        const message = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: said } }
        await client.createMessage(message as never)
      },
      actions: { say: async () => ({ by: name }) },
      channels: {
        line: {
          messages: {
            text: ({ payload, conversation, ctx }) =>
              world.send(conversation.tags['room'] ?? '', payload.text, ctx.idempotencyKey),
          },
        },
      },
    }),
  }))
}

/** Values on which two databases might differ. */
export const odd = {
  numbers: [0, -1.5, 1e21, 5e-324, 0.1, 9_007_199_254_740_991],
  text: 'ä \u{1F600} " \\ \n \u007F',
  nested: { b: 1, a: { 10: true, 9: null } },
  empty: '',
}
export const picture = Uint8Array.from({ length: 700_000 }, (_, index) => (index * index) % 251)

const plugin = new PluginDefinition({
  name: 'keeper',
  tables: { notes: { schema: z.object({ of: z.string(), odd: z.json() }) } },
  workflows: { reminder: { input: { schema: z.object({}) }, output: { schema: z.object({}) }, timeout: 86_400_000 } },
  events: { rang: { schema: z.object({}) } },
  recurringEvents: { bell: { type: 'rang', payload: {}, schedule: { cron: '0 0 1 1 *' } } },
  actions: {
    keep: { input: { schema: z.object({ of: z.string() }) }, output: { schema: z.object({}) } },
    read: {
      input: { schema: z.object({ of: z.string() }) },
      output: { schema: z.object({ note: z.unknown(), picture: z.custom<Uint8Array>() }) },
    },
  },
})

const keeper = (world: World) =>
  plugin.implementedBy(async () => {
    const implementation = new PluginImplementation(plugin, {
      actions: {
        keep: async ({ input: { of }, client }) => {
          await client.createEvent({ type: 'rang', payload: {} })
          await client.createTableRows({ table: 'notes', rows: [{ of, odd }] })
          await client.uploadFile({ key: of, content: picture, contentType: 'image/png', tags: { of } })
          await client.createWorkflow({ name: 'reminder', input: {}, tags: { of } } as never)
          return {}
        },
        read: async ({ input: { of }, client }) => {
          const { items } = await client.findTableRows({ table: 'notes', filter: { of } } as never)
          const { content } = await client.readFile({ key: of })
          return { note: items[0], picture: content }
        },
      },
    })
    implementation.on.workflowStart(
      'reminder',
      async ({ workflow }) => void (await workflow.continue({ after: 3_600_000 })),
    )
    implementation.on.workflowContinue('reminder', async ({ workflow }) => {
      world.hear('the workflow goes on')
      await workflow.setCompleted({ output: {} })
    })
    return { default: implementation }
  })

export function movingBot(name: string, world: World) {
  const definition = new BotDefinition({
    name,
    interfaces: { voice },
    defaults: { voice: 'one' },
    states: {
      count: { type: 'conversation', schema: z.object({ count: z.number() }) },
      soon: { type: 'conversation', expiry: 3_600_000, schema: z.object({ text: z.string() }) },
    },
  })
    .addIntegration(wire('one', world))
    .addIntegration(wire('other', world))
    .addPlugin(keeper(world))
  const bot = new BotImplementation(definition)
  bot.on.message('text', async ({ message, conversation, client }) => {
    const said = message.payload.text
    if (said === 'poison')
      throw new PlugboardError({ code: 'handler_failed', message: 'it is poison', retryable: false })
    if (said === 'expire') await client.setState({ name: 'soon', id: conversation.id, payload: { text: said } })
    if (said === 'linger') {
      const step = await client.step('once', async () => {
        world.hear('the step is done')
        return 'once'
      })
      await world.linger()
      world.hear(`after the step: ${step}`)
    }
    const { state } = await client.getState({ name: 'count', id: conversation.id })
    const count = (state?.payload.count ?? 0) + 1
    await client.setState({ name: 'count', id: conversation.id, payload: { count } })
    const reply = { text: `${said} is ${count}` }
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: reply })
  })
  bot.on.stateExpired('soon', async ({ state }) => world.hear(`${state.payload.text} has expired`))
  return bot
}

/** A delivery to the bot. */
export async function deliver(running: Pick<RunningBot, 'receive'>, id: string, room: string, said: string) {
  const { status = 200 } = await running.receive('one', {
    method: 'POST',
    path: '/webhook',
    query: id,
    headers: {},
    body: JSON.stringify({ room, text: said }),
    rawBody: new Uint8Array(),
    signal: new AbortController().signal,
  })
  return status
}
