import type {
  LanguageModelV3,
  LanguageModelV3GenerateResult,
  LanguageModelV3StreamPart,
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import type { LanguageModelRequest } from 'plugboard/interfaces/llm'
import { describe, expect, test, vi } from 'vitest'
import { languageModelActions } from './index.ts'
import type { LanguageModel } from './language-model.ts'

const configuration = { apiKey: 'a-long-secret-key', defaultModel: 'small' }
const models = [{ id: 'small', name: 'Small', contextWindow: 1000, prices: [{ input: 1, output: 2 }] }]
const lookUp = { name: 'look_up', inputSchema: { type: 'object' } }
const usage = {
  inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 5, text: 5, reasoning: 0 },
}
const finish = { type: 'finish' as const, usage, finishReason: { unified: 'stop' as const, raw: 'stop' } }
const toolCall = { type: 'tool-call' as const, toolCallId: 'c1', toolName: 'look_up', input: '{"q":"x"}' }
const answered: LanguageModelV4GenerateResult & LanguageModelV3GenerateResult = {
  content: [
    { type: 'reasoning', text: 'thinking' },
    { type: 'text', text: 'Hel' },
    { type: 'text', text: 'lo' },
    toolCall,
  ],
  finishReason: { unified: 'tool-calls', raw: 'tool_calls' },
  usage,
  response: { id: 'r1', modelId: 'small-2026' },
  warnings: [],
}
const pieces: (LanguageModelV4StreamPart & LanguageModelV3StreamPart)[] = [
  { type: 'stream-start', warnings: [] },
  { type: 'response-metadata', id: 'r1', modelId: 'small-2026' },
  { type: 'text-start', id: '0' },
  { type: 'text-delta', id: '0', delta: 'Hel' },
  { type: 'text-delta', id: '0', delta: '' },
  { type: 'text-delta', id: '0', delta: 'lo' },
  { type: 'text-end', id: '0' },
]

type Parts = readonly (LanguageModelV4StreamPart & LanguageModelV3StreamPart)[] | readonly unknown[]

/** What a hand-written model does; the rest is refused. */
interface Behaviour {
  generate?: (options: LanguageModelV4CallOptions) => unknown
  /** The parts, after which the stream closes; or what makes the stream. */
  stream?: Parts | ((options: LanguageModelV4CallOptions) => ReadableStream)
}

/** Gives the parts one by one, as they are asked for, and then does what is to be done before the end. */
function streamOf(parts: Parts, last: () => void = () => {}): ReadableStream {
  const rest = [...parts]
  return new ReadableStream(
    {
      pull(stream) {
        if (rest.length > 0) return stream.enqueue(rest.shift())
        last()
        stream.close()
      },
      cancel: () => {},
    },
    { highWaterMark: 0 },
  )
}

const head = { provider: 'acme', supportedUrls: {} }
function behave({ generate, stream }: Behaviour) {
  return {
    doGenerate: async (options: never) => generate?.(options) as never,
    doStream: async (options: never) => ({
      stream: (typeof stream === 'function' ? stream(options) : streamOf(stream ?? [])) as never,
    }),
  }
}
const versions = {
  v3: (modelId: string, behaviour: Behaviour): LanguageModelV3 => ({
    specificationVersion: 'v3',
    modelId,
    ...head,
    ...behave(behaviour),
  }),
  v4: (modelId: string, behaviour: Behaviour): LanguageModelV4 => ({
    specificationVersion: 'v4',
    modelId,
    ...head,
    ...behave(behaviour),
  }),
}

function vendor(model: (id: string) => LanguageModel) {
  const connect = vi.fn<() => typeof model>(() => model)
  const logger = { warn: vi.fn<(message: string) => void>() }
  const actions = languageModelActions<typeof configuration>({ name: 'acme', models, connect })
  const call = (input: Partial<LanguageModelRequest> = {}, signal = new AbortController().signal) => ({
    input: { messages: [{ role: 'user' as const, content: 'hello' }], tools: [lookUp], ...input },
    configuration,
    signal,
    logger,
  })
  return { actions, call, connect, logger }
}

async function read<TPart, TOutput>(items: AsyncGenerator<TPart, TOutput, void>) {
  const parts: TPart[] = []
  for (;;) {
    const step = await items.next()
    if (step.done) return { parts, output: step.value }
    parts.push(step.value)
  }
}

