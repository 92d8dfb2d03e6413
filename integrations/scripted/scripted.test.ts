import scripted from '@plugboard/scripted'
import { BotDefinition, PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { afterEach, describe, expect, it } from 'vitest'

type Configuration = { rules?: Rule[]; delay?: number; seed?: number }
type Rule = {
  when: string
  reply?: string
  delay?: number
  fail?: 'vendor_failed' | { code: 'vendor_rate_limited'; retryAfter?: number; after?: number }
  toolCall?: { name: string; input?: Record<string, string> }
}

let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
})

const start = async (configuration: Configuration = {}) => {
  const bot = new BotDefinition({ interfaces: { llm } }).addIntegration(scripted, { configuration })
  const running = await startBot(bot, { environment: {} })
  stop = () => running.stop()
  return running.interfaces.llm
}
const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] })
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}
const weather = {
  name: 'get_weather',
  description: 'Gives the weather of a city.',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}

describe('an answer', () => {
  it('says who gave it, what it used and what it cost', async () => {
    const { generateContent } = await start()
    const answer = await generateContent({ systemPrompt: 'Be kind.', ...ask('what is 2 + 3 * 4?') })
    expect(answer).toEqual({
      id: expect.stringMatching(/^scripted-[0-9a-f]{8}$/),
      provider: 'scripted',
      model: { id: 'scripted-large' },
      content: '2 + 3 * 4 = 14',
      toolCalls: [],
      stopReason: 'stop',
      usage: { inputTokens: 9, outputTokens: 7 },
      cost: 0,
    })
  })

  it('is the same whenever the same is asked, and another in another conversation', async () => {
    const { generateContent } = await start()
    const first = await generateContent(ask('Tell me a joke'))
    expect(await generateContent(ask('Tell me a joke'))).toEqual(first)
    const second = await generateContent({
      messages: [
        { role: 'user', content: 'Tell me a joke' },
        { role: 'assistant', content: first.content },
        { role: 'user', content: 'Tell me a joke' },
      ],
    })
    expect(second.content).not.toBe(first.content)
    expect(second.id).not.toBe(first.id)
  })

  it('is chosen by the seed among those that mean the same; a call’s own goes first', async () => {
    const one = await start({ seed: 1 })
    const byConfiguration = await one.generateContent(ask('Tell me a joke'))
    const plain = await one.generateContent({
      ...ask('Tell me a joke'),
      vendorOptions: one.entities.vendorOptions.parse({ seed: 0 }),
    })
    expect(byConfiguration.content).not.toBe(plain.content)
    await stop?.()
    const zero = await start()
    expect((await zero.generateContent(ask('Tell me a joke'))).content).toBe(plain.content)
  })

  it('ends before a text that is to end it', async () => {
    const { generateContent } = await start({ rules: [{ when: 'count', reply: 'one two three four' }] })
    const answer = await generateContent({ ...ask('count'), stop: ['four', 'three'] })
    expect(answer).toMatchObject({ content: 'one two ', stopReason: 'stop' })
  })

  it('is no longer than it may be, and says so', async () => {
    const { generateContent } = await start({ rules: [{ when: 'count', reply: 'one two three four' }] })
    const short = await generateContent({ ...ask('count'), maxTokens: 3 })
    expect(short).toMatchObject({ content: 'one two three', stopReason: 'length', usage: { outputTokens: 3 } })
    expect(await generateContent({ ...ask('count'), maxTokens: 4 })).toMatchObject({ stopReason: 'stop' })
    // What ends it first counts.
    expect(await generateContent({ ...ask('count'), maxTokens: 3, stop: [' three'] })).toMatchObject({
      content: 'one two',
      stopReason: 'stop',
    })
  })

  it('is one sentence from the small model', async () => {
    const { generateContent, listLanguageModels } = await start()
    const { models } = await listLanguageModels({})
    expect(models.map(({ model, price }) => [model.id, price])).toEqual([
      ['scripted-large', { input: 0, output: 0 }],
      ['scripted-small', { input: 0, output: 0 }],
    ])
    const { content, model } = await generateContent({ ...ask('what is plugboard?'), model: models[1]?.model })
    expect(model).toEqual({ id: 'scripted-small' })
    expect(content).toMatch(/^Plugboard is a TypeScript framework [^.]*\.$/)
  })
})

