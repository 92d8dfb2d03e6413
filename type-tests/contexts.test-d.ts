import { expectTypeOf } from 'expect-type'
import {
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  type Logger,
  messages,
  PluginImplementation,
  type User,
  type WebhookRequest,
  type WebhookResponse,
  z,
} from 'plugboard'
import { bot } from './fixtures/parts.ts'
import { assistant, greeter } from './fixtures/plugins.ts'

const store = new IntegrationDefinition({
  name: 'store',
  configuration: { schema: z.object({ key: z.string(), retries: z.string().transform(Number).optional() }) },
  configurations: {
    local: { schema: z.object({ path: z.string().default('/') }) },
    oauth: { schema: z.object({ clientId: z.string() }) },
  },
  secrets: { STORE_KEY: {}, STORE_SECRET: { optional: true } },
  actions: {
    close: { input: { schema: z.object({ at: z.coerce.date<string>() }) }, output: { schema: z.object({}) } },
  },
  channels: {
    desk: {
      messages: { text: messages.defaults.text, slip: { schema: z.object({ lines: z.number().default(1) }) } },
      message: { tags: { receipt: {} } },
      conversation: { tags: { desk: {}, floor: {} } },
    },
    phone: { messages: { text: { schema: z.object({ text: z.string(), voice: z.string() }) } } },
  },
})
type Unnamed = { key: string; retries?: number | undefined }

new IntegrationImplementation(store, {
  // What is configured is one of the configurations, and its type tells which.
  register: async ({ ctx, configuration, logger, webhookUrl, signal }) => {
    expectTypeOf(ctx.configurationType).toEqualTypeOf<null | 'local' | 'oauth'>()
    expectTypeOf(configuration).toEqualTypeOf<{ path: string } | { clientId: string } | Unnamed>()
    if (ctx.configurationType === null) expectTypeOf(ctx.configuration).toEqualTypeOf<Unnamed>()
    if (ctx.configurationType === 'local') expectTypeOf(ctx.configuration).toEqualTypeOf<{ path: string }>()
    if (ctx.configurationType === 'oauth') expectTypeOf(ctx.configuration).toEqualTypeOf<{ clientId: string }>()
    expectTypeOf(ctx.secrets).toEqualTypeOf<{ readonly STORE_KEY: string; readonly STORE_SECRET: string | undefined }>()
    expectTypeOf(ctx.botId).toEqualTypeOf<string>()
    expectTypeOf(ctx.integrationId).toEqualTypeOf<string>()
    expectTypeOf(ctx.integrationAlias).toEqualTypeOf<string>()
    expectTypeOf(logger).toEqualTypeOf<Logger>()
    expectTypeOf(webhookUrl).toEqualTypeOf<string>()
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
  },
  handler: async ({ req, ctx }) => {
    expectTypeOf(req).toEqualTypeOf<WebhookRequest>()
    expectTypeOf(req.body).toEqualTypeOf<string | undefined>()
    expectTypeOf(ctx.idempotencyKey).toEqualTypeOf<string>()
    const response: WebhookResponse = { status: 202 }
    return response
  },
  webhook: {
    verify: ({ req, ctx }) => {
      expectTypeOf(req.rawBody).toEqualTypeOf<Uint8Array>()
      expectTypeOf(ctx.secrets.STORE_KEY).toEqualTypeOf<string>()
      return req.headers['x-key'] === ctx.secrets.STORE_KEY
    },
    deliveryId: (req) => {
      expectTypeOf(req.headers['x-delivery']).toEqualTypeOf<string | undefined>()
      return req.headers['x-delivery']
    },
  },
  capabilities: ({ configuration }) => {
    expectTypeOf(configuration).toEqualTypeOf<{ path: string } | { clientId: string } | Unnamed>()
    return []
  },
  actions: {
    close: async ({ input }) => {
      expectTypeOf(input).toEqualTypeOf<{ at: Date }>()
      return {}
    },
  },
  channels: {
    desk: {
      messages: {
        text: async ({ type, payload, message, user }) => {
          expectTypeOf(type).toEqualTypeOf<'text'>()
          expectTypeOf(payload).toEqualTypeOf<{ text: string }>()
          expectTypeOf(message.direction).toEqualTypeOf<'incoming' | 'outgoing'>()
          expectTypeOf(user).toEqualTypeOf<User>()
        },
        slip: async ({ payload, message, conversation, ack }) => {
          expectTypeOf(payload).toEqualTypeOf<{ lines: number }>()
          expectTypeOf(message.type).toEqualTypeOf<'slip'>()
          expectTypeOf(message.payload).toEqualTypeOf<{ lines: number }>()
          expectTypeOf(conversation.tags.floor).toEqualTypeOf<string | undefined>()
          expectTypeOf(ack).toBeCallableWith({ tags: { receipt: '1' } })
          expectTypeOf(ack).returns.resolves.toEqualTypeOf<void>()
        },
      },
    },
    // A type of message is what its channel says it is.
    phone: {
      messages: {
        text: async ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<{ text: string; voice: string }>()
        },
      },
    },
  },
})

