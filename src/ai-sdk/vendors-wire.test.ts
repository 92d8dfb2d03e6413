/** What goes over the wire, and what a server does that only a server written by hand can be made to do. */
import type { ServerResponse } from 'node:http'
import anthropic from '@plugboard/anthropic'
import openai from '@plugboard/openai'
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { says, streaming, wireServer } from './vendors/wire-server.fixture.ts'

const wire = wireServer()

const lookUp = {
  name: 'look_up',
  description: 'Looks up.',
  inputSchema: { type: 'object', properties: { q: { type: 'string' } } },
}
const chunk = (delta: object, finish: string | null = null) => ({
  id: 'r1',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
})
const strictSchema = {
  type: 'object',
  properties: { kind: { type: 'string' } },
  required: ['kind'],
  additionalProperties: false,
}
const looseSchema = { type: 'object', properties: { kind: { type: 'string' } } }
const configurationOf = () => ({ apiKey: 'the-key', baseUrl: `${wire.origin}/v1` })
const needsModel = () => new BotDefinition({ interfaces: { llm } })

const vendors = [
  {
    name: 'openai',
    start: () => startBot(needsModel().addIntegration(openai, { configuration: configurationOf() })),
    path: '/v1/chat/completions',
    credentials: { authorization: 'Bearer the-key' },
    options: { reasoningEffort: 'low', parallelToolCalls: false, promptCacheKey: 'k' },
    request: {
      model: 'gpt-6.1-terra',
      max_completion_tokens: 100,
      reasoning_effort: 'low',
      parallel_tool_calls: false,
      prompt_cache_key: 'k',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: 'weather?' },
        {
          role: 'assistant',
          content: 'Let me see.',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"q":"weather"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'rain' },
        { role: 'user', content: 'thanks' },
      ],
      tools: [
        { type: 'function', function: { name: 'look_up', description: 'Looks up.', parameters: lookUp.inputSchema } },
      ],
      tool_choice: 'auto',
    },
    answer: {
      id: 'r1',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
    },
    rich: {
      reasoning_effort: 'low',
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', description: 'What it is.', strict: true, schema: strictSchema },
      },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
            { type: 'image_url', image_url: { url: 'https://example.com/cat.jpg' } },
            { type: 'text', text: 'what is it?' },
          ],
        },
      ],
    },
    loose: { response_format: { json_schema: { name: 'response', strict: false } } },
    structured: {
      id: 'r1',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: '{"kind":"cat"}' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 100,
        completion_tokens: 20,
        prompt_tokens_details: { cached_tokens: 60 },
        completion_tokens_details: { reasoning_tokens: 12 },
      },
    },
    usage: { inputTokens: 100, outputTokens: 20, cachedInputTokens: 60, reasoningTokens: 12 },
    begun: [chunk({ role: 'assistant', content: 'Hel' })],
    cut: [
      chunk({
        tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"q":' } }],
      }),
    ],
    failure: { error: { message: 'The server had an error.', type: 'server_error', code: null } },
  },
  {
    name: 'anthropic',
    start: () => startBot(needsModel().addIntegration(anthropic, { configuration: configurationOf() })),
    path: '/v1/messages',
    credentials: { 'x-api-key': 'the-key' },
    options: { effort: 'low', disableParallelToolUse: true, metadata: { userId: 'u1' } },
    request: {
      model: 'claude-sonnet-5-5',
      max_tokens: 100,
      stop_sequences: ['END'],
      output_config: { effort: 'low' },
      metadata: { user_id: 'u1' },
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'weather?' }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_use', id: 'c1', name: 'look_up', input: { q: 'weather' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'c1', content: 'rain' },
            { type: 'text', text: 'thanks' },
          ],
        },
      ],
      tools: [{ name: 'look_up', description: 'Looks up.', input_schema: lookUp.inputSchema }],
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    },
    answer: {
      type: 'message',
      id: 'r1',
      model: 'm',
      role: 'assistant',
      content: [{ type: 'text', text: 'ok' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
    rich: {
      thinking: { type: 'adaptive' },
      output_config: { effort: 'low', format: { type: 'json_schema', schema: strictSchema } },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
            { type: 'image', source: { type: 'url', url: 'https://example.com/cat.jpg' } },
            { type: 'text', text: 'what is it?' },
          ],
        },
      ],
    },
    // The provider package closes the objects of a schema, which only narrows what is answered.
    loose: { output_config: { format: { schema: { ...looseSchema, additionalProperties: false } } } },
    structured: {
      type: 'message',
      id: 'r1',
      model: 'm',
      role: 'assistant',
      content: [{ type: 'text', text: '{"kind":"cat"}' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 40,
        output_tokens: 20,
        cache_read_input_tokens: 60,
        output_tokens_details: { thinking_tokens: 12 },
      },
    },
    usage: { inputTokens: 100, outputTokens: 20, cachedInputTokens: 60 },
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
    cut: [
      { type: 'content_block_stop', index: 0 },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: 'c1', name: 'look_up', input: {} },
      },
      { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"q":' } },
    ],
    failure: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
  },
]

