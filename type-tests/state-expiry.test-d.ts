import { expectTypeOf } from 'expect-type'
import { BotDefinition, BotImplementation, type Conversation, PluginImplementation, type User, z } from 'plugboard'
import { assistant } from './fixtures/plugins.ts'

// What has expired is what was last read: parsed, by name, with an entity that can be handed back.
const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.stateExpired('last', async ({ state, conversation, user, client, interfaces }) => {
  expectTypeOf(state.name).toEqualTypeOf<'last'>()
  expectTypeOf(state.id).toEqualTypeOf<string | undefined>()
  expectTypeOf(interfaces.llm.generate).toBeCallableWith({ prompt: 'a', model: state.payload.model })
  expectTypeOf(conversation).toEqualTypeOf<Conversation | undefined>()
  expectTypeOf(user).toEqualTypeOf<User | undefined>()
  await client.setState({ name: 'last', id: state.id, payload: state.payload })
})
assisting.on.stateExpired('count', async ({ state }) => {
  expectTypeOf(state.payload).toEqualTypeOf<{ asked: number }>()
})
expectTypeOf(assisting.on.stateExpired).parameter(0).toEqualTypeOf<'last' | 'count' | '*'>()

// All of them: the name tells which one.
const bot = new BotDefinition({
  states: {
    visits: { type: 'user', expiry: 1000, schema: z.object({ count: z.number().default(0) }) },
    topic: { type: 'conversation', expiry: 1000, schema: z.object({ text: z.string() }) },
  },
})
new BotImplementation(bot).on.stateExpired('*', async ({ state }) => {
  expectTypeOf(state.name).toEqualTypeOf<'visits' | 'topic'>()
  if (state.name === 'visits') expectTypeOf(state.payload).toEqualTypeOf<{ count: number }>()
  else expectTypeOf(state.payload).toEqualTypeOf<{ text: string }>()
})
