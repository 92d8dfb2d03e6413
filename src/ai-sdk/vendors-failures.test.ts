/** What every vendor's language models make of a bad day: each failure in the form of its own wire format, whole answers and streams. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import anthropic from '@plugboard/anthropic'
import google from '@plugboard/google'
import groq from '@plugboard/groq'
import mistral from '@plugboard/mistral'
import ollama from '@plugboard/ollama'
import openai from '@plugboard/openai'
import openaiCompatible from '@plugboard/openai-compatible'
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

type Answering = (response: ServerResponse) => void
let answering: Answering
let asked = 0
let origin: string

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    asked += 1
    answering(response)
  })
})
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  asked = 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const json = { 'content-type': 'application/json' }
const says =
  (status: number, body: object | string, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(status, { ...json, ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body))
const streaming =
  (frames: readonly (object | string)[], then: (response: ServerResponse) => void): Answering =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const lines = frames.map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`)
    response.write(lines.join(''), () => then(response))
  }

const apiKey = 'a-key-that-nobody-may-read'
const needsModel = () => new BotDefinition({ interfaces: { llm } })
const chunk = {
  id: 'r1',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { role: 'assistant', content: 'Hel' } }],
}
const likeOpenai = {
  begun: [chunk],
  wrongKey: says(401, { error: { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: null } }),
  tooLarge: says(413, { error: { message: 'Request Entity Too Large', type: 'invalid_request_error', code: null } }),
  limited: says(429, { error: { message: 'Rate limit reached.', type: 'tokens' } }, { 'retry-after': '7' }),
} as const

const vendors = [
  {
    name: 'anthropic',
    start: () =>
      startBot(needsModel().addIntegration(anthropic, { configuration: { apiKey, baseUrl: `${origin}/v1` } })),
    begun: [
      {
        type: 'message_start',
        message: {
          id: 'r1',
          model: 'm',
          role: 'assistant',
          content: [],
          stop_reason: null,
          usage: { input_tokens: 1, output_tokens: 1 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
    ],
    wrongKey: says(401, { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } }),
    tooLarge: says(413, {
      type: 'error',
      error: { type: 'request_too_large', message: 'Request exceeds the maximum size' },
    }),
    limited: says(
      429,
      { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down.' } },
      { 'retry-after': '7' },
    ),
  },
  {
    name: 'google',
    start: () =>
      startBot(needsModel().addIntegration(google, { configuration: { apiKey, baseUrl: `${origin}/v1beta` } })),
    begun: [{ candidates: [{ index: 0, content: { role: 'model', parts: [{ text: 'Hel' }] } }] }],
    wrongKey: says(400, {
      error: {
        code: 400,
        message: 'API key not valid. Please pass a valid API key.',
        status: 'INVALID_ARGUMENT',
        details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
      },
    }),
    tooLarge: says(400, {
      error: { code: 400, message: 'Request payload size exceeds the limit.', status: 'INVALID_ARGUMENT' },
    }),
    limited: says(429, {
      error: {
        code: 429,
        message: 'You exceeded your current quota.',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' }],
      },
    }),
  },
  {
    name: 'groq',
    start: () =>
      startBot(needsModel().addIntegration(groq, { configuration: { apiKey, baseUrl: `${origin}/openai/v1` } })),
    ...likeOpenai,
  },
  {
    name: 'mistral',
    start: () => startBot(needsModel().addIntegration(mistral, { configuration: { apiKey, baseUrl: `${origin}/v1` } })),
    begun: [chunk],
    wrongKey: says(401, { detail: 'Unauthorized' }),
    tooLarge: says(413, '<html><h1>413 Request Entity Too Large</h1></html>'),
    limited: says(429, { message: 'Requests rate limit exceeded' }, { 'retry-after': '7' }),
  },
  {
    name: 'ollama',
    start: () =>
      startBot(needsModel().addIntegration(ollama, { configuration: { apiKey, baseUrl: origin, defaultModel: 'm' } })),
    ...likeOpenai,
    wrongKey: says(401, 'unauthorized'),
  },
  {
    name: 'openai',
    start: () => startBot(needsModel().addIntegration(openai, { configuration: { apiKey, baseUrl: `${origin}/v1` } })),
    ...likeOpenai,
  },
  {
    name: 'openai-compatible',
    start: () =>
      startBot(
        needsModel().addIntegration(openaiCompatible, {
          configuration: { apiKey, baseUrl: `${origin}/v1`, defaultModel: 'm' },
        }),
      ),
    ...likeOpenai,
  },
] as const

describe.each(vendors)('$name', ({ name, start, begun, wrongKey, tooLarge, limited }) => {
  let running: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    running = await start()
  })
  afterAll(() => running.stop())
  const messages = [{ role: 'user' as const, content: 'a private matter' }]

  const generate = (): Promise<unknown> =>
    running.interfaces.llm.generateContent({ messages }).catch((error: unknown) => error)

  /** Reads a stream; `onPart` is called with each part. */
  async function read(onPart: () => void = () => {}, signal?: AbortSignal) {
    const parts: unknown[] = []
    const stream = running.interfaces.llm.streamContent({ messages }, { signal })
    const error: unknown = await (async () => {
      for await (const part of stream) {
        parts.push(part)
        onPart()
      }
    })().catch((thrown: unknown) => thrown)
    // What a stream fails of, its output fails of.
    await expect(stream.output()).rejects.toMatchObject({ code: (error as { code?: string }).code })
    return { parts, error }
  }

  const first = [{ type: 'text', text: 'Hel' }]
  const passing = { code: 'vendor_unavailable', retryable: true, where: { integration: name, interface: 'llm' } }
  const isNotPrivate = (error: unknown) =>
    expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toMatch(/a-key-|private/)

  test.each([
    ['a wrong key', wrongKey, { code: 'vendor_unauthorized', retryable: false }],
    ['429 with Retry-After', limited, { code: 'vendor_rate_limited', retryable: true, retryAfter: 7000 }],
    ['an oversized body', tooLarge, { code: 'vendor_refused', retryable: false }],
    ['a broken connection', (response: ServerResponse) => void response.destroy(), passing],
  ])('%s is told, asked once, streaming or not', async (_, answer, expected) => {
    answering = answer
    const error = await generate()
    const streamed = await read()
    expect(error).toMatchObject({ ...expected, where: { integration: name, action: 'generateContent' } })
    expect(streamed).toMatchObject({ parts: [], error: expected })
    isNotPrivate(error)
    isNotPrivate(streamed.error)
    expect(asked).toBe(2)
  })

  test('a broken connection in the middle of an answer is told', async () => {
    answering = (response) => {
      response.writeHead(200, { ...json, 'content-length': 1000 })
      response.write('{"id":', () => response.destroy())
    }
    expect(await generate()).toMatchObject(passing)
  })

  test('a broken connection in the middle of a stream is told, after what came before', async () => {
    let broken: ServerResponse | undefined
    answering = streaming(begun, (response) => (broken = response))
    const { parts, error } = await read(() => broken?.destroy())
    expect(parts).toEqual(first)
    expect(error).toMatchObject(passing)
  })

  test('a stream that ends before its answer does is no answer', async () => {
    answering = streaming(begun, (response) => response.end())
    expect(await read()).toMatchObject({ parts: first, error: { code: 'stream_broken', retryable: true } })
  })

  test.each(['{"private":', '{"private":true}', '"private"', '[]', ''])(
    'malformed JSON is no answer: %j',
    async (body) => {
      answering = says(200, body)
      const error = await generate()
      expect(error).toMatchObject({ code: 'vendor_failed' })
      isNotPrivate(error)
    },
  )

  test('malformed JSON in the middle of a stream is told, without repeating it', async () => {
    answering = streaming([...begun, '{"private": 1'], (response) => response.end())
    const { parts, error } = await read()
    expect(parts).toEqual(first)
    expect(error).toMatchObject({ code: 'vendor_failed' })
    isNotPrivate(error)
  })

  test('an abort mid-stream ends it as aborted, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>()
    answering = (response) => {
      response.on('close', closed.resolve)
      streaming(begun, () => {})(response)
    }
    const controller = new AbortController()
    const { parts, error } = await read(() => controller.abort(), controller.signal)
    expect(parts).toEqual(first)
    expect(error).toMatchObject({ code: 'aborted' })
    await closed.promise
  })
})
