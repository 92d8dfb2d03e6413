import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  messages,
  PluginDefinition,
  PluginImplementation,
  PlugboardError,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, it } from 'vitest'

const bank = new InterfaceDefinition({
  name: 'bank',
  version: '1.0.0',
  actions: { pay: { input: { schema: () => z.object({ to: z.string() }) }, output: { schema: () => z.object({}) } } },
})
const { text } = messages.defaults

/** A bank that fails when it is told to, and remembers by which keys it was called. */
function branch(fails: (to: string, times: number) => boolean) {
  const keys: string[] = []
  const definition = new IntegrationDefinition({ name: 'branch', channels: { room: { messages: { text } } } }).extend(
    bank,
  )
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: { room: { messages: { text: async () => {} } } },
      actions: {
        pay: async ({ input, ctx }) => {
          keys.push(`${input.to} ${ctx.idempotencyKey}`)
          const times = keys.filter((key) => key.startsWith(`${input.to} `)).length
          if (fails(input.to, times))
            throw new PlugboardError({ code: 'vendor_unavailable', message: 'closed', retryable: true })
          return {}
        },
      },
    }),
  }))
  return Object.assign(installable, { keys })
}

it('a call within a step has the same key in every attempt, whichever steps were done before', async () => {
  const integration = branch((to, times) => (to === 'Bob' && times < 3) || (to === 'Eve' && times < 2))
  const definition = new PluginDefinition({ name: 'payments', interfaces: { bank } })
  const plugin = new PluginImplementation(definition)
  plugin.on.message('text', async ({ client, interfaces }) => {
    const pay = (to: string) => client.step(to, () => interfaces.bank.pay({ to }))
    await pay('Ann')
    // Two at once, of which one has to be done again.
    await Promise.all([pay('Bob'), pay('Cid')])
    await interfaces.bank.pay({ to: 'Dan' })
    await interfaces.bank.pay({ to: 'Eve' })
  })
  const bot = new BotDefinition()
    .addIntegration(integration)
    .addPlugin(definition.implementedBy(async () => ({ default: plugin })))
  await using running = await startBot(bot, { environment: {}, log: () => {}, retries: { delay: 1 } })
  const client = running.clientOf('branch')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: {} })
  const said = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: 'pay' } }
  await client.createMessage(said)
  await running.idle()
  expect((await running.deadLetters()).items).toEqual([])
  const { keys } = integration
  const times = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve'].map((to) => keys.filter((key) => key.startsWith(to)).length)
  expect(times).toEqual([1, 3, 1, 2, 2])
  // One key for each call, however often it was made, and no two calls with one key.
  expect(new Set(keys).size).toBe(5)
  expect(new Set(keys.map((key) => key.slice(4))).size).toBe(5)
})
