/** What goes over the wire when the provider of a conversation with calls of tools changes. */
import { LLMock } from '@copilotkit/aimock'
import anthropic from '@plugboard/anthropic'
import google from '@plugboard/google'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation, z } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'
import { startBot } from 'plugboard/runtime'
import { chat, talk } from 'plugboard/testing'
import { afterAll, expect, test } from 'vitest'
import { recording } from './recording.fixture.ts'

const apiKey = 'a key'
const server = await LLMock.create({ host: '127.0.0.1', auth: { apiKeys: [apiKey] } })
server.on({ predicate: () => true }, ({ messages, tools = [], model }) => {
  const text = ({ content }: (typeof messages)[number]): string =>
    typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('')
  const last = messages.at(-1)
  const vendor = model.split('-')[0]
  const own = { reasoning: `thoughts of ${vendor}`, reasoningSignature: `signature-of-${vendor}` }
  if (last?.role === 'tool') return { content: `${vendor}: ${text(last)}`, ...own, id: `answer-of-${vendor}` }
  const [, note] = /^note (.+)$/.exec(last ? text(last) : '') ?? []
  if (note === undefined || tools.length === 0) return { content: 'What do you want to note?' }
  return {
    toolCalls: [
      { name: 'add_note', arguments: JSON.stringify({ text: note }), id: `id-of-${vendor}-1` },
      { name: 'add_note', arguments: JSON.stringify({ text: `${note} again` }), id: `id-of-${vendor}-2` },
    ],
    ...own,
    id: `answer-of-${vendor}`,
  }
})
const wire = await recording(server.url)
afterAll(async () => {
  wire.stop()
  await server.stop()
})

/** What is of one vendor alone. The scripted model calls its calls so. */
const foreign = /id-of-|signature-of|answer-of|thoughts of|call-\d/

test('a conversation with calls of tools goes on with every vendor, none of which is told what is of another', async () => {
  const notes: string[] = []
  const channel = chat()
  const note = {
    input: { schema: z.object({ text: z.string() }) },
    output: { schema: z.object({ saved: z.string() }) },
  }
  const rule = { when: '/^note (.+)$/', toolCall: { name: 'add_note', input: { text: '$1' } } }
  const definition = new BotDefinition({ actions: { note }, defaults: { llm: 'scripted' } })
    .addIntegration(channel)
    .addIntegration(scripted, { configuration: { rules: [rule] } })
    .addIntegration(openai, { configuration: { apiKey, baseUrl: `${wire.url}/v1` } })
    .addIntegration(anthropic, { configuration: { apiKey, baseUrl: `${wire.url}/v1` } })
    .addIntegration(google, { configuration: { apiKey, baseUrl: `${wire.url}/v1beta` } })
    .addPlugin(assistant, { tools: [{ action: 'bot:note', name: 'add_note', description: 'Keeps a note.' }] })
  const bot = new BotImplementation(definition, {
    actions: {
      note: async ({ input }) => {
        notes.push(input.text)
        return { saved: input.text }
      },
    },
  })
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  const { say } = await talk(running)
  const order = ['scripted', 'openai', 'anthropic', 'google', 'openai', 'scripted', 'google', 'anthropic'] as const
  for (const [index, vendor] of order.entries()) {
    await running.bindings.set('assistant', 'llm', vendor)
    const before = { notes: [...notes], requests: wire.recorded.length }
    await say(`note number${index}`)
    expect((await running.deadLetters()).items, `${vendor} answers`).toEqual([])
    expect(channel.sent).toHaveLength(index + 1)
    expect(channel.sent.at(-1)).toContain(`number${index}`)
    expect(notes.slice(before.notes.length)).toContain(`number${index}`)
    const requests = wire.recorded.slice(before.requests)
    expect(requests).toHaveLength(vendor === 'scripted' ? 0 : 2)
    for (const { body } of requests) {
      // All that was called and given before is told,
      for (const text of before.notes) {
        expect(body, `${vendor} is told that '${text}' was called for`).toMatch(new RegExp(`text\\W+${text}\\b`))
        expect(body, `${vendor} is told what that gave`).toMatch(new RegExp(`saved\\W+${text}\\b`))
      }
      // and nothing that is of one vendor.
      expect(body).not.toMatch(foreign)
    }
  }
  expect(notes).toHaveLength(2 * 6 + 2)
})

test('each vendor is sent calls and results in its own form, under ids that every vendor takes', () => {
  const lastTo = (path: string) =>
    JSON.parse(wire.recorded.findLast((one) => one.path.includes(path))?.body ?? '{}') as Record<string, never>
  expect(lastTo('/chat/completions')).toMatchObject({
    messages: expect.arrayContaining([
      expect.objectContaining({
        role: 'assistant',
        tool_calls: [expect.objectContaining({ id: 'call00001', type: 'function' })],
      }),
      expect.objectContaining({ role: 'tool', tool_call_id: 'call00001' }),
    ]),
  })
  expect(lastTo('/messages')).toMatchObject({
    messages: expect.arrayContaining([
      {
        role: 'assistant',
        content: [
          expect.objectContaining({ type: 'tool_use', id: 'call00002' }),
          expect.objectContaining({ type: 'tool_use', id: 'call00003' }),
        ],
      },
      {
        role: 'user',
        content: [
          expect.objectContaining({ type: 'tool_result', tool_use_id: 'call00002' }),
          expect.objectContaining({ type: 'tool_result', tool_use_id: 'call00003' }),
        ],
      },
    ]),
  })
  expect(lastTo('/v1beta/models')).toMatchObject({
    contents: expect.arrayContaining([
      expect.objectContaining({
        parts: expect.arrayContaining([
          expect.objectContaining({ functionCall: expect.objectContaining({ name: 'add_note' }) }),
        ]),
      }),
    ]),
  })
})
