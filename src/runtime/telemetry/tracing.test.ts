import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, context, type ContextManager, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  bind,
  BotDefinition,
  BotImplementation,
  env,
  type Logger,
  PlugboardError,
  PluginDefinition,
  PluginImplementation,
  retry,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { speaker, speech, webhook } from '../bot/speech.fixture.ts'

const exporter = new InMemorySpanExporter()
beforeEach(() => {
  exporter.reset()
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
})
afterEach(() => {
  trace.disable()
  context.disable()
})

const quiet = { log: () => {}, environment: {} }

const echoDefinition = new PluginDefinition({ name: 'echo', interfaces: { speech } })
/** A plugin that says again what was said, by an integration that fails the first time. */
const echo = echoDefinition.implementedBy(async () => {
  const implementation = new PluginImplementation(echoDefinition)
  implementation.on.message('text', async ({ message, interfaces, client, logger }) => {
    const { text } = await interfaces.speech.say({ text: message.payload.text, times: 1 })
    logger.info('said')
    await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: { text } })
  })
  return { default: implementation }
})
function speakingTwice() {
  let calls = 0
  return speaker('one', {
    listVoices: async () => {
      calls += 1
      if (calls === 1)
        throw new PlugboardError({ code: 'vendor_unavailable', message: 'no line', retryable: true, retryAfter: 0 })
      return { voices: [{ id: 'one-1', pitch: 1 }] }
    },
  })
}

/** The spans as a tree, each with its name; the children in the order in which they began. */
function tree(spans: readonly ReadableSpan[], parent?: string): readonly unknown[] {
  return spans
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
    .toSorted((one, other) => order(one) - order(other))
    .map((span) => {
      const children = tree(spans, span.spanContext().spanId)
      return children.length > 0 ? { [span.name]: children } : span.name
    })
}
const order = ({ startTime: [seconds, nanoseconds] }: ReadableSpan): number => seconds * 1e9 + nanoseconds
const spanOf = (name: string): ReadableSpan =>
  exporter.getFinishedSpans().find((span) => span.name === name) as ReadableSpan

