import { expectTypeOf } from 'expect-type'
import {
  BotImplementation,
  type Conversation,
  type ErrorCode,
  type Event,
  type Message,
  PluginImplementation,
  type User,
} from 'plugboard'
import { bot } from './fixtures/parts.ts'
import { assistant, greeter } from './fixtures/plugins.ts'

type Content = { readonly type: string; readonly payload: Record<string, unknown> }
const { on } = new PluginImplementation(greeter)

// The moments at which a plugin can have handlers.
expectTypeOf<keyof typeof on>().toEqualTypeOf<
  | 'message'
  | 'event'
  | 'beforeIncomingMessage'
  | 'afterIncomingMessage'
  | 'beforeOutgoingMessage'
  | 'afterOutgoingMessage'
  | 'beforeIncomingEvent'
  | 'afterIncomingEvent'
  | 'beforeOutgoingCallAction'
  | 'afterOutgoingCallAction'
  | 'stateExpired'
  | 'workflowStart'
  | 'workflowContinue'
  | 'workflowTimeout'
  | 'callFailed'
  | 'handlerFailed'
>()

// A handler of messages: default messages by their payload, others by what any has.
on.message('text', async ({ message, conversation, user }) => {
  expectTypeOf(message).toEqualTypeOf<Message<'text', { text: string }>>()
  expectTypeOf(conversation).toEqualTypeOf<Conversation>()
  expectTypeOf(user).toEqualTypeOf<User>()
})
on.message('location', async ({ message }) => {
  expectTypeOf(message.payload).toEqualTypeOf<{
    latitude: number
    longitude: number
    address?: string | undefined
    title?: string | undefined
  }>()
})
on.message('sticker', async ({ message }) => {
  expectTypeOf(message).toEqualTypeOf<Message<'sticker', Record<string, unknown>>>()
})
on.message('*', async ({ message }) => {
  expectTypeOf(message.payload).toEqualTypeOf<Record<string, unknown>>()
})

// A handler of events: own ones, those of needs, any.
const asking = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
asking.on.event('asked', async ({ event, conversation, user }) => {
  expectTypeOf(event.type).toEqualTypeOf<'asked'>()
  expectTypeOf(event.payload).toEqualTypeOf<{ question: string; tries: number }>()
  expectTypeOf(conversation).toEqualTypeOf<Conversation | undefined>()
  expectTypeOf(user).toEqualTypeOf<User | undefined>()
})
asking.on.event('narrator:retired', async ({ event, interfaces }) => {
  expectTypeOf(event.payload.model.id).toEqualTypeOf<string>()
  expectTypeOf(interfaces.narrator.generate).toBeCallableWith({ prompt: 'a', model: event.payload.model })
})
asking.on.event('telegram:joined', async ({ event }) => {
  expectTypeOf(event.payload).toEqualTypeOf<unknown>()
})
asking.on.event('*', async ({ event }) => {
  expectTypeOf(event.type).toEqualTypeOf<string>()
})

// A hook of messages sees what the hooks before it left, and may change it, stop it, or leave it.
on.beforeIncomingMessage('*', async ({ data, message, conversation }) => {
  expectTypeOf(data).toEqualTypeOf<Content>()
  expectTypeOf(message).toEqualTypeOf<Message<string, Record<string, unknown>>>()
  expectTypeOf(conversation).toEqualTypeOf<Conversation>()
  return { data: { ...data, payload: { ...data.payload, seen: true } } }
})
on.afterIncomingMessage('text', async () => {})
on.beforeOutgoingMessage('text', async ({ data, interfaces, configuration }) => {
  expectTypeOf<keyof typeof interfaces.llm>().toEqualTypeOf<'generate' | 'listModels' | 'entities' | 'capabilities'>()
  expectTypeOf(configuration).toEqualTypeOf<{}>()
  const { text } = await interfaces.llm.generate({ prompt: String(data.payload['text']) })
  return { data: { type: 'text', payload: { text } } }
})
on.afterOutgoingMessage('*', async ({ user }) => {
  expectTypeOf(user).toEqualTypeOf<User>()
  return undefined
})

// Hooks of events.
on.beforeIncomingEvent('*', async ({ data, event }) => {
  expectTypeOf(data).toEqualTypeOf<unknown>()
  expectTypeOf(event.payload).toEqualTypeOf<unknown>()
  return { stop: true }
})
on.afterIncomingEvent('telegram:joined', async ({ event }) => {
  expectTypeOf(event.type).toEqualTypeOf<string>()
})

// Hooks of calls: what goes in, what came out, and whose call it is.
on.beforeOutgoingCallAction('*', async ({ data, call }) => {
  expectTypeOf(data).toEqualTypeOf<{ input: unknown }>()
  expectTypeOf(call).toEqualTypeOf<{
    readonly integration: string
    readonly action: string
    readonly consumer: string
  }>()
  return { data: { input: data.input } }
})
on.afterOutgoingCallAction('vendor:generate', async ({ data }) => {
  expectTypeOf(data).toEqualTypeOf<{ output: unknown }>()
})

// Hooks of failures: what failed, why, and whom it is about.
on.callFailed('vendor:generate', async ({ call, error }) => {
  expectTypeOf(call.integration).toEqualTypeOf<string>()
  expectTypeOf(error).toEqualTypeOf<{
    readonly code: ErrorCode
    readonly message: string
    readonly retryable: boolean
  }>()
})
on.handlerFailed('message', async ({ handler, error, message, event, conversation, user, client }) => {
  expectTypeOf(handler.consumer).toEqualTypeOf<string | undefined>()
  expectTypeOf(handler.attempts).toEqualTypeOf<number>()
  expectTypeOf(error.code).toEqualTypeOf<ErrorCode>()
  expectTypeOf(message).toEqualTypeOf<Message | undefined>()
  expectTypeOf(event).toEqualTypeOf<Event | undefined>()
  expectTypeOf(conversation).toEqualTypeOf<Conversation | undefined>()
  expectTypeOf(user).toEqualTypeOf<User | undefined>()
  expectTypeOf(client.getUser).toBeCallableWith({ id: 'a' })
})
on.handlerFailed('*', async () => {})

// A bot has the same hooks, with what it installed at hand.
const { on: onBot } = new BotImplementation(bot)
onBot.beforeOutgoingMessage('*', async ({ actions, data }) => {
  expectTypeOf<keyof typeof actions>().toEqualTypeOf<'vendor' | 'backup' | 'assistant' | 'doorman'>()
  const { answer } = await actions.assistant.ask({ question: String(data.payload['text']) })
  expectTypeOf(answer).toEqualTypeOf<string>()
  return { data: { type: 'text', payload: { text: answer } } }
})
onBot.event('greeted', async ({ event }) => {
  expectTypeOf(event.payload).toEqualTypeOf<{ name: string }>()
})
onBot.event('vendor:renamed', async ({ event }) => {
  expectTypeOf(event.payload).toEqualTypeOf<{ name: string }>()
})
onBot.event('nobody:renamed', async ({ event }) => {
  expectTypeOf(event.payload).toEqualTypeOf<unknown>()
})

// What was registered is data.
expectTypeOf(asking.registered[0]?.moment).toEqualTypeOf<keyof typeof on | undefined>()