describe.each(vendors)('$name', (vendor) => {
  const { name, start, path, credentials, options, request, answer, begun, cut, failure } = vendor
  let running: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    running = await start()
  })
  afterAll(async () => {
    await running.stop()
  })
  const messages = [{ role: 'user' as const, content: 'a private matter' }]

  /** Reads a stream; `onPart` is called with each part. */
  async function read(onPart: (part: unknown) => void = () => {}) {
    const parts: unknown[] = []
    const error: unknown = await (async () => {
      for await (const part of running.interfaces.llm.streamContent({ messages })) {
        parts.push(part)
        onPart(part)
      }
    })().catch((thrown: unknown) => thrown)
    return { parts, error }
  }

  test('sends the conversation, the tools and its own options as the vendor wants them', async () => {
    wire.answering = says(200, answer)
    await running.interfaces.llm.generateContent({
      systemPrompt: 'Be brief.',
      messages: [
        { role: 'user', content: 'weather?' },
        {
          role: 'assistant',
          content: 'Let me see.',
          toolCalls: [{ id: 'c1', name: 'look_up', input: { q: 'weather' } }],
        },
        { role: 'tool', toolCallId: 'c1', toolName: 'look_up', content: 'rain' },
        { role: 'user', content: 'thanks' },
      ],
      tools: [lookUp],
      maxTokens: 100,
      stop: ['END'],
      vendorOptions: running.interfaces.llm.entities.vendorOptions.parse(options),
    })
    expect(wire.requests).toMatchObject([{ url: path, headers: credentials, body: request }])
  })

  test('sends pictures, the form of the answer and the degree of reasoning, and reads data and usage', async () => {
    wire.answering = says(200, vendor.structured)
    const answered = await running.interfaces.llm.generateContent({
      messages: [
        {
          role: 'user',
          content: 'what is it?',
          images: [{ data: 'iVBORw0KGgo=', contentType: 'image/png' }, { url: 'https://example.com/cat.jpg' }],
        },
      ],
      responseFormat: { schema: strictSchema, name: 'answer', description: 'What it is.' },
      reasoningEffort: 'low',
    })
    expect(wire.requests).toMatchObject([{ body: vendor.rich }])
    expect(answered).toMatchObject({ structured: { kind: 'cat' }, usage: vendor.usage })
  })

  test('asks for data by a schema to which the vendor cannot be held', async () => {
    wire.answering = says(200, vendor.structured)
    await running.interfaces.llm.generateContent({ messages, responseFormat: { schema: looseSchema } })
    expect(wire.requests).toMatchObject([{ body: vendor.loose }])
  })

  test('refuses options that are not its own before it asks', () => {
    expect(() => running.interfaces.llm.entities.vendorOptions.parse({ ...options, other: true })).toThrow(
      expect.objectContaining({ code: 'entity_invalid' }),
    )
  })

  test('asks once, and leaves another attempt to the policies of the binding', async () => {
    wire.answering = (response) => response.writeHead(500).end()
    await expect(running.interfaces.llm.generateContent({ messages })).rejects.toMatchObject({
      code: 'vendor_unavailable',
    })
    await read()
    expect(wire.requests).toHaveLength(2)
  })

  test('tells a connection that breaks in the middle of a stream', async () => {
    let broken: ServerResponse | undefined
    wire.answering = streaming(begun, (response) => (broken = response))
    const { parts, error } = await read(() => broken?.destroy())
    expect(parts).toEqual([{ type: 'text', text: 'Hel' }])
    expect(error).toMatchObject({ code: 'vendor_unavailable', retryable: true, where: { integration: name } })
  })

  test('tells a stream that closes before the answer is complete', async () => {
    wire.answering = streaming(begun, (response) => response.end())
    const { parts, error } = await read()
    expect(parts).toEqual([{ type: 'text', text: 'Hel' }])
    expect(error).toMatchObject({ code: 'stream_broken', retryable: true })
  })

  test('gives no call of a tool from a stream that closes within it', async () => {
    wire.answering = streaming([...begun, ...cut], (response) => response.end())
    const { parts, error } = await read()
    expect(parts).toEqual([{ type: 'text', text: 'Hel' }])
    expect(error).toMatchObject({ code: 'stream_broken' })
  })

  test('tells a stream that says nothing at all', async () => {
    wire.answering = streaming([], (response) => response.end())
    expect(await read()).toMatchObject({ parts: [], error: { code: 'stream_broken' } })
  })

  test('tells an error in a stream, before the first piece and after it', async () => {
    wire.answering = streaming([failure], (response) => response.end())
    expect(await read()).toMatchObject({ parts: [], error: { code: 'vendor_unavailable', retryable: true } })
    wire.answering = streaming([...begun, failure], (response) => response.end())
    expect(await read()).toMatchObject({
      parts: [{ type: 'text', text: 'Hel' }],
      error: { code: 'vendor_unavailable', retryable: true },
    })
  })

  test('tells a piece of a stream that is no JSON, without repeating it', async () => {
    wire.answering = streaming([...begun, '{"private": 1'], (response) => response.end())
    const { parts, error } = await read()
    expect(parts).toEqual([{ type: 'text', text: 'Hel' }])
    expect(error).toMatchObject({ code: 'vendor_failed', message: expect.not.stringContaining('private') })
  })

  test('closes the connection when its reader leaves', async () => {
    const closed = new Promise<void>((resolve) => {
      wire.answering = (response) => {
        response.on('close', resolve)
        streaming(begun, () => {})(response)
      }
    })
    for await (const _ of running.interfaces.llm.streamContent({ messages })) break
    await closed
    expect(wire.requests).toHaveLength(1)
  })

  test('reads the time to wait from a date', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString()
    wire.answering = (response) => response.writeHead(429, { 'retry-after': date }).end()
    const error: unknown = await running.interfaces.llm.generateContent({ messages }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'vendor_rate_limited',
      retryable: true,
      retryAfter: expect.closeTo(3_600_000, -6),
    })
  })
})
