import { deepStrictEqual, match } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
// #region definition
import { PluginDefinition, PluginImplementation, z } from 'plugboard'

const day = 86_400_000

const definition = new PluginDefinition({
  name: 'parcels',
  workflows: {
    delivery: {
      input: { schema: z.object({ parcel: z.string() }) },
      output: { schema: z.object({ days: z.number() }) },
      tags: { parcel: {} },
      timeout: 14 * day,
    },
  },
  states: {
    looked: { type: 'workflow', schema: z.object({ times: z.number() }) },
    asking: { type: 'conversation', schema: z.object({ parcel: z.string() }), expiry: day },
  },
  events: { weekBegins: { schema: z.object({}) } },
  recurringEvents: { mondays: { type: 'weekBegins', payload: {}, schedule: { cron: '0 8 * * 1' } } },
  actions: {
    underway: { input: { schema: z.object({}) }, output: { schema: z.object({ parcels: z.array(z.string()) }) } },
  },
})
// #endregion

/** What the post says of a parcel: it needs three days. */
const asked: string[] = []
const post = async (parcel: string): Promise<'underway' | 'delivered'> => {
  asked.push(parcel)
  return asked.filter((one) => one === parcel).length < 3 ? 'underway' : 'delivered'
}

// #region workflow
const parcels = new PluginImplementation(definition, {
  actions: {
    underway: async ({ client }) => {
      const { items } = await client.listWorkflows({ name: 'delivery', statuses: ['pending', 'in_progress'] })
      return { parcels: items.map(({ input }) => input.parcel) }
    },
  },
})

parcels.on.message('text', async ({ message, conversation, client }) => {
  const [, parcel] = /^track (\w+)$/.exec(message.payload.text) ?? []
  if (parcel === undefined) return
  const tags = { parcel }
  await client.createWorkflow({ name: 'delivery', input: { parcel }, tags, conversationId: conversation.id })
})

parcels.on.workflowStart('delivery', async ({ workflow, client }) => {
  await client.setState({ name: 'looked', id: workflow.id, payload: { times: 0 } })
  await workflow.continue()
})

parcels.on.workflowContinue('delivery', async ({ workflow, conversation, client }) => {
  const { parcel } = workflow.input
  // An attempt after a failure goes on with what the post said the first time.
  const status = await client.step('ask', () => post(parcel))
  const { state } = await client.getState({ name: 'looked', id: workflow.id })
  const times = (state?.payload.times ?? 0) + 1
  await client.setState({ name: 'looked', id: workflow.id, payload: { times } })
  if (status === 'underway') {
    await workflow.continue({ after: day })
    return
  }
  await workflow.setCompleted({ output: { days: times } })
  if (!conversation) return
  const text = `Parcel ${parcel} is there. Was it whole?`
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
  await client.setState({ name: 'asking', id: conversation.id, payload: { parcel } })
})

parcels.on.workflowTimeout('delivery', async ({ workflow, conversation, client }) => {
  if (!conversation) return
  const text = `Parcel ${workflow.input.parcel} must be lost.`
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
})
// #endregion

// #region time
parcels.on.stateExpired('asking', async ({ state, conversation, client }) => {
  if (!conversation) return
  const text = `Then I take it that parcel ${state.payload.parcel} was whole.`
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
})

parcels.on.event('weekBegins', async ({ client, logger }) => {
  const { items } = await client.listWorkflows({ name: 'delivery', statuses: ['in_progress'] })
  logger.info(`${items.length} parcels are underway`)
})
// #endregion

// #region test
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { Calendar, chat, talk } from 'plugboard/testing'

const channel = chat()
const bot = new BotDefinition()
  .addIntegration(channel)
  .addPlugin(definition.implementedBy(async () => ({ default: parcels })))

const clock = new Calendar()
await using running = await startBot(bot, { environment: {}, clock })
const { say } = await talk(running)
await say('track 42')
deepStrictEqual(await running.actions.parcels.underway({}), { parcels: ['42'] })

const passes = async (milliseconds: number, done: () => boolean): Promise<void> => {
  clock.date = clock.now() + milliseconds
  while (!done()) await sleep(20)
}
await passes(day, () => asked.length === 2)
await passes(day, () => channel.sent.length === 1)
await passes(day, () => channel.sent.length === 2)
match(channel.sent.join('\n'), /^Parcel 42 is there\..*\nThen I take it that parcel 42 was whole\.$/)
// #endregion
deepStrictEqual(await running.actions.parcels.underway({}), { parcels: [] })
