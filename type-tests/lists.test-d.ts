import { expectTypeOf } from 'expect-type'
import {
  type Conversation,
  type Event,
  IntegrationDefinition,
  IntegrationImplementation,
  type Message,
  type Page,
  PluginImplementation,
  type User,
} from 'plugboard'
import { assistant } from './fixtures/plugins.ts'

// A plugin lists what all integrations brought; an integration what is its own.
new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } }).on.message(
  '*',
  async ({ client }) => {
    expectTypeOf(await client.listUsers()).toEqualTypeOf<Page<User>>()
    expectTypeOf(await client.listConversations({ integration: 'vendor', channel: 'chat' })).toEqualTypeOf<
      Page<Conversation>
    >()
    expectTypeOf(client.listMessages).returns.resolves.toEqualTypeOf<Page<Message>>()
    expectTypeOf(client.listMessages).parameter(0).toHaveProperty('conversationId').toEqualTypeOf<string>()
    expectTypeOf(client.listEvents).returns.resolves.toEqualTypeOf<Page<Event>>()
    expectTypeOf(client.listEvents).toBeCallableWith({ type: 'asked' })
    expectTypeOf(client.listEvents).toBeCallableWith({ type: 'telegram:joined', conversationId: '1', cursor: 'a' })
    expectTypeOf(client.listUsers).toBeCallableWith({ tags: { id: '1' }, cursor: 'a' })
  },
)
new IntegrationImplementation(new IntegrationDefinition({ name: 'mute' }), {
  register: async ({ client }) => {
    expectTypeOf(client.listUsers).returns.resolves.toEqualTypeOf<Page<User>>()
    expectTypeOf(client.listUsers)
      .parameter(0)
      .toEqualTypeOf<{ tags?: Record<string, string>; cursor?: string } | undefined>()
  },
})
