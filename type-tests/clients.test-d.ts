import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  type Conversation,
  type Event,
  IntegrationDefinition,
  IntegrationImplementation,
  type Message,
  messages,
  type Page,
  PluginImplementation,
  type User,
  z,
} from 'plugboard'
import { llm } from './fixtures/interfaces.ts'
import { bot } from './fixtures/parts.ts'
import { assistant } from './fixtures/plugins.ts'

const forum = new IntegrationDefinition({
  name: 'forum',
  user: { tags: { login: { identity: true } } },
  events: {
    closed: { schema: z.object({ votes: z.number().default(0), at: z.string().transform((at) => new Date(at)) }) },
  },
  states: { cursor: { type: 'integration', schema: z.object({ position: z.number().default(0), topic: z.string() }) } },
  channels: {
    thread: {
      messages: {
        text: messages.defaults.text,
        poll: { schema: z.object({ options: z.array(z.string()).default([]) }) },
      },
      message: { tags: { postId: {} } },
      conversation: { tags: { threadId: {} } },
    },
    mail: { messages: { letter: { schema: z.object({ subject: z.string(), body: z.string() }) } } },
  },
})

new IntegrationImplementation(forum, {
  handler: async ({ client }) => {
    // Only what the definition declares can be named.
    expectTypeOf(client.getOrCreateConversation)
      .parameter(0)
      .toHaveProperty('channel')
      .toEqualTypeOf<'thread' | 'mail'>()
    expectTypeOf(client.createEvent).parameter(0).toHaveProperty('type').toEqualTypeOf<'closed'>()
    expectTypeOf(client.createMessage).parameter(0).toHaveProperty('type').toEqualTypeOf<'text' | 'poll' | 'letter'>()
    expectTypeOf(client.getState).parameter(0).toHaveProperty('name').toEqualTypeOf<'cursor'>()

    // What is published is JSON of whatever form, so who hears it has to look.
    expectTypeOf(client.publish).parameter(0).toEqualTypeOf<{ topic: string; data: unknown }>()
    const end = client.subscribe({ topic: 'votes', hear: (data) => expectTypeOf(data).toEqualTypeOf<unknown>() })
    expectTypeOf(end).toEqualTypeOf<() => void>()
    expectTypeOf(client.configureIntegration).parameter(0).toEqualTypeOf<{ identifier: string | null }>()

    const { user } = await client.getOrCreateUser({ tags: { login: 'ann' }, name: 'Ann' })
    expectTypeOf(user).toEqualTypeOf<User>()
    const { conversation } = await client.getOrCreateConversation({ channel: 'thread', tags: { threadId: '1' } })
    expectTypeOf(conversation).toEqualTypeOf<Conversation>()
    const ids = { userId: user.id, conversationId: conversation.id }
    // A payload is what is sent: what has a default may be left out, and a transform has not happened.
    expectTypeOf(client.createMessage<'poll'>)
      .parameter(0)
      .toHaveProperty('payload')
      .toEqualTypeOf<{
        options?: string[] | undefined
      }>()
    expectTypeOf(client.createMessage<'letter'>)
      .parameter(0)
      .toHaveProperty('payload')
      .toEqualTypeOf<{
        subject: string
        body: string
      }>()
    expectTypeOf(await client.createMessage({ ...ids, type: 'poll', payload: {} })).toEqualTypeOf<{
      message: Message
    }>()
    await client.createMessage({ ...ids, type: 'text', payload: { text: 'a' }, tags: { postId: '2' } })
    expectTypeOf(client.createEvent<'closed'>)
      .parameter(0)
      .toHaveProperty('payload')
      .toEqualTypeOf<{
        at: string
        votes?: number | undefined
      }>()
    expectTypeOf(await client.createEvent({ type: 'closed', payload: { at: '2030-01-01' } })).toEqualTypeOf<{
      event: Event
    }>()
    expectTypeOf(client.listMessages).returns.resolves.toEqualTypeOf<Page<Message>>()
    expectTypeOf(client.listConversations).returns.resolves.toEqualTypeOf<Page<Conversation>>()

    // A state is set by what is sent, and read as it was parsed.
    await client.setState({ name: 'cursor', payload: { topic: 'a' } })
    await client.patchState({ name: 'cursor', payload: { position: 2 } })
    const { state } = await client.getState({ name: 'cursor' })
    expectTypeOf(state).toEqualTypeOf<{ payload: { position: number; topic: string } } | undefined>()
  },
  channels: {
    thread: { messages: { text: async () => {}, poll: async () => {} } },
    mail: { messages: { letter: async () => {} } },
  },
})