describe.each(['v3', 'v4'] as const)('a model of specification %s', (version) => {
  const make = (behaviour: Behaviour) => vendor((id) => versions[version](id, behaviour))

  test('answers', async () => {
    const { actions, call } = make({ generate: () => answered })
    expect(await actions.generateContent(call())).toEqual({
      id: 'r1',
      provider: 'acme',
      model: { id: 'small-2026' },
      content: 'Hello',
      toolCalls: [{ id: 'c1', name: 'look_up', input: { q: 'x' } }],
      stopReason: 'toolCalls',
      usage: { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, reasoningTokens: 0 },
      cost: 0.00002,
    })
  })

  test('streams the same answer bit by bit', async () => {
    const { actions, call } = make({
      stream: [...pieces, toolCall, { ...finish, finishReason: answered.finishReason }],
    })
    const { parts, output } = await read(actions.streamContent(call()))
    expect(parts).toEqual([
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
      { type: 'toolCall', toolCall: { id: 'c1', name: 'look_up', input: { q: 'x' } } },
    ])
    expect(output).toEqual(await make({ generate: () => answered }).actions.generateContent(call()))
  })

  test('that ends its stream without saying how is stream_broken', async () => {
    const { actions, call } = make({ stream: pieces })
    await expect(read(actions.streamContent(call()))).rejects.toMatchObject({ code: 'stream_broken', retryable: true })
  })

  test('that gives an error in its stream fails by that error, after what came before', async () => {
    const { actions, call } = make({
      stream: [...pieces, { type: 'error', error: { message: 'Overloaded', statusCode: 529 } }, finish],
    })
    const parts: unknown[] = []
    const reading = (async () => {
      for await (const part of actions.streamContent(call())) parts.push(part)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'vendor_unavailable', retryable: true })
    expect(parts).toHaveLength(2)
  })

  test('that ends its stream silently when it is aborted is aborted', async () => {
    const controller = new AbortController()
    const { actions, call } = make({
      stream: ({ abortSignal }) =>
        new ReadableStream({
          start(stream) {
            for (const piece of pieces) stream.enqueue(piece)
            abortSignal?.addEventListener('abort', () => stream.close())
          },
        }),
    })
    const items = actions.streamContent(call({}, controller.signal))
    expect(await items.next()).toEqual({ done: false, value: { type: 'text', text: 'Hel' } })
    controller.abort()
    await expect(read(items)).rejects.toMatchObject({ code: 'aborted' })
  })

  test('that says that it is done when it is aborted is aborted', async () => {
    const controller = new AbortController()
    const { actions, call } = make({ stream: () => streamOf([...pieces, finish], () => controller.abort()) })
    await expect(read(actions.streamContent(call({}, controller.signal)))).rejects.toMatchObject({ code: 'aborted' })
  })

  test('that hangs is left when it is aborted', async () => {
    const controller = new AbortController()
    const cancel = vi.fn<() => void>()
    const hanging = () => new ReadableStream({ pull: () => controller.abort(), cancel }, { highWaterMark: 0 })
    const { actions, call } = make({ stream: hanging })
    await expect(read(actions.streamContent(call({}, controller.signal)))).rejects.toMatchObject({ code: 'aborted' })
    expect(cancel).toHaveBeenCalledOnce()
  })
})

test('a stream that opens after the abort is left at once', async () => {
  const controller = new AbortController()
  const opening = () => {
    controller.abort()
    return new ReadableStream()
  }
  const { actions, call } = vendor((id) => versions.v4(id, { stream: opening }))
  await expect(read(actions.streamContent(call({}, controller.signal)))).rejects.toMatchObject({ code: 'aborted' })
})

test('a model of another specification is refused by its name', async () => {
  const { actions, call } = vendor((id) => ({ ...versions.v4(id, {}), specificationVersion: 'v9' }) as never)
  const message = expect.stringMatching(/'acme'.*'v9'.*'v4' and 'v3'/)
  await expect(actions.generateContent(call())).rejects.toMatchObject({ code: 'vendor_failed', message })
  await expect(read(actions.streamContent(call()))).rejects.toMatchObject({ code: 'vendor_failed', message })
})

test('an interruption that looks like an ordinary end is stream_broken, and a call that it cut is not given', async () => {
  const interrupted = { ...finish, finishReason: { unified: 'interrupted', raw: undefined } }
  const { actions, call } = vendor((id) =>
    versions.v4(id, { stream: [...pieces, toolCall, { ...toolCall, input: '{"q":' }, interrupted] }),
  )
  const parts: unknown[] = []
  const reading = (async () => {
    for await (const part of actions.streamContent(call())) parts.push(part)
  })()
  await expect(reading).rejects.toMatchObject({ code: 'stream_broken' })
  expect(parts).toEqual([
    { type: 'text', text: 'Hel' },
    { type: 'text', text: 'lo' },
  ])
})

