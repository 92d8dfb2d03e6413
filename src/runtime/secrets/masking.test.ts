import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  env,
  IntegrationDefinition,
  IntegrationImplementation,
  PlugboardError,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { fetchHandler, startBot } from 'plugboard/runtime'

const keys = { key: 'canary-1-from-env', apiKey: 'canary-2-literal', password: 'canary-3-in-url', TOKEN: 'canary-4' }
const all = Object.values(keys)
const told = (): string => `failed with ${all.join(' ')}`

const leakyDefinition = new IntegrationDefinition({
  name: 'leaky',
  configuration: { schema: z.object({ key: z.string(), apiKey: z.string(), url: z.string() }) },
  secrets: { TOKEN: {} },
  actions: {
    plain: { input: { schema: z.object({}) }, output: { schema: z.object({}) } },
    coded: { input: { schema: z.object({}) }, output: { schema: z.object({}) } },
  },
  channels: { chat: { messages: { text: { schema: z.object({ text: z.string() }) } } } },
})
/** An integration that tells its secrets wherever it fails. */
const leaky = leakyDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(leakyDefinition, {
    handler: async ({ logger }) => {
      logger.error(told(), { url: `https://host/?key=${encodeURIComponent(keys.key)}`, header: basic(keys.TOKEN) })
      throw new PlugboardError({ code: 'request_invalid', message: told() })
    },
    actions: {
      plain: async () => {
        throw new Error(told(), { cause: new TypeError(told()) })
      },
      coded: async () => {
        throw new PlugboardError({ code: 'vendor_unauthorized', message: told(), cause: { message: told() } })
      },
    },
    channels: {
      chat: {
        messages: {
          text: async () => {
            throw new Error(told())
          },
        },
      },
    },
  }),
}))
const basic = (secret: string): string => `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`

const plugDefinition = new PluginDefinition({
  name: 'plug',
  actions: { fail: { input: { schema: z.object({}) }, output: { schema: z.object({}) } } },
})
const plug = plugDefinition.implementedBy(async () => ({
  default: new PluginImplementation(plugDefinition, {
    actions: {
      fail: async () => {
        throw new Error(told())
      },
    },
  }),
}))

it('no secret leaves the process in an error, a dead letter, a line of the log or an answer', async () => {
  const seen: unknown[] = []
  const definition = new BotDefinition({})
    .addIntegration(leaky, {
      configuration: { key: env('KEY'), apiKey: keys.apiKey, url: `https://user:${keys.password}@host/` },
    })
    .addPlugin(plug)
  const bot = new BotImplementation(definition, {})
  bot.on.message('text', async ({ actions, message, client }) => {
    for (const name of ['plain', 'coded'] as const)
      await actions.leaky[name]({}).catch((error: unknown) => seen.push(error, inspect(error, { depth: 9 })))
    await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: { text: 'hi' } })
    throw new Error(told())
  })
  await using running = await startBot(bot, {
    environment: { KEY: keys.key, PLUGBOARD_SECRET_LEAKY_TOKEN: keys.TOKEN },
    log: (line) => void seen.push(line),
    retries: { attempts: 1 },
  })
  running.observe(({ output: _, ...record }) => void seen.push(record))
  const client = running.clientOf('leaky')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'chat', tags: { id: '1' } })
  await client.createMessage({
    conversationId: conversation.id,
    userId: user.id,
    type: 'text',
    payload: { text: 'hi' },
  })
  await running.idle()
  for (const call of [running.actions.leaky.plain, running.actions.leaky.coded, running.actions.plug.fail])
    await call({}).catch((error: unknown) => seen.push(error, inspect(error, { depth: 9 })))
  const response = await fetchHandler(() => running)(new Request('http://host/leaky/webhook', { method: 'POST' }))
  seen.push(await response.text(), (await running.deadLetters()).items, await running.metrics.text())
  const everything = inspect(seen, { depth: 20, maxArrayLength: null, maxStringLength: null })
  expect(everything.match(/•••/g)?.length).toBeGreaterThan(30)
  for (const secret of [...all, encodeURIComponent(keys.key), basic(keys.TOKEN)])
    expect(everything).not.toContain(secret)
})