describe('with an SDK of OpenTelemetry', () => {
  it('a message is one trace from its webhook to the platform, through both queues', async () => {
    const bot = new BotDefinition({}).addIntegration(speaker('one')).addPlugin(echo)
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    const spans = exporter.getFinishedSpans()
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1)
    expect(tree(spans)).toEqual([
      {
        'POST /one/*': [
          {
            'store delivery': [
              {
                'handle message': [
                  { 'message of echo': [{ 'speech.say': ['one.say'] }, { 'send message': ['one.chat'] }] },
                ],
              },
            ],
          },
        ],
      },
    ])
    expect(spanOf('POST /one/*').attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.response.status_code': 202,
      'url.path': '/one/webhook',
    })
    const { conversationId } = (await running.clientOf('one').listConversations({})).items.map(({ id }) => ({
      conversationId: id,
    }))[0]!
    for (const name of ['handle message', 'send message'])
      expect(spanOf(name).attributes).toMatchObject({
        'messaging.system': 'plugboard',
        'messaging.message.conversation_id': conversationId,
        'plugboard.attempt': 1,
      })
    expect(spanOf('one.say').attributes).toMatchObject({ 'plugboard.consumer': 'echo', 'plugboard.action': 'say' })
  })

  it('shows what a policy did, and each attempt', async () => {
    const definition = new BotDefinition({
      interfaces: { speech },
      defaults: { speech: bind('one', retry({ delay: 0 })) },
    })
    const bot = new BotImplementation(definition.addIntegration(speakingTwice()), {})
    await using running = await startBot(bot, quiet)
    await running.interfaces.speech.listVoices({})
    expect(tree(exporter.getFinishedSpans())).toEqual([{ 'speech.listVoices': ['one.listVoices', 'one.listVoices'] }])
    expect(spanOf('one.listVoices')).toMatchObject({
      status: { code: 2, message: 'no line' },
      attributes: { 'error.type': 'vendor_unavailable' },
      events: [{ name: 'exception' }],
    })
    expect(spanOf('speech.listVoices')).toMatchObject({
      status: { code: 0 },
      attributes: { 'plugboard.policies': ['retry'], 'plugboard.candidates': ['one'] },
      events: [{ name: 'call_repeated' }],
    })
  })

  it('a stream is a span until it ends, and what it calls meanwhile is part of it', async () => {
    const bot = new BotDefinition({ interfaces: { speech } }).addIntegration(speaker('one'))
    await using running = await startBot(bot, quiet)
    const stream = running.interfaces.speech.sayWords({ text: 'a b' })
    for await (const _ of stream) expect(exporter.getFinishedSpans()).toEqual([])
    expect(tree(exporter.getFinishedSpans())).toEqual([{ 'speech.sayWords': ['one.sayWords'] }])
    for await (const _ of running.interfaces.speech.sayWords({ text: 'a b' })) break
    await vi.waitFor(() => expect(exporter.getFinishedSpans()).toHaveLength(4))
    expect(exporter.getFinishedSpans().at(-1)?.attributes).toMatchObject({ 'plugboard.stream.left': true })
  })

  it('a handler that fails is marked without secrets, and what is tried again is part of the same trace', async () => {
    const clock = new VirtualClock()
    const definition = new BotDefinition({}).addIntegration(speaker('one'), { configuration: { key: env('KEY') } })
    const bot = new BotImplementation(definition, {})
    let attempts = 0
    bot.on.message('text', async () => {
      attempts += 1
      if (attempts === 1) throw new Error('bad key s3cr3t')
    })
    await using running = await startBot(bot, { log: () => {}, environment: { KEY: 's3cr3t' }, clock })
    await running.receive('one', webhook({ text: 'hi' }))
    await clock.advance(10_000)
    const handlers = exporter.getFinishedSpans().filter(({ name }) => name === 'message of bot')
    expect(handlers.map(({ status }) => status)).toEqual([{ code: 2, message: 'bad key •••' }, { code: 0 }])
    expect(new Set(handlers.map((span) => span.spanContext().traceId)).size).toBe(1)
    expect(JSON.stringify(handlers.map(({ attributes, events }) => ({ attributes, events })))).not.toContain('s3cr3t')
  })

  it('goes on in what the program around it traces, and what a handler traces stands between', async () => {
    context.setGlobalContextManager(new StorageContextManager())
    const tracer = trace.getTracer('program')
    const definition = new BotDefinition({ interfaces: { speech } }).addIntegration(
      speaker('one', {
        listVoices: async () =>
          tracer.startActiveSpan('GET', async (span) => {
            span.end()
            return { voices: [] }
          }),
      }),
    )
    await using running = await startBot(definition, quiet)
    await tracer.startActiveSpan('outside', async (span) => {
      await running.interfaces.speech.listVoices({})
      span.end()
    })
    expect(tree(exporter.getFinishedSpans())).toEqual([
      { outside: [{ 'speech.listVoices': [{ 'one.listVoices': ['GET'] }] }] },
    ])
  })

  it('makes no spans where it is told not to', async () => {
    const bot = new BotDefinition({ interfaces: { speech } }).addIntegration(speaker('one'))
    await using running = await startBot(bot, { ...quiet, openTelemetry: false })
    await running.interfaces.speech.listVoices({})
    expect(exporter.getFinishedSpans()).toEqual([])
  })
})

describe('a line of the log', () => {
  it('that a handler writes, or an integration that it calls, says in which conversation and trace that was', async () => {
    const lines: Record<string, unknown>[] = []
    const log = (line: Record<string, unknown>): void => void lines.push(line)
    const talkative = { say: (props: object) => sayAndLog(props as never) }
    const bot = new BotDefinition({}).addIntegration(speaker('one', talkative)).addPlugin(echo)
    await using running = await startBot(bot, { log, environment: {} })
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    const handler = spanOf('message of echo')
    const place = { plugin: 'echo', conversationId: handlerConversation() }
    expect(lines).toMatchObject([
      { ...place, integration: 'one', message: 'saying', ...idsOf(spanOf('one.say')) },
      { ...place, message: 'said', ...idsOf(handler) },
    ])
  })
})

const sayAndLog = async ({ input, logger }: { input: Record<string, unknown>; logger: Logger }) => {
  logger.info('saying')
  return { text: String(input['text']) }
}
const idsOf = (span: ReadableSpan) => ({ trace_id: span.spanContext().traceId, span_id: span.spanContext().spanId })
const handlerConversation = (): unknown => spanOf('handle message').attributes['messaging.message.conversation_id']

/** What an SDK brings along for Node, as small as can be. */
class StorageContextManager implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>()
  active = (): Context => this.#storage.getStore() ?? ROOT_CONTEXT
  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    held: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...given: A
  ): ReturnType<F> {
    return this.#storage.run(held, () => work.call(self as never, ...given))
  }
  bind = <T>(_: Context, target: T): T => target
  enable = (): this => this
  disable = (): this => this
}
