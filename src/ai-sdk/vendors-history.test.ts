/** One conversation, told to every vendor in the form that it takes, and answers that every vendor ends in its own way. */
import type { LanguageModelRequest, Message } from 'plugboard/interfaces/llm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, begunBy, startVendor, vendorNames } from './vendors/every-vendor.fixture.ts'
import { says, streaming, wireServer } from './vendors/wire-server.fixture.ts'

const wire = wireServer()
const lookUp = { name: 'look_up', inputSchema: { type: 'object', properties: { q: { type: 'string' } } } }
const calls = (...ids: string[]): Message => ({
  role: 'assistant',
  content: '',
  toolCalls: ids.map((id) => ({ id, name: 'look_up', input: { q: id.slice(0, 1) } })),
})
const result = (id: string, content: string): Message => ({
  role: 'tool',
  toolCallId: id,
  toolName: 'look_up',
  content,
})
const user = (content: string): Message => ({ role: 'user', content })
const foreign = ['toolu_01ABCdefghijklmnopqrstuvwxyz0123456789', 'b:2'] as const

/** Every value under a name, however deep. */
function valuesOf(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const entries: [string, unknown][] = Object.entries(value)
  return entries.flatMap(([key, inner]) => [...(key === name ? [inner] : []), ...valuesOf(inner, name)])
}

const idsOf = (values: readonly unknown[]): unknown[] => values.flat().map((value) => (value as { id: unknown }).id)

/** The ids of the calls in what was sent, whoever it was sent to. */
const callIdsIn = (messages: readonly unknown[]): unknown[] => [
  ...idsOf([...valuesOf(messages, 'functionCall'), ...valuesOf(messages, 'tool_calls')]),
  ...idsOf(
    valuesOf(messages, 'content')
      .flat()
      .filter((part) => (part as { type?: unknown } | null)?.type === 'tool_use'),
  ),
]

/** The ids of the calls that the results in what was sent are for. */
const resultIdsIn = (messages: readonly unknown[]): unknown[] => [
  ...idsOf(valuesOf(messages, 'functionResponse')),
  ...valuesOf(messages, 'tool_use_id'),
  ...valuesOf(messages, 'tool_call_id'),
]