describe('a stream', () => {
  it('gives the answer bit by bit', async () => {
    const { generateContent, streamContent } = await start()
    const stream = streamContent(ask('hello'))
    const parts: string[] = []
    for await (const part of stream) parts.push(part.type === 'text' ? part.text : '?')
    const answer = await generateContent(ask('hello'))
    expect(parts.length).toBeGreaterThan(10)
    expect(parts.join('')).toBe(answer.content)
    expect(await stream.output()).toEqual(answer)
  })

  it('is cut as the answer is', async () => {
    const { streamContent } = await start()
    const stream = streamContent({ ...ask('hello'), maxTokens: 2 })
    const parts = await collect(stream)
    expect(parts).toEqual([
      { type: 'text', text: 'Hello!' },
      { type: 'text', text: ' I' },
    ])
    expect(await stream.output()).toMatchObject({ content: 'Hello! I', stopReason: 'length' })
  })

  it('ends with the calls of tools', async () => {
    const { streamContent } = await start()
    const stream = streamContent({ ...ask('What is the weather in Rome?'), tools: [weather] })
    const toolCall = { id: 'call-1', name: 'get_weather', input: { city: 'Rome' } }
    expect(await collect(stream)).toEqual([{ type: 'toolCall', toolCall }])
    expect(await stream.output()).toMatchObject({ content: '', toolCalls: [toolCall], stopReason: 'toolCalls' })
  })

  it('that is aborted ends with that, and not as if it were done', async () => {
    const { streamContent } = await start()
    const control = new AbortController()
    const stream = streamContent(ask('hello'), { signal: control.signal })
    const parts: unknown[] = []
    const reading = async () => {
      for await (const part of stream) {
        parts.push(part)
        if (parts.length === 2) control.abort(new Error('enough'))
      }
    }
    await expect(reading()).rejects.toMatchObject({ code: 'aborted' })
    expect(parts).toHaveLength(2)
    await expect(stream.output()).rejects.toMatchObject({ code: 'aborted' })
  })

  it('that waits is aborted while it waits', async () => {
    const { streamContent } = await start({ delay: 60_000 })
    const control = new AbortController()
    const reading = collect(streamContent(ask('hello'), { signal: control.signal }))
    control.abort()
    await expect(reading).rejects.toMatchObject({ code: 'aborted' })
  })
})

