import { describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, env } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { speaker, speech, webhook } from '../bot/speech.fixture.ts'
import type { EndedSpan } from './span.ts'
import { SpanWriter } from './span-writer.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const span = (spanId: string): EndedSpan => ({
  traceId: 't',
  spanId,
  parentId: undefined,
  conversationId: undefined,
  name: 'work',
  kind: 'internal',
  startedAt: 0,
  duration: 0,
  attributes: {},
  events: [],
  error: undefined,
})

describe('a bot that keeps traces', () => {
  it('shows what was done in a conversation, from the webhook to the platform, without secrets', async () => {
    const definition = new BotDefinition({ interfaces: { speech } }).addIntegration(speaker('one'), {
      configuration: { key: env('KEY') },
    })
    const bot = new BotImplementation(definition, {})
    bot.on.message('text', async ({ message, interfaces, client }) => {
      await interfaces.speech.say({ text: 'hi' })
      await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: { text: 'ho' } })
      throw new Error('no s3cr3t')
    })
    const options = { log: () => {}, environment: { KEY: 's3cr3t' }, retries: { attempts: 1 }, traces: true }
    await using running = await startBot(bot, options)
    await running.receive('one', { ...webhook({ text: 'a', room: 'a' }), path: '/webhook/s3cr3t' })
    await running.receive('one', webhook({ text: 'b', room: 'b' }))
    await running.idle()
    const traces = await running.traces()
    expect(traces.items).toHaveLength(2)
    const conversationId = traces.items.at(-1)?.spans.find(({ name }) => name === 'message of bot')?.conversationId
    const { items } = await running.traces({ conversationId })
    expect(items).toHaveLength(1)
    expect(items[0]?.failed).toBe(true)
    const names = items[0]?.spans.map(({ name, parentId }) => [
      name,
      items[0]?.spans.find(({ spanId }) => spanId === parentId)?.name,
    ])
    expect(names).toEqual(
      expect.arrayContaining([
        ['POST /one/*', undefined],
        ['store delivery', 'POST /one/*'],
        ['handle message', 'store delivery'],
        ['message of bot', 'handle message'],
        ['speech.say', 'message of bot'],
        ['one.say', 'speech.say'],
      ]),
    )
    expect(JSON.stringify(traces)).toContain('/one/webhook/•••')
    expect(JSON.stringify(traces)).toContain('no •••')
    expect(JSON.stringify(traces)).not.toContain('s3cr3t')
    expect((await running.traces({ limit: 1 })).nextCursor).toBeDefined()
  })

  it('keeps nothing unless it is told to', async () => {
    await using running = await startBot(new BotDefinition({}).addIntegration(speaker('one')), { log: () => {} })
    await running.receive('one', webhook({ text: 'a' }))
    await running.idle()
    expect(await running.traces()).toEqual({ items: [] })
  })
})

describe('a writer of spans', () => {
  it('saves together what comes within a second, and at its end what waits', async () => {
    const clock = new VirtualClock()
    const saved: number[] = []
    const store = {
      ...memoryStore(clock),
      saveSpans: async (spans: readonly EndedSpan[]) => void saved.push(spans.length),
    }
    const writer = new SpanWriter({ store, clock, logger: () => expect.unreachable() })
    for (const id of ['a', 'b']) writer.keep(span(id))
    await clock.advance(500)
    writer.keep(span('c'))
    await clock.advance(499)
    expect(saved).toEqual([])
    await clock.advance(1)
    expect(saved).toEqual([3])
    writer.keep(span('d'))
    await writer[Symbol.asyncDispose]()
    expect(saved).toEqual([3, 1])
    writer.keep(span('e'))
    await clock.settle()
    expect(saved).toEqual([3, 1, 1])
  })

  it('forgets what is too old or too much, now and then', async () => {
    const clock = new VirtualClock()
    const store = memoryStore(clock)
    const writer = new SpanWriter({ store, clock, logger: () => expect.unreachable() }, { age: 1000, most: 3000 })
    for (let index = 0; index < 5000; index += 1) writer.keep({ ...span(String(index)), traceId: String(index) })
    await writer.flush()
    let count = 0
    for (let cursor: string | undefined; ;) {
      const page = await store.listTraces({ limit: 1000, cursor })
      count += page.items.length
      cursor = page.nextCursor
      if (cursor === undefined) break
    }
    // It was last done after 4,200, and 800 came since.
    expect(count).toBe(3800)
  })

  it('that cannot save says so, and what it tells of goes on', async () => {
    const clock = new VirtualClock()
    const said: string[] = []
    const failing = { ...memoryStore(clock), saveSpans: () => Promise.reject(new Error('no disk')) }
    const logger = { warn: (message: string) => void said.push(message) }
    const writer = new SpanWriter({ store: failing, clock, logger: () => logger as never })
    writer.keep(span('a'))
    await writer.flush()
    expect(said).toEqual(['1 spans could not be kept'])
  })
})
