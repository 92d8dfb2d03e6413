import { inspect } from 'node:util'
import { LLMock } from '@copilotkit/aimock'
import anthropic from '@plugboard/anthropic'
import openai from '@plugboard/openai'
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const apiKey = 'a-key-that-is-known'
const hello = [{ role: 'user' as const, content: 'hello' }]
const lookUp = {
  name: 'look_up',
  description: 'Looks up.',
  inputSchema: { type: 'object', properties: { q: { type: 'string' } } },
}
const responseFormat = {
  schema: {
    type: 'object',
    properties: { kind: { type: 'string' } },
    required: ['kind'],
    additionalProperties: false,
  },
}
const usage = { prompt_tokens: 1000, completion_tokens: 200, input_tokens: 1000, output_tokens: 200 }
const answer = 'Hello! How are you today, and what can I do for you?'

let server: LLMock
beforeAll(async () => {
  server = await LLMock.create({ host: '127.0.0.1', auth: { apiKeys: [apiKey] } })
  server.onMessage('hello', { content: answer, usage })
  server.onToolResult('call_1', { content: 'It rains.' })
  server.onMessage('look it up', { toolCalls: [{ name: 'look_up', arguments: '{"q":"weather"}', id: 'call_1' }] })
  server.onMessage('what is this', { content: '{"kind":"cat"}', usage })
  server.onMessage('make it up', { content: '{"kind":3}', usage })
  server.onMessage('be quick', {
    error: { message: 'Slow down.', type: 'rate_limit_error' },
    status: 429,
    retryAfter: 7,
  })
  server.onMessage('be there', { error: { message: 'Overloaded', type: 'overloaded_error' }, status: 529 })
  server.onMessage('be wrong', { error: { message: 'No such parameter.', type: 'invalid_request_error' }, status: 400 })
  server.onMessage('hang up', { content: answer }, { chaos: { disconnectRate: 1 } })
  server.onMessage('talk nonsense', { content: answer }, { chaos: { malformedRate: 1 } })
  server.onMessage('take your time', { content: answer.repeat(20) }, { chunkSize: 5, latency: 50 })
})
afterAll(async () => {
  await server.stop()
})

interface Settings {
  apiKey?: string
  baseUrl?: string
}
const vendors = [
  {
    name: 'openai',
    model: 'gpt-6.1-terra',
    cost: (1000 * 1 + 200 * 5) / 1_000_000,
    start: (settings: Settings) =>
      startBot(
        new BotDefinition({ interfaces: { llm } }).addIntegration(openai, {
          alias: 'main',
          configuration: configurationOf(settings),
        }),
      ),
  },
  {
    name: 'anthropic',
    model: 'claude-sonnet-5-5',
    cost: (1000 * 2 + 200 * 10) / 1_000_000,
    start: (settings: Settings) =>
      startBot(
        new BotDefinition({ interfaces: { llm } }).addIntegration(anthropic, {
          alias: 'main',
          configuration: configurationOf(settings),
        }),
      ),
  },
]
const configurationOf = (settings: Settings) => ({ apiKey, baseUrl: `${server.url}/v1`, ...settings })

