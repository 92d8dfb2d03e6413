import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { llm } from './fixtures/interfaces.ts'

// An integration's states: of the installation, of a conversation, of a user.
const sync = new IntegrationDefinition({
  name: 'sync',
  states: {
    cursor: { type: 'integration', schema: z.object({ position: z.number().default(0), page: z.string().optional() }) },
    thread: { type: 'conversation', schema: z.object({ at: z.string().transform((at) => new Date(at)) }) },
    login: { type: 'user', schema: z.object({ token: z.string() }) },
  },
})
expectTypeOf<keyof typeof sync.states>().toEqualTypeOf<'cursor' | 'thread' | 'login'>()
expectTypeOf(sync.states.login.type).toEqualTypeOf<'integration' | 'conversation' | 'user'>()
expectTypeOf<z.output<typeof sync.states.cursor.schema>>().toEqualTypeOf<{
  position: number
  page?: string | undefined
}>()
new IntegrationImplementation(sync, {
  register: async ({ client }) => {
    // It is set by the input's side, and read and given back parsed.
    const { state } = await client.setState({ name: 'cursor', payload: {} })
    expectTypeOf(state).toEqualTypeOf<{ payload: { position: number; page?: string | undefined } }>()
    expectTypeOf(client.setState<'thread'>)
      .parameter(0)
      .toHaveProperty('payload')
      .toEqualTypeOf<{ at: string }>()
    expectTypeOf(client.getState<'thread'>).returns.resolves.toEqualTypeOf<{
      state: { payload: { at: Date } } | undefined
    }>()
    // A change names what changes.
    expectTypeOf(client.patchState<'cursor'>)
      .parameter(0)
      .toHaveProperty('payload')
      .toEqualTypeOf<{
        position?: number | undefined
        page?: string | undefined
      }>()
    await client.setState({ name: 'login', type: 'user', id: '1', payload: { token: 'a' } })
  },
})

// A plugin's states: of a conversation, a user, a workflow, the bot; with entities of its needs.
const plugin = new PluginDefinition({
  name: 'memory',
  interfaces: { llm },
  states: {
    last: {
      type: 'conversation',
      expiry: 60_000,
      schema: ({ entities }) =>
        z.object({
          model: entities.llm.model,
          others: z.array(entities.llm.model).default([]),
          asked: z.number().default(0),
        }),
    },
    profile: { type: 'user', schema: z.object({ name: z.string().trim(), born: z.coerce.date<string>().optional() }) },
    order: { type: 'workflow', schema: z.object({ step: z.enum(['start', 'paid', 'sent']).default('start') }) },
    counter: { type: 'bot', schema: z.object({ count: z.number() }) },
  },
  workflows: {
    order: {
      input: { schema: z.object({ article: z.string() }) },
      output: { schema: z.object({ total: z.number() }) },
      tags: { customer: {} },
    },
  },
  recurringEvents: { daily: { type: 'digest', payload: {}, schedule: { cron: '0 6 * * *' } } },
  events: { digest: { schema: z.object({}) } },
  tables: { orders: { schema: z.object({ id: z.string() }) } },
})
expectTypeOf<keyof (typeof plugin.$types)['states']>().toEqualTypeOf<'last' | 'profile' | 'order' | 'counter'>()
expectTypeOf(plugin.states.order.type).toEqualTypeOf<'conversation' | 'user' | 'bot' | 'workflow'>()
expectTypeOf(plugin.states.last.expiry).toEqualTypeOf<number | undefined>()
expectTypeOf(plugin.recurringEvents['daily']?.schedule.cron).toEqualTypeOf<string | undefined>()
new PluginImplementation(plugin).on.message('text', async ({ client, interfaces, conversation, user }) => {
  const { models } = await interfaces.llm.listModels({})
  type Model = (typeof models)[number]
  expectTypeOf(client.setState<'last'>)
    .parameter(0)
    .toHaveProperty('payload')
    .toEqualTypeOf<{
      model: Model
      others?: Model[] | undefined
      asked?: number | undefined
    }>()
  const last = await client.getState({ name: 'last', id: conversation.id })
  expectTypeOf(last.state).toEqualTypeOf<{ payload: { model: Model; others: Model[]; asked: number } } | undefined>()
  // An entity that was kept can be handed back.
  if (last.state)
    expectTypeOf(interfaces.llm.generate).toBeCallableWith({ prompt: 'a', model: last.state.payload.model })

  const profile = await client.setState({ name: 'profile', id: user.id, payload: { name: 'Ann', born: '1999-01-01' } })
  expectTypeOf(profile.state.payload).toEqualTypeOf<{ name: string; born?: Date | undefined }>()
  const order = await client.patchState({ name: 'order', type: 'workflow', id: '1', payload: { step: 'paid' } })
  expectTypeOf(order.state.payload).toEqualTypeOf<{ step: 'start' | 'paid' | 'sent' }>()
  const counter = await client.getState({ name: 'counter' })
  expectTypeOf(counter.state?.payload.count).toEqualTypeOf<number | undefined>()
})

// A bot's, likewise.
const bot = new BotDefinition({
  interfaces: { llm },
  states: {
    visits: { type: 'user', schema: z.object({ count: z.number().default(0) }) },
    favourite: { type: 'bot', schema: ({ entities }) => z.object({ model: entities.llm.model.optional() }) },
  },
})
expectTypeOf<keyof (typeof bot.$types)['own']['states']>().toEqualTypeOf<'visits' | 'favourite'>()
new BotImplementation(bot).on.message('*', async ({ client, interfaces }) => {
  const { models } = await interfaces.llm.listModels({})
  await client.setState({ name: 'favourite', payload: { model: models[0] } })
  const { state } = await client.getState({ name: 'visits', type: 'user', id: '1' })
  expectTypeOf(state?.payload).toEqualTypeOf<{ count: number } | undefined>()
  expectTypeOf(client.getState<'favourite'>).returns.resolves.toEqualTypeOf<{
    state: { payload: { model?: (typeof models)[number] | undefined } } | undefined
  }>()
})