describe('a rule of the developer', () => {
  it('goes before the built-in ones, and finds its text in any case', async () => {
    const { generateContent } = await start({ rules: [{ when: 'hello', reply: 'Good day to you.' }] })
    expect(await generateContent(ask('Well, HELLO there'))).toMatchObject({ content: 'Good day to you.' })
  })

  it('may be a regular expression, whose groups fill the reply', async () => {
    const rules = [{ when: String.raw`/order (\d+) of (\w+)/`, reply: '$2, order $1 is on its way ($0).' }]
    const { generateContent } = await start({ rules })
    expect(await generateContent(ask('Where is Order 12 of ada?'))).toMatchObject({
      content: 'ada, order 12 is on its way (Order 12 of ada).',
    })
  })

  it('takes characters of an expression as they are where it is none', async () => {
    const { generateContent } = await start({ rules: [{ when: 'a.c (1+1)', reply: 'found' }] })
    expect(await generateContent(ask('so a.c (1+1)?'))).toMatchObject({ content: 'found' })
    expect(await generateContent(ask('so abc (11)?'))).not.toMatchObject({ content: 'found' })
  })

  it('asks for a call where the tool is offered, and replies where it is not', async () => {
    const rules = [
      { when: '/rain in (.+)/', reply: 'I cannot tell.', toolCall: { name: 'get_weather', input: { city: '$1' } } },
    ]
    const { generateContent } = await start({ rules })
    expect(await generateContent({ ...ask('rain in Rome'), tools: [weather] })).toMatchObject({
      content: '',
      toolCalls: [{ id: 'call-1', name: 'get_weather', input: { city: 'Rome' } }],
      stopReason: 'toolCalls',
    })
    expect(await generateContent(ask('rain in Rome'))).toMatchObject({ content: 'I cannot tell.', toolCalls: [] })
    expect(await generateContent({ ...ask('rain in Rome'), tools: [weather], toolChoice: 'none' })).toMatchObject({
      content: 'I cannot tell.',
    })
  })

  it('may fail, in a way that a policy understands', async () => {
    const { generateContent, streamContent } = await start({
      rules: [
        { when: 'busy', fail: { code: 'vendor_rate_limited', retryAfter: 1_500 } },
        { when: 'broken', fail: 'vendor_failed' },
        { when: 'half', reply: 'one two three', fail: { code: 'vendor_rate_limited', after: 2 } },
      ],
    })
    const where = { integration: 'scripted', interface: 'llm' }
    await expect(generateContent(ask('busy'))).rejects.toMatchObject({
      code: 'vendor_rate_limited',
      retryable: true,
      retryAfter: 1_500,
      where,
    })
    await expect(generateContent(ask('broken'))).rejects.toMatchObject({ code: 'vendor_failed', retryable: false })
    const parts: unknown[] = []
    const reading = async () => {
      for await (const part of streamContent(ask('half'))) parts.push(part)
    }
    await expect(reading()).rejects.toMatchObject({ code: 'vendor_rate_limited' })
    expect(parts).toHaveLength(2)
  })

  it('may wait, and is aborted while it does', async () => {
    const { generateContent } = await start({ rules: [{ when: 'slow', reply: 'At last.', delay: 60_000 }] })
    const control = new AbortController()
    const waiting = generateContent(ask('slow'), { signal: control.signal })
    control.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
  })

  it.each([
    [{ when: '/(/', reply: 'x' }, 'is no regular expression'],
    [{ when: 'x' }, 'has no effect'],
    [{ when: '', reply: 'x' }, 'rules.0.when'],
  ])('is refused when the bot starts where it can never work: %j', async (rule, reason) => {
    const failure: unknown = await start({ rules: [rule] }).catch((error: unknown) => error)
    expect(PlugboardError.isInstance(failure) && failure.message).toContain(reason)
  })
})

describe('a tool', () => {
  it('that the user speaks of is called, and its result told', async () => {
    const { generateContent } = await start()
    const question = ask('What is the weather in New York?')
    const { toolCalls } = await generateContent({ ...question, tools: [weather] })
    expect(toolCalls).toEqual([{ id: 'call-1', name: 'get_weather', input: { city: 'New York' } }])
    const told = (content: string, isError = false) =>
      generateContent({
        messages: [
          ...question.messages,
          { role: 'assistant', content: '', toolCalls },
          { role: 'tool', toolCallId: 'call-1', toolName: 'get_weather', content, isError },
        ],
        tools: [weather],
      })
    expect(await told('{"degrees":21,"sky":["clear"]}')).toMatchObject({
      content: 'get_weather says: degrees: 21, sky: clear',
      toolCalls: [],
    })
    expect(await told('It is warm.')).toMatchObject({ content: 'get_weather says: It is warm.' })
    expect(await told('no such city', true)).toMatchObject({
      content: 'I asked get_weather, but it failed: no such city',
    })
  })

  it('gets ids that tell its calls apart', async () => {
    const { generateContent } = await start()
    const { toolCalls } = await generateContent({
      messages: [
        { role: 'user', content: 'weather in Bern' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'call-1', name: 'get_weather', input: {} }] },
        { role: 'tool', toolCallId: 'call-1', toolName: 'get_weather', content: 'warm' },
        { role: 'assistant', content: 'It is warm.' },
        { role: 'user', content: 'weather in Rome' },
      ],
      tools: [weather],
    })
    expect(toolCalls).toEqual([{ id: 'call-2', name: 'get_weather', input: { city: 'Rome' } }])
  })

  it('is not called where the talk is of something else, unless it must be', async () => {
    const { generateContent } = await start()
    expect(await generateContent({ ...ask('hello'), tools: [weather] })).toMatchObject({ toolCalls: [] })
    expect(await generateContent({ ...ask('hello'), tools: [weather], toolChoice: 'required' })).toMatchObject({
      toolCalls: [{ name: 'get_weather' }],
      stopReason: 'toolCalls',
    })
    expect(await generateContent({ ...ask('weather in Rome'), tools: [weather], toolChoice: 'none' })).toMatchObject({
      toolCalls: [],
      stopReason: 'stop',
    })
  })

  it('that lacks an argument is asked for, and called with the answer', async () => {
    const { generateContent } = await start()
    const first = await generateContent({ ...ask('How is the weather?'), tools: [weather] })
    expect(first).toMatchObject({ toolCalls: [], content: 'To call get_weather I need: city. What shall it be?' })
    const messages = [
      ...ask('How is the weather?').messages,
      { role: 'assistant' as const, content: first.content },
      ...ask('Rome').messages,
    ]
    const second = await generateContent({ messages, tools: [weather] })
    expect(second.toolCalls).toEqual([{ id: 'call-1', name: 'get_weather', input: { city: 'Rome' } }])
  })
})