describe.each(vendors)('$name', ({ name, model, cost, start }) => {
  let running: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    running = await start({})
  })
  afterAll(async () => {
    await running.stop()
  })
  const say = (content: string) => ({ messages: [{ role: 'user' as const, content }] })

  async function read(content: string, signal?: AbortSignal) {
    const parts: unknown[] = []
    const stream = running.interfaces.llm.streamContent({ ...say(content), tools: [lookUp] }, { signal })
    for await (const part of stream) parts.push(part)
    return { parts, output: await stream.output() }
  }

  test('answers, with usage and cost', async () => {
    expect(await running.interfaces.llm.generateContent({ messages: hello })).toMatchObject({
      id: expect.stringMatching(/.+/),
      provider: name,
      model: { id: model },
      content: answer,
      toolCalls: [],
      stopReason: 'stop',
      usage: { inputTokens: 1000, outputTokens: 200 },
      cost: expect.closeTo(cost, 12),
    })
  })

  test('streams the same answer bit by bit', async () => {
    const { parts, output } = await read('hello')
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.map((part) => (part as { text: string }).text).join('')).toBe(answer)
    expect(output).toMatchObject({
      content: answer,
      model: { id: model },
      stopReason: 'stop',
      usage: { inputTokens: 1000, outputTokens: 200 },
      cost: expect.closeTo(cost, 12),
    })
  })

  test('calls a tool, and answers with what it gave', async () => {
    const { toolCalls, stopReason, content } = await running.interfaces.llm.generateContent({
      ...say('look it up'),
      tools: [lookUp],
    })
    expect({ toolCalls, stopReason }).toEqual({
      toolCalls: [{ id: 'call_1', name: 'look_up', input: { q: 'weather' } }],
      stopReason: 'toolCalls',
    })
    const told = await running.interfaces.llm.generateContent({
      messages: [
        ...say('look it up').messages,
        { role: 'assistant', content, toolCalls },
        { role: 'tool', toolCallId: 'call_1', toolName: 'look_up', content: 'rain' },
      ],
      tools: [lookUp],
    })
    expect(told).toMatchObject({ content: 'It rains.', toolCalls: [], stopReason: 'stop' })
  })

  test('calls a tool in a stream', async () => {
    const { parts, output } = await read('look it up')
    const toolCall = { id: 'call_1', name: 'look_up', input: { q: 'weather' } }
    expect(parts).toEqual([{ type: 'toolCall', toolCall }])
    expect(output).toMatchObject({ content: '', toolCalls: [toolCall], stopReason: 'toolCalls' })
  })

  test('sees a picture and answers with data, streaming or not', async () => {
    const asked = {
      messages: [
        {
          role: 'user' as const,
          content: 'what is this',
          images: [{ data: 'iVBORw0KGgo=', contentType: 'image/png' as const }],
        },
      ],
      responseFormat,
    }
    const expected = { content: '{"kind":"cat"}', structured: { kind: 'cat' }, stopReason: 'stop' }
    expect(await running.interfaces.llm.generateContent(asked)).toMatchObject(expected)
    expect(await running.interfaces.llm.streamContent(asked).output()).toMatchObject(expected)
  })

  test('gives no data that does not fit', async () => {
    await expect(
      running.interfaces.llm.generateContent({ ...say('make it up'), responseFormat }),
    ).rejects.toMatchObject({ code: 'vendor_failed', where: { integration: 'main' } })
  })

  test.each([
    ['be quick', { code: 'vendor_rate_limited', retryable: true, retryAfter: 7000 }],
    ['be there', { code: 'vendor_unavailable', retryable: true }],
    ['be wrong', { code: 'vendor_refused', retryable: false, message: expect.stringContaining('No such parameter.') }],
    ['hang up', { code: 'vendor_unavailable', retryable: true }],
  ])('asked to %s, fails as it should, streaming or not', async (content, error) => {
    const located = { ...error, where: expect.objectContaining({ integration: 'main', interface: 'llm' }) }
    await expect(running.interfaces.llm.generateContent(say(content))).rejects.toMatchObject(located)
    await expect(read(content)).rejects.toMatchObject(located)
  })

  test('fails by vendor_failed where the answer is no JSON', async () => {
    await expect(running.interfaces.llm.generateContent(say('talk nonsense'))).rejects.toMatchObject({
      code: 'vendor_failed',
      retryable: false,
    })
  })

  test('cannot be reached where nothing listens', async () => {
    const gone = await LLMock.create({ host: '127.0.0.1' })
    const other = await start({ baseUrl: `${gone.url}/v1` })
    await gone.stop()
    await expect(other.interfaces.llm.generateContent({ messages: hello })).rejects.toMatchObject({
      code: 'vendor_unavailable',
      retryable: true,
    })
    await other.stop()
  })

  test('refuses another key, without telling it', async () => {
    const wrong = 'a-key-that-is-not-known'
    const other = await start({ apiKey: wrong })
    const error: unknown = await other.interfaces.llm
      .generateContent({ messages: hello })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'vendor_unauthorized', retryable: false })
    const everything = inspect(error, { depth: Infinity, showHidden: true })
    expect(everything).toContain('401')
    expect(everything).not.toContain(wrong)
    expect(everything).not.toContain('hello')
    await other.stop()
  })

  test('asks nothing of the vendor where the call is aborted before', async () => {
    server.clearRequests()
    const signal = AbortSignal.abort()
    await expect(running.interfaces.llm.generateContent({ messages: hello }, { signal })).rejects.toMatchObject({
      code: 'aborted',
    })
    await expect(read('hello', signal)).rejects.toMatchObject({ code: 'aborted' })
    expect(server.getRequests()).toEqual([])
  })

  test('an abort in the middle of a stream is aborted', async () => {
    const controller = new AbortController()
    const stream = running.interfaces.llm.streamContent(say('take your time'), { signal: controller.signal })
    const parts: unknown[] = []
    const reading = (async () => {
      for await (const part of stream) {
        parts.push(part)
        controller.abort()
      }
    })()
    await expect(reading).rejects.toMatchObject({ code: 'aborted' })
    await expect(stream.output()).rejects.toMatchObject({ code: 'aborted' })
    expect(parts).toHaveLength(1)
  })

  test('answers by the model that is asked for, listed or not', async () => {
    const { models } = await running.interfaces.llm.listLanguageModels({})
    const { entities, generateContent } = running.interfaces.llm
    const last = models.at(-1)!
    expect(models.map((each) => each.model.id)).toContain(model)
    expect(last).toMatchObject({
      name: expect.any(String),
      contextWindow: expect.any(Number),
      price: { input: expect.any(Number), output: expect.any(Number) },
    })
    expect((await generateContent({ messages: hello, model: last.model })).model).toMatchObject({ id: last.model.id })
    const unlisted = await generateContent({
      messages: hello,
      model: entities.modelRef.parse({ id: 'one-of-tomorrow' }),
    })
    expect(unlisted.model).toMatchObject({ id: 'one-of-tomorrow' })
    expect(unlisted.cost).toBeUndefined()
  })
})
