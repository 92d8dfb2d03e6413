/** What every vendor's language models make of a bad day: each failure in the form of its own wire format, whole answers and streams. */
import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, begunBy, startVendor } from './vendors/every-vendor.fixture.ts'
import { type Answering, says, streaming, wireServer } from './vendors/wire-server.fixture.ts'

const wire = wireServer()
const apiKey = 'a-key-that-nobody-may-read'
const likeOpenai = {
  wrongKey: says(401, { error: { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: null } }),
  tooLarge: says(413, { error: { message: 'Request Entity Too Large', type: 'invalid_request_error', code: null } }),
  limited: says(429, { error: { message: 'Rate limit reached.', type: 'tokens' } }, { 'retry-after': '7' }),
} as const

const vendors = [
  {
    name: 'anthropic',
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
    ...likeOpenai,
  },
  {
    name: 'mistral',
    wrongKey: says(401, { detail: 'Unauthorized' }),
    tooLarge: says(413, '<html><h1>413 Request Entity Too Large</h1></html>'),
    limited: says(429, { message: 'Requests rate limit exceeded' }, { 'retry-after': '7' }),
  },
  {
    name: 'ollama',
    ...likeOpenai,
    wrongKey: says(401, 'unauthorized'),
  },
  {
    name: 'openai',
    ...likeOpenai,
  },
  {
    name: 'openai-compatible',
    ...likeOpenai,
  },
] as const

const unknownModel: Readonly<Record<string, Answering>> & { readonly openai: Answering } = {
  anthropic: says(404, { type: 'error', error: { type: 'not_found_error', message: 'model: none' } }),
  google: says(404, { error: { code: 404, message: 'models/none is not found.', status: 'NOT_FOUND' } }),
  mistral: says(400, {
    object: 'error',
    message: 'Invalid model: none',
    type: 'invalid_model',
    param: null,
    code: '1500',
  }),
  openai: says(404, { error: { message: 'The model `none` does not exist.', type: 'x', code: 'model_not_found' } }),
}

describe.each(vendors)('$name', ({ name, wrongKey, tooLarge, limited }) => {
  const begun = begunBy(name)
  let running: Awaited<ReturnType<(typeof startVendor)[typeof name]>>
  beforeAll(async () => {
    running = await startVendor[name](wire.origin, apiKey)
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
    wire.answering = answer
    const error = await generate()
    const streamed = await read()
    expect(error).toMatchObject({ ...expected, where: { integration: name, action: 'generateContent' } })
    expect(streamed).toMatchObject({ parts: [], error: expected })
    isNotPrivate(error)
    isNotPrivate(streamed.error)
    expect(wire.requests).toHaveLength(2)
  })

  test('a model that the vendor does not have is refused by a message that names those there are', async () => {
    const unknown = unknownModel[name] ?? unknownModel.openai
    wire.answering = (response) => unknown(response)
    const asked: unknown = await running.interfaces.llm
      .generateContent({ messages, model: running.interfaces.llm.entities.modelRef.parse({ id: 'none' }) })
      .catch((error: unknown) => error)
    expect(asked).toMatchObject({ code: 'vendor_refused', where: { path: 'model' } })
    // The two others ask the server, which refuses here to say.
    if (name === 'ollama' || name === 'openai-compatible') return
    const { models } = await running.interfaces.llm.listLanguageModels({})
    for (const { model } of models) expect((asked as Error).message).toContain(`'${model.id}'`)
  })

  test('a broken connection in the middle of an answer is told', async () => {
    wire.answering = (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
      response.write('{"id":', () => response.destroy())
    }
    expect(await generate()).toMatchObject(passing)
  })

  test('a broken connection in the middle of a stream is told, after what came before', async () => {
    let broken: ServerResponse | undefined
    wire.answering = streaming(begun, (response) => (broken = response))
    const { parts, error } = await read(() => broken?.destroy())
    expect(parts).toEqual(first)
    expect(error).toMatchObject(passing)
  })

  test('a stream that ends before its answer does is no answer', async () => {
    wire.answering = streaming(begun, (response) => response.end())
    expect(await read()).toMatchObject({ parts: first, error: { code: 'stream_broken', retryable: true } })
  })

  test.each(['{"private":', '{"private":true}', '"private"', '[]', ''])(
    'malformed JSON is no answer: %j',
    async (body) => {
      wire.answering = says(200, body)
      const error = await generate()
      expect(error).toMatchObject({ code: 'vendor_failed' })
      isNotPrivate(error)
    },
  )

  test('malformed JSON in the middle of a stream is told, without repeating it', async () => {
    wire.answering = streaming([...begun, '{"private": 1'], (response) => response.end())
    const { parts, error } = await read()
    expect(parts).toEqual(first)
    expect(error).toMatchObject({ code: 'vendor_failed' })
    isNotPrivate(error)
  })

  test('an abort mid-stream ends it as aborted, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>()
    wire.answering = (response) => {
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

test.each(['', '/', '/v1', '/v1/'])('a server is found where its address ends in %j', async (end) => {
  wire.answering = says(200, answerOf('ollama', { text: 'ok' }))
  const running = await startVendor.ollama(`${wire.origin}${end}`, apiKey)
  await running.interfaces.llm.generateContent({ messages: [{ role: 'user', content: 'hello' }] })
  wire.answering = says(200, { models: [{ model: 'm' }] })
  await running.interfaces.llm.listLanguageModels({})
  expect(wire.requests.map(({ url }) => url)).toEqual(['/v1/chat/completions', '/api/tags'])
  await running.stop()
})

test('a server that knows its models is asked for them where it does not have one', async () => {
  const running = await startVendor.ollama(wire.origin, apiKey)
  wire.answering = (response) =>
    wire.requests.at(-1)?.url === '/api/tags'
      ? says(200, { models: [{ model: 'gpt-oss:20b' }, { model: 'qwen3:8b' }] })(response)
      : says(404, { error: { message: 'model "m" not found, try pulling it first', type: 'api_error' } })(response)
  await expect(
    running.interfaces.llm.generateContent({ messages: [{ role: 'user', content: 'hello' }] }),
  ).rejects.toMatchObject({
    code: 'vendor_refused',
    message: expect.stringContaining("pulling it first. Models that are known: 'gpt-oss:20b', 'qwen3:8b'"),
  })
  await running.stop()
})