describe.each(vendorNames)('%s', (name) => {
  let running: Awaited<ReturnType<(typeof startVendor)[typeof name]>>
  beforeAll(async () => {
    running = await startVendor[name](wire.origin, 'a-key')
  })
  afterAll(() => running.stop())

  type Input = Omit<LanguageModelRequest, 'model' | 'vendorOptions'>
  const generate = (input: Partial<Input> = {}) =>
    running.interfaces.llm.generateContent({ messages: [user('hello')], ...input })

  async function sent(input: Partial<Input>): Promise<{ messages: unknown[]; body: unknown }> {
    wire.answering = says(200, answerOf(name, { text: 'ok' }))
    await generate(input)
    const body = wire.requests.at(-1)?.body as { messages?: unknown[]; contents?: unknown[] }
    return { messages: body.messages ?? body.contents ?? [], body }
  }

  test('is told the results of calls of another vendor under ids that it takes, each with its call', async () => {
    const { messages } = await sent({
      messages: [
        user('both'),
        calls(...foreign),
        result(foreign[1], 'two'),
        result(foreign[0], 'one'),
        user('and again'),
        calls(foreign[0]),
        result(foreign[0], 'three'),
      ],
      tools: [lookUp],
    })
    const ids = callIdsIn(messages)
    const form = name === 'mistral' ? /^[a-zA-Z0-9]{9}$/ : /^[a-zA-Z0-9_-]{1,40}$/
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(form)
    expect(resultIdsIn(messages)).toEqual([ids[1], ids[0], ids[2]])
  })

  test('is told the results of calls that were made at once together', async () => {
    const { messages } = await sent({
      messages: [user('both'), calls('a', 'b'), result('a', 'one'), result('b', 'two')],
      tools: [lookUp],
    })
    // Those that speak as OpenAI does want a message for each.
    expect(messages).toHaveLength(name === 'anthropic' || name === 'google' ? 3 : 4)
  })

  test('is told of no message that says nothing, and that the user began', async () => {
    const { body, messages } = await sent({
      systemPrompt: ' ',
      messages: [{ role: 'assistant', content: 'Hello!' }, user(''), { role: 'assistant', content: ' ' }, user('\n')],
    })
    const texts = [...valuesOf(body, 'text'), ...valuesOf(body, 'content'), ...valuesOf(body, 'system')].filter(
      (text) => typeof text === 'string',
    )
    expect(texts.filter((text) => text.trim() === '')).toEqual([])
    expect(messages[0]).toMatchObject({ role: 'user' })
  })

  test('is told that a call that was broken off has no result, and of a result without its call as a text', async () => {
    const { body } = await sent({
      messages: [result('gone', 'orphan'), calls('a', 'b'), result('b', 'two'), user('go on'), calls('c')],
    })
    const told = JSON.stringify(body)
    expect(told).toContain('look_up: orphan')
    expect(told.match(/There is no result/g)).toHaveLength(2)
    // Nobody offers it, and the vendor wants to know of it.
    expect(valuesOf(body, 'name')).toContain('look_up')
  })

  test('ends before a text to stop at, whether or not it can be told to', async () => {
    wire.answering = says(200, answerOf(name, { text: 'one two three' }))
    expect(await generate({ stop: ['two', 'three'] })).toMatchObject({ content: 'one ', stopReason: 'stop' })
  })

  test('has no call in an answer that was cut off, which may be half a call', async () => {
    const half = { id: 'c1', name: 'look_up', json: name === 'anthropic' || name === 'google' ? '{}' : '{"q":' }
    wire.answering = says(200, answerOf(name, { text: 'I look', calls: [half], end: 'length' }))
    expect(await generate({ tools: [lookUp] })).toMatchObject({
      content: 'I look',
      toolCalls: [],
      stopReason: 'length',
    })
  })

  test('has no call in an answer that must not call', async () => {
    const { body } = await sent({ tools: [lookUp], toolChoice: 'none' })
    // Ollama calls whatever it is offered.
    if (name === 'ollama') expect(body).not.toHaveProperty('tools')
    else expect(body).toHaveProperty('tools')
    const call = { id: 'c1', name: 'look_up', json: '{}' }
    wire.answering = says(200, answerOf(name, { text: 'Well.', calls: [call], end: 'calls' }))
    for (const input of [{ tools: [lookUp], toolChoice: 'none' as const }, {}])
      expect(await generate(input)).toMatchObject({ content: 'Well.', toolCalls: [], stopReason: 'stop' })
  })

  test('tells calls from one another', async () => {
    const call = { id: 'same', name: 'look_up', json: '{}' }
    wire.answering = says(200, answerOf(name, { calls: [call, call], end: 'calls' }))
    const { toolCalls } = await generate({ tools: [lookUp] })
    expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2)
  })

  test('costs what the configuration says', async () => {
    wire.answering = says(200, answerOf(name, { text: 'ok' }))
    const model = running.interfaces.llm.entities.modelRef.parse({ id: 'm' })
    const answer = await running.interfaces.llm.generateContent({ messages: [user('hello')], model })
    expect(answer.cost).toBe(5 * 1 + 2 * 2)
  })

  test.each([
    [{ type: 'server_error' }, { code: 'vendor_unavailable', retryable: true }],
    [
      { type: 'tokens', code: 'rate_limit_exceeded' },
      { code: 'vendor_rate_limited', retryable: true },
    ],
    [
      { type: 'insufficient_quota', code: 'insufficient_quota' },
      { code: 'vendor_rate_limited', retryable: false },
    ],
    [
      { type: 'invalid_request_error', message: 'This goes past the maximum context length.' },
      { code: 'context_exceeded' },
    ],
    [{ type: 'invalid_request_error' }, { code: 'vendor_refused', retryable: false }],
  ])('tells what went wrong once it had begun: %o', async (error, expected) => {
    // The two others are of few words within a stream, and of forms of their own.
    if (name === 'anthropic' || name === 'google') return
    wire.answering = streaming([...begunBy(name), { error: { message: 'It is wrong.', ...error } }], (response) =>
      response.end(),
    )
    const reading = (async () => {
      for await (const _ of running.interfaces.llm.streamContent({ messages: [user('hello')] }));
    })()
    await expect(reading).rejects.toMatchObject({
      ...expected,
      message: expect.stringMatching(/It is wrong|This goes/),
    })
  })

  test('says that the money is spent in a way that lets another integration stand in', async () => {
    const message = 'Your credit balance is too low to access the API.'
    wire.answering =
      name === 'anthropic'
        ? says(400, { type: 'error', error: { type: 'invalid_request_error', message } })
        : says(402, { error: { message, type: 'x', code: 402 } })
    await expect(generate()).rejects.toMatchObject({ code: 'vendor_rate_limited', retryable: false })
  })
})
