import scripted from '@plugboard/scripted'
import { BotDefinition, PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { describe, expect, it, onTestFinished } from 'vitest'

interface Configuration {
  rules?: { when: string; reply?: string; toolCall?: { name: string; input?: { text: string } }; fallback?: boolean }[]
  results?: Record<string, { reply: string; missing?: string; failed?: string }>
}
const start = async (configuration: Configuration) => {
  const bot = new BotDefinition({ interfaces: { llm } }).addIntegration(scripted, { configuration })
  const running = await startBot(bot, { environment: {} })
  onTestFinished(() => running.stop())
  return running.interfaces.llm
}
const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] })
const find = {
  name: 'find',
  description: 'Finds what a book says of the weather.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
}

describe('what is said of what a tool gave', () => {
  const told = async (
    configuration: Configuration,
    ...given: { content: string; isError?: boolean; name?: string }[]
  ) => {
    const { generateContent } = await start(configuration)
    const { content } = await generateContent({
      systemPrompt: 'Answer in capital letters.',
      messages: [
        ...ask('What is it?').messages,
        {
          role: 'assistant',
          content: '',
          toolCalls: given.map(({ name = 'find' }, index) => ({ id: `call-${index}`, name, input: {} })),
        },
        ...given.map(({ content: said, isError = false, name = 'find' }, index) => ({
          role: 'tool' as const,
          toolCallId: `call-${index}`,
          toolName: name,
          content: said,
          isError,
        })),
      ],
    })
    return content
  }
  const results = { find: { reply: '{lines.0} ({about.page})', missing: 'Nobody knows.', failed: 'The book is away.' } }

  it('is the reply with the fields that it names, and nothing of the tool', async () => {
    const found = JSON.stringify({ lines: ['It is warm.', 'It rains.'], about: { page: 7 } })
    expect(await told({ results }, { content: found })).toBe('It is warm. (7)')
    expect(await told({ results: { find: { reply: '{"said": "{lines}"}' } } }, { content: '{"lines":"x"}' })).toBe(
      '{"said": "x"}',
    )
  })

  it.each(['{"lines":[],"about":{"page":7}}', '{"lines":[" "],"about":{"page":7}}', '{"about":null}', 'no data', '[]'])(
    'is that nobody knows, where a field is not there: %s',
    async (content) => {
      expect(await told({ results }, { content })).toBe('Nobody knows.')
      expect(await told({ results: { find: { reply: '{lines.0}' } } }, { content })).toBe('I do not know.')
    },
  )

  it('is that the tool failed, without what only developers understand', async () => {
    const failure = { content: 'vendor_failed: find is broken', isError: true }
    expect(await told({ results }, failure)).toBe('The book is away.')
    expect(await told({ results: { find: { reply: 'Done.' } } }, failure)).toBe('That did not work.')
  })

  it('is nothing where the reply is empty', async () => {
    expect(await told({ results: { find: { reply: '' } } }, { content: '{"status":"asked"}' })).toBe('')
  })

  it('is said of each of several', async () => {
    const both = [{ content: '{"text":"One."}' }, { content: '{"text":"Two."}' }]
    expect(await told({ results: { find: { reply: '{text}' } } }, ...both)).toBe('One.\nTwo.')
    // Of one there is no reply of its own: all are told.
    expect(await told({ results: { find: { reply: '{text}' } } }, ...both, { content: 'x', name: 'other' })).toMatch(
      /other says: x/i,
    )
  })

  it('is refused when the bot starts where a text could never be said', async () => {
    const failure: unknown = await start({ results: { find: { reply: 'Done.', missing: 'Nothing.' } } }).catch(
      (error: unknown) => error,
    )
    expect(PlugboardError.isInstance(failure) && failure.message).toContain('has no effect')
  })
})

describe('a fallback', () => {
  const rules = [
    { when: '/[^]+/', toolCall: { name: 'find', input: { text: '$0' } }, fallback: true },
    { when: 'order', reply: 'It is on its way.' },
  ]
  const asked = async (text: string, more: object = {}, configuration: Configuration = { rules }) => {
    const { generateContent } = await start(configuration)
    return generateContent({ ...ask(text), tools: [find], ...more })
  }

  it('is tried where nothing else has an answer', async () => {
    const { toolCalls } = await asked('Why is the moon so far?')
    expect(toolCalls).toEqual([{ id: 'call-1', name: 'find', input: { text: 'Why is the moon so far?' } }])
    expect(await asked('Why?', {}, { rules: [{ when: 'why', reply: 'Ask me later.', fallback: true }] })).toMatchObject(
      { content: 'Ask me later.' },
    )
  })

  it('comes after other rules, wherever they stand, and after small talk', async () => {
    expect(await asked('Where is my order?')).toMatchObject({ content: 'It is on its way.', toolCalls: [] })
    expect(await asked('what is 2 + 3?')).toMatchObject({ content: '2 + 3 = 5', toolCalls: [] })
  })

  it('leaves no tool to guesses, and asks for none of its arguments', async () => {
    const text = 'What does the book say of the weather?'
    const inputSchema = { ...find.inputSchema, properties: { pages: { type: 'integer' } }, required: ['pages'] }
    const tools = [{ ...find, inputSchema }]
    expect((await asked(text, { tools }, {})).content).toBe('To call find I need: pages. What shall it be?')
    expect(await asked(text, { tools })).toMatchObject({ content: '', toolCalls: [{ name: 'find', input: { text } }] })
  })

  it('calls its tool where one must be called', async () => {
    const { toolCalls } = await asked('hello', { toolChoice: 'required' })
    expect(toolCalls).toMatchObject([{ name: 'find', input: { text: 'hello' } }])
  })

  it('without a reply is none where its tool is not offered', async () => {
    const { content } = await asked('Why is the moon so far?', { toolChoice: 'none' })
    expect(content).not.toBe('')
  })
})

it('looks up what no rule answers, and says nothing of the tool', async () => {
  // #region results
  const configuration = {
    rules: [{ when: '/[^]+/', toolCall: { name: 'search', input: { query: '$0' } }, fallback: true }],
    results: { search: { reply: '{passages.0}', missing: 'I do not know.' } },
  }
  // #endregion
  const bot = new BotDefinition({ interfaces: { llm } }).addIntegration(scripted, { configuration })
  await using running = await startBot(bot, { environment: {} })
  const { generateContent } = running.interfaces.llm
  const question = ask('How far is the moon?').messages
  const { toolCalls } = await generateContent({ messages: question, tools: [{ ...find, name: 'search' }] })
  const result = { role: 'tool' as const, toolCallId: 'call-1', toolName: 'search' }
  const messages = [...question, { role: 'assistant' as const, content: '', toolCalls }]
  const { content } = await generateContent({
    messages: [...messages, { ...result, content: '{"passages":["384,400 km.","Far."]}' }],
  })
  expect(content).toBe('384,400 km.')
})