it('answers a bot that has rules of its own', async () => {
  // #region use
  const bot = new BotDefinition({ interfaces: { llm } }).addIntegration(scripted, {
    configuration: {
      rules: [
        { when: '/order (\\d+)/', reply: 'Order $1 is on its way.' },
        { when: 'overload', fail: { code: 'vendor_rate_limited', retryAfter: 1_000 } },
      ],
    },
  })
  await using running = await startBot(bot)
  const { content } = await running.interfaces.llm.generateContent({
    messages: [{ role: 'user', content: 'Where is order 12?' }],
  })
  // #endregion
  expect(content).toBe('Order 12 is on its way.')
})

describe('data by a JSON Schema', () => {
  const booking = {
    type: 'object',
    properties: {
      city: { type: 'string' },
      guests: { type: 'integer', minimum: 1 },
      breakfast: { type: 'boolean' },
      board: { enum: ['half', 'full'] },
      rooms: { type: 'array', items: { $ref: '#/$defs/room' }, minItems: 1 },
      note: { type: 'string' },
    },
    required: ['city', 'guests', 'breakfast', 'board', 'rooms'],
    additionalProperties: false,
    $defs: { room: { type: 'object', properties: { beds: { type: 'number' } }, required: ['beds'] } },
  }

  it('is found in the text, and what is not said is the least that fits', async () => {
    const { generateContent, streamContent } = await start()
    const question = { ...ask('guests 3, full board, no breakfast'), responseFormat: { schema: booking } }
    const { content, structured } = await generateContent(question)
    expect(structured).toMatchObject({ guests: 3, board: 'full', breakfast: false, rooms: [{ beds: 0 }] })
    expect(JSON.parse(content)).toEqual(structured)
    expect((await streamContent(question).output()).structured).toEqual(structured)
  })

  it('is what a rule of your own says, if it fits', async () => {
    const { generateContent } = await start({
      rules: [
        { when: 'right', reply: '{"city":"Bern"}' },
        { when: 'wrong', reply: 'Bern' },
      ],
    })
    const responseFormat = {
      schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    }
    expect((await generateContent({ ...ask('right'), responseFormat })).structured).toEqual({ city: 'Bern' })
    await expect(generateContent({ ...ask('wrong'), responseFormat })).rejects.toMatchObject({ code: 'vendor_failed' })
  })

  it('comes after the tools', async () => {
    const { generateContent } = await start()
    const asked = await generateContent({
      ...ask('What is the weather in Bern?'),
      tools: [weather],
      responseFormat: { schema: booking },
    })
    expect(asked).toMatchObject({ stopReason: 'toolCalls' })
    expect(asked).not.toHaveProperty('structured')
  })
})

describe('what it sees', () => {
  it('is how many pictures there are, and of what kind', async () => {
    const { generateContent } = await start()
    const { content } = await generateContent({
      messages: [
        {
          role: 'user',
          content: 'What is this?',
          images: [{ data: 'iVBORw0KGgo=', contentType: 'image/png' }, { url: 'https://example.com/cat.jpg' }],
        },
      ],
    })
    expect(content).toContain('2 pictures: a PNG, one behind a link')
  })

  it('is not how hard it is to think, which is refused before the call', async () => {
    const { generateContent } = await start()
    await expect(generateContent({ ...ask('Think hard'), reasoningEffort: 'high' })).rejects.toMatchObject({
      code: 'capability_missing',
      where: { path: 'reasoningEffort' },
    })
  })
})