test('a reader who leaves cancels the stream', async () => {
  const cancel = vi.fn<() => void>()
  const stream = () =>
    new ReadableStream({
      start: (stream) => {
        for (const piece of pieces) stream.enqueue(piece)
      },
      cancel,
    })
  const { actions, call } = vendor((id) => versions.v4(id, { stream }))
  for await (const _ of actions.streamContent(call())) break
  expect(cancel).toHaveBeenCalledOnce()
})

test('nothing is asked of the vendor once the call is aborted', async () => {
  const { actions, call, connect } = vendor((id) => versions.v4(id, {}))
  const controller = new AbortController()
  controller.abort()
  await expect(actions.generateContent(call({}, controller.signal))).rejects.toMatchObject({ code: 'aborted' })
  await expect(read(actions.streamContent(call({}, controller.signal)))).rejects.toMatchObject({ code: 'aborted' })
  expect(connect).not.toHaveBeenCalled()
})

test('an answer that arrives after the abort is aborted', async () => {
  const controller = new AbortController()
  const generate = () => {
    controller.abort()
    return answered
  }
  const { actions, call } = vendor((id) => versions.v4(id, { generate }))
  await expect(actions.generateContent(call({}, controller.signal))).rejects.toMatchObject({ code: 'aborted' })
})

test('the model of the call is asked, else that of the configuration', async () => {
  const open = vi.fn<(id: string) => LanguageModel>((id) =>
    versions.v4(id, { generate: () => ({ ...answered, response: undefined }) }),
  )
  const { actions, call } = vendor(open)
  expect((await actions.generateContent(call())).model).toEqual({ id: 'small' })
  const other = await actions.generateContent(call({ model: { id: 'other' } }))
  expect(other).toMatchObject({ id: '', model: { id: 'other' } })
  expect(other.cost).toBeUndefined()
  expect(open.mock.calls).toEqual([['small'], ['other']])
})

test('the provider package is set up once for each configuration', async () => {
  const { actions, call, connect } = vendor((id) => versions.v4(id, { generate: () => answered }))
  await actions.generateContent(call())
  await actions.generateContent(call())
  expect(connect).toHaveBeenCalledTimes(1)
  await actions.generateContent({ ...call(), configuration: { ...configuration } })
  expect(connect).toHaveBeenCalledTimes(2)
})

test('what the vendor ignores is told once', async () => {
  const warnings = [
    { type: 'unsupported', feature: 'temperature' },
    { type: 'compatibility', feature: 'tools', details: 'without thinking' },
    { type: 'other', message: 'something else' },
  ]
  const { actions, call, logger } = vendor((id) =>
    versions.v4(id, {
      generate: () => ({ ...answered, warnings }),
      stream: [{ type: 'stream-start', warnings }, finish],
    }),
  )
  await actions.generateContent(call())
  await read(actions.streamContent(call()))
  expect(logger.warn.mock.calls).toEqual([
    ["acme ignores 'temperature'"],
    ["acme takes 'tools' with limits: without thinking"],
    ['acme: something else'],
  ])
})

describe('a call of a tool', () => {
  const answeringWith = (input: string, more: object = {}) =>
    vendor((id) =>
      versions.v4(id, { generate: () => ({ ...answered, content: [{ ...toolCall, input, ...more }], ...more }) }),
    )

  test.each(['{"q":', '"text"', '[1]', 'null'])(
    'with arguments that are no JSON object is vendor_failed: %s',
    async (input) => {
      const { actions, call } = answeringWith(input)
      await expect(actions.generateContent(call())).rejects.toMatchObject({
        code: 'vendor_failed',
        retryable: true,
        message: expect.stringContaining("'look_up'"),
      })
    },
  )

  test('without arguments has none', async () => {
    const { actions, call } = answeringWith('')
    expect((await actions.generateContent(call())).toolCalls).toEqual([{ id: 'c1', name: 'look_up', input: {} }])
  })

  test('is why the model stopped, whatever the server says', async () => {
    const { actions, call } = answeringWith('{}', { finishReason: { unified: 'stop', raw: 'stop' } })
    expect((await actions.generateContent(call())).stopReason).toBe('toolCalls')
  })

  test('that the vendor runs itself is none of ours', async () => {
    const { actions, call } = answeringWith('{}', {
      providerExecuted: true,
      finishReason: { unified: 'stop', raw: 'stop' },
    })
    expect(await actions.generateContent(call())).toMatchObject({ toolCalls: [], stopReason: 'stop' })
  })
})

