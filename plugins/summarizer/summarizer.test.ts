import { LLMock } from '@copilotkit/aimock'
import anthropic from '@plugboard/anthropic'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation, PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import summarizer from 'plugboard/plugins/summarizer'
import { startBot } from 'plugboard/runtime'
import { adversary, chat, fake, talk } from 'plugboard/testing'
import { afterAll, describe, expect, it } from 'vitest'

const server = await LLMock.create({ host: '127.0.0.1', auth: { apiKeys: ['a key'] } })
server.addFixture({
  match: { predicate: ({ messages }) => JSON.stringify(messages.at(-1)).includes('User: hello') },
  response: { content: 'They greeted.' },
})
afterAll(async () => {
  await server.stop()
})
const settings = { apiKey: 'a key', baseUrl: `${server.url}/v1` }

/** Sums up what it is told by counting: a summary of a summary adds to it. */
const counting = (content: string): string => {
  const before = Number(/came before:\n(\d+) said/.exec(content)?.[1] ?? 0)
  return `${before + content.split('\n').filter((line) => line.startsWith('User: ')).length} said`
}
type Answering = (content: string) => string
const counter = (answer: Answering = counting) =>
  fake(llm, {
    name: 'double',
    actions: { generateContent: ({ messages }) => ({ content: answer(String(messages.at(-1)?.content)) }) },
  })

async function start({ to = 'double', configuration = {}, double = counter() } = {}) {
  const channel = chat()
  const lines: unknown[] = []
  const heard: string[] = []
  const bot = new BotImplementation(
    new BotDefinition({ defaults: { llm: to } })
      .addIntegration(channel)
      .addIntegration(scripted, { configuration: { rules: [{ when: 'User: hello', reply: 'They greeted.' }] } })
      .addIntegration(openai, { configuration: settings })
      .addIntegration(anthropic, { configuration: settings })
      .addIntegration(double)
      .addPlugin(summarizer, { configuration: { command: '/summary', every: 0, ...configuration } }),
  )
  bot.on.message('text', async ({ message }) => void heard.push(message.payload.text))
  const running = await startBot(bot, { environment: {}, log: (line) => void lines.push(line) })
  const { say, conversation } = await talk(running)
  const summarize = () => running.actions.summarizer.summarize({ conversationId: conversation.id })
  const asked = () =>
    double.calls.map(({ input }) => (input as { messages: { content: string }[] }).messages[0]?.content)
  return Object.assign(running, { say, summarize, asked, sent: channel.sent, heard, lines })
}

describe('the summarizer', () => {
  it.each(['scripted', 'openai', 'anthropic'])('sums a conversation up when it is asked, through %s', async (to) => {
    await using bot = await start({ to })
    await bot.say({ text: 'hello' })
    expect(await bot.summarize()).toEqual({ summary: 'They greeted.', messages: 1 })
    await bot.say({ text: ' /summary ' })
    expect(bot.sent).toEqual(['They greeted.'])
    expect(bot.heard).toEqual(['hello'])
  })

  it('keeps a summary, which it brings up to date after so many messages', async () => {
    await using bot = await start({ configuration: { every: 3 } })
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await bot.say({ text })
    expect(bot.asked()).toEqual([
      'The conversation:\nUser: a\nUser: b\nUser: c',
      'The summary of what came before:\n3 said\n\nThe conversation:\nUser: d\nUser: e\nUser: f',
    ])
    expect(await bot.summarize()).toEqual({ summary: '7 said', messages: 7 })
    expect(await bot.summarize()).toEqual({ summary: '7 said', messages: 7 })
    expect(bot.asked()).toHaveLength(3)
  })

  it('leaves out of a summary the summaries that it told, and what asked for them', async () => {
    await using bot = await start()
    await bot.say({ text: '/summary' })
    await bot.say({ imageUrl: 'https://example.com/a.png' }, 'image')
    await bot.say({ text: '/summary' })
    await bot.say({ text: 'b' })
    await bot.say({ text: '/summary' })
    expect(bot.sent).toEqual(['Nothing was said yet.', '1 said', '2 said'])
    expect(bot.asked()[0]).toContain('User: (a message of the type image)')
  })

  it('sums up a long conversation piece by piece, over many pages', async () => {
    await using bot = await start({ configuration: { pieceLength: 400 } })
    for (let index = 0; index < 130; index += 1) await bot.say({ text: `number ${index}` })
    expect(await bot.summarize()).toEqual({ summary: '130 said', messages: 130 })
    const longest = Math.max(...bot.asked().map((text = '') => text.slice(text.indexOf('conversation:\n') + 14).length))
    expect(longest).toBeLessThanOrEqual(400)
    expect(bot.asked().length).toBeGreaterThan(4)
    const before = bot.asked().length
    await bot.say({ text: 'and one' })
    expect(await bot.summarize()).toEqual({ summary: '131 said', messages: 131 })
    expect(bot.asked()).toHaveLength(before + 1)
  })

  it('cuts a message that is longer than a piece', async () => {
    await using bot = await start({ configuration: { pieceLength: 100 } })
    await bot.say({ text: 'x'.repeat(250) })
    expect(await bot.summarize()).toMatchObject({ messages: 1 })
    expect(bot.asked().join('').match(/x/g)).toHaveLength(250)
    expect(bot.asked()).toHaveLength(3)
  })

  it('warns where the model fails, and goes on from the piece that failed', async () => {
    let calls = 0
    const double = counter((content) => {
      calls += 1
      if (calls === 2) throw new PlugboardError({ code: 'vendor_unavailable', message: 'away' })
      return counting(content)
    })
    await using bot = await start({ configuration: { every: 2, pieceLength: 100 }, double })
    await bot.say({ text: 'a'.repeat(60) })
    await bot.say({ text: 'b'.repeat(60) })
    expect(bot.lines).toContainEqual(expect.objectContaining({ level: 'warn', plugin: 'summarizer' }))
    expect(await bot.summarize()).toEqual({ summary: '2 said', messages: 2 })
    expect(calls).toBe(3)
  })

  it('says so where it was asked by a command and the model gives nothing', async () => {
    await using bot = await start({ double: counter(() => ' ') })
    await bot.say({ text: 'a' })
    await bot.say({ text: '/summary' })
    expect(bot.sent).toEqual(['There is no summary at the moment.'])
    await expect(bot.summarize()).rejects.toMatchObject({ code: 'vendor_failed' })
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('bears an adversary', async () => {
    await using bot = await start({ double: adversary(llm, { name: 'double' }), configuration: { every: 1 } })
    for (let index = 0; index < 9; index += 1) await bot.say({ text: String(index) })
    expect(bot.heard).toHaveLength(9)
    expect((await bot.deadLetters()).items).toEqual([])
  })
})