// With one configuration there is nothing to tell apart; with none there is nothing in it.
const single = new IntegrationDefinition({
  name: 'single',
  configuration: { schema: z.object({ size: z.number().default(1) }) },
})
new IntegrationImplementation(single, {
  register: async ({ ctx, configuration }) => {
    expectTypeOf(ctx.configurationType).toEqualTypeOf<null>()
    expectTypeOf(configuration).toEqualTypeOf<{ size: number }>()
    expectTypeOf(ctx.secrets).toEqualTypeOf<{}>()
  },
})
new IntegrationImplementation(new IntegrationDefinition({ name: 'none' }), {
  register: async ({ configuration }) => {
    expectTypeOf(configuration).toEqualTypeOf<{}>()
  },
})
// Without an unnamed one, what is not of a named type is empty.
const named = new IntegrationDefinition({
  name: 'named',
  configurations: { local: { schema: z.object({ path: z.string() }) } },
})
new IntegrationImplementation(named, {
  register: async ({ ctx }) => {
    if (ctx.configurationType === 'local') expectTypeOf(ctx.configuration.path).toEqualTypeOf<string>()
    else expectTypeOf(ctx.configuration).toEqualTypeOf<{}>()
  },
})

// A plugin's own.
const asking = new PluginImplementation(assistant, {
  actions: {
    ask: async ({ input, configuration, ctx, logger, signal }) => {
      expectTypeOf(input).toEqualTypeOf<{ question: string; tries: number }>()
      expectTypeOf(configuration.tone).toEqualTypeOf<string>()
      expectTypeOf(configuration.length).toEqualTypeOf<number>()
      expectTypeOf(ctx.secrets).toEqualTypeOf<{ readonly SEARCH_KEY: string }>()
      expectTypeOf(ctx.alias).toEqualTypeOf<string>()
      expectTypeOf(logger).toEqualTypeOf<Logger>()
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
      return { answer: input.question }
    },
  },
})
expectTypeOf(asking.handlers.actions.ask).returns.resolves.toEqualTypeOf<{
  answer: string
  sure?: boolean | undefined
}>()
new PluginImplementation(greeter).on.message('text', async ({ configuration, actions, interfaces }) => {
  expectTypeOf(configuration).toEqualTypeOf<{}>()
  expectTypeOf(actions).toEqualTypeOf<{}>()
  expectTypeOf<keyof typeof interfaces>().toEqualTypeOf<'llm'>()
})

// A bot's own.
new BotImplementation(bot).on.message('*', async ({ configuration, ctx, interfaces, user }) => {
  expectTypeOf(configuration).toEqualTypeOf<{ greeting: string }>()
  expectTypeOf(ctx.idempotencyKey).toEqualTypeOf<string>()
  expectTypeOf(ctx.conversationId).toEqualTypeOf<string | undefined>()
  expectTypeOf(interfaces).toEqualTypeOf<{}>()
  expectTypeOf(user).toEqualTypeOf<User>()
})