// A definition that declares nothing can name nothing.
new IntegrationImplementation(new IntegrationDefinition({ name: 'mute' }), {
  register: async ({ client }) => {
    expectTypeOf(client.createMessage).parameter(0).toHaveProperty('type').toEqualTypeOf<never>()
    expectTypeOf(client.createEvent).parameter(0).toHaveProperty('type').toEqualTypeOf<never>()
    expectTypeOf(client.setState).parameter(0).toHaveProperty('name').toEqualTypeOf<never>()
  },
})

// What an interface brings can be named like what is declared, with the own entity in it.
const retiring = new IntegrationDefinition({
  name: 'retiring',
  entities: { engine: { schema: z.object({ id: z.string(), size: z.number() }) } },
  events: { grown: { schema: z.object({}) } },
}).extend(llm, ({ entities }) => ({ entities: { model: entities.engine } }))
new IntegrationImplementation(retiring, {
  actions: {
    generate: async ({ client }) => {
      expectTypeOf(client.createEvent).parameter(0).toHaveProperty('type').toEqualTypeOf<'grown' | 'retired'>()
      expectTypeOf(client.createEvent<'retired'>)
        .parameter(0)
        .toHaveProperty('payload')
        .toEqualTypeOf<{
          model: { id: string; size: number }
        }>()
      expectTypeOf(client.getOrCreateConversation).parameter(0).toHaveProperty('channel').toEqualTypeOf<'console'>()
      return { model: { id: 'a', size: 1 }, text: '' }
    },
    listModels: async () => ({ models: [] }),
  },
  channels: { console: { messages: { text: async () => {} } } },
})

// A plugin's client.
new PluginImplementation(assistant, {
  actions: {
    ask: async ({ client }) => {
      expectTypeOf(client.createEvent).parameter(0).toHaveProperty('type').toEqualTypeOf<'asked'>()
      expectTypeOf(client.createEvent<'asked'>)
        .parameter(0)
        .toHaveProperty('payload')
        .toEqualTypeOf<{
          question: string
          tries?: number | undefined
        }>()
      expectTypeOf(client.getState).parameter(0).toHaveProperty('name').toEqualTypeOf<'last' | 'count'>()
      expectTypeOf(client.getMessage).returns.resolves.toEqualTypeOf<{ message: Message }>()
      expectTypeOf(client.listMessages).returns.resolves.toEqualTypeOf<Page<Message>>()
      expectTypeOf(client.updateUser).returns.resolves.toEqualTypeOf<{ user: User }>()
      expectTypeOf(client.updateConversation).returns.resolves.toEqualTypeOf<{ conversation: Conversation }>()
      const place = { integration: 'desk', channel: 'session' }
      expectTypeOf(client.channelOf(place)).toEqualTypeOf<string | undefined>()
      // A default message, and one that only some channels have.
      await client.createMessage({ conversationId: '1', type: 'image', payload: { imageUrl: 'https://a.b/c.png' } })
      await client.createMessage({ conversationId: '1', type: 'poll', payload: { options: ['a'] } })
      return { answer: '' }
    },
  },
})

// A bot's.
new BotImplementation(bot).on.message('*', async ({ client }) => {
  expectTypeOf(await client.callAction({ type: 'vendor:ping', input: {} })).toEqualTypeOf<{ output: unknown }>()
  expectTypeOf(client.createEvent<'greeted'>)
    .parameter(0)
    .toHaveProperty('payload')
    .toEqualTypeOf<{ name: string }>()
  const { state } = await client.setState({ name: 'visits', type: 'user', id: '1', payload: { count: 1 } })
  expectTypeOf(state).toEqualTypeOf<{ payload: { count: number } }>()
})
new BotImplementation(new BotDefinition()).on.message('*', async ({ client }) => {
  expectTypeOf(client.createEvent).parameter(0).toHaveProperty('type').toEqualTypeOf<never>()
  expectTypeOf(client.getState).parameter(0).toHaveProperty('name').toEqualTypeOf<never>()
})