test.each([
  ['length', 'length'],
  ['content-filter', 'contentFilter'],
  ['other', 'other'],
] as const)('the reason %s is told as %s', async (unified, stopReason) => {
  const { actions, call } = vendor((id) =>
    versions.v4(id, { generate: () => ({ ...answered, content: [], finishReason: { unified, raw: '' } }) }),
  )
  expect((await actions.generateContent(call())).stopReason).toBe(stopReason)
})

test.each([
  ['error', 'vendor_failed'],
  ['interrupted', 'stream_broken'],
] as const)('an answer that ends by the reason %s is %s', async (unified, code) => {
  const { actions, call } = vendor((id) =>
    versions.v4(id, { generate: () => ({ ...answered, finishReason: { unified, raw: '' } }) }),
  )
  await expect(actions.generateContent(call())).rejects.toMatchObject({ code })
})

test('tokens that the vendor does not count are 0, and the cost is not known', async () => {
  const unknown = { inputTokens: { total: undefined }, outputTokens: { total: undefined } }
  const { actions, call } = vendor((id) => versions.v4(id, { generate: () => ({ ...answered, usage: unknown }) }))
  const { usage: counted, cost } = await actions.generateContent(call())
  expect(counted).toEqual({ inputTokens: 0, outputTokens: 0 })
  expect(cost).toBeUndefined()
})

test('the models are listed', async () => {
  const { actions, call } = vendor((id) => versions.v4(id, {}))
  expect(await actions.listLanguageModels(call())).toEqual({
    models: [{ model: { id: 'small' }, name: 'Small', contextWindow: 1000, price: { input: 1, output: 2 } }],
  })
})

describe('an answer that is to be data', () => {
  const responseFormat = {
    schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  }
  const saying = (text: string, unified: 'stop' | 'length' = 'stop') =>
    vendor((id) =>
      versions.v4(id, {
        generate: () => ({
          ...answered,
          content: [{ type: 'text', text }],
          finishReason: { unified, raw: unified },
        }),
        stream: [
          { type: 'text-delta', id: '0', delta: text },
          { ...finish, finishReason: { unified, raw: unified } },
        ],
      }),
    )

  test('is given as data beside its text, streaming or not', async () => {
    const { actions, call } = saying('{"city":"Bern"}')
    const expected = { content: '{"city":"Bern"}', structured: { city: 'Bern' } }
    expect(await actions.generateContent(call({ responseFormat }))).toMatchObject(expected)
    expect((await read(actions.streamContent(call({ responseFormat })))).output).toMatchObject(expected)
    expect(await actions.generateContent(call())).not.toHaveProperty('structured')
  })

  test.each(['{"city":3}', '{}', 'Bern'])('is vendor_failed where it does not fit: %s', async (text) => {
    const { actions, call } = saying(text)
    await expect(actions.generateContent(call({ responseFormat }))).rejects.toMatchObject({ code: 'vendor_failed' })
    await expect(read(actions.streamContent(call({ responseFormat })))).rejects.toMatchObject({ code: 'vendor_failed' })
  })

  test('is no data where it was cut off', async () => {
    const { actions, call } = saying('{"city":"Be', 'length')
    const answer = await actions.generateContent(call({ responseFormat }))
    expect(answer).toMatchObject({ content: '{"city":"Be', stopReason: 'length' })
    expect(answer).not.toHaveProperty('structured')
  })

  test('is not asked for by a schema that cannot be used', async () => {
    const generate = vi.fn<() => unknown>()
    const { actions, call } = vendor((id) => versions.v4(id, { generate }))
    const odd = { schema: { type: 'object', if: {} } }
    await expect(actions.generateContent(call({ responseFormat: odd }))).rejects.toMatchObject({
      code: 'input_invalid',
      where: { path: 'responseFormat.schema' },
    })
    expect(generate).not.toHaveBeenCalled()
  })
})

test.each([
  ['v3', ["acme ignores 'reasoningEffort'"]],
  ['v4', []],
] as const)('a degree of reasoning is told to be ignored by specification %s where it is', async (version, told) => {
  const { actions, call, logger } = vendor((id) => versions[version](id, { generate: () => answered }))
  await actions.generateContent(call({ reasoningEffort: 'high' }))
  expect(logger.warn.mock.calls.flat()).toEqual(told)
})

test('tokens of which the provider package says nothing are left out', async () => {
  const silent = {
    inputTokens: { total: 10, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: 5, text: undefined, reasoning: undefined },
  }
  const { actions, call } = vendor((id) => versions.v4(id, { generate: () => ({ ...answered, usage: silent }) }))
  expect((await actions.generateContent(call())).usage).toEqual({ inputTokens: 10, outputTokens: 5 })
})
