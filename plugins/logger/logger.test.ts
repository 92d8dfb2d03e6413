import memory from '@plugboard/memory'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import llm from 'plugboard/interfaces/llm'
import logger from 'plugboard/plugins/logger'
import { startBot } from 'plugboard/runtime'
import { adversary, fake } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import { chat } from './chat.fixture.ts'

type Line = { level: string; message: string; plugin?: string } & Record<string, unknown>

async function start({ to = 'scripted', configuration = {} } = {}) {
  const channel = chat()
  const lines: Line[] = []
  const bot = new BotImplementation(
    new BotDefinition({
      interfaces: { llm, crud },
      defaults: { llm: to, crud: 'memory' },
      events: { asked: { schema: z.object({ what: z.string(), token: z.string() }) } },
    })
      .addIntegration(channel)
      .addIntegration(scripted)
      .addIntegration(memory, { configuration: { seed: [{ title: 'One' }] } })
      .addIntegration(fake(llm, { name: 'double' }))
      .addIntegration(adversary(llm, { name: 'nasty' }))
      .addPlugin(logger, { configuration }),
  )
  bot.on.message('text', async ({ message, conversation, client, interfaces }) => {
    const { text } = message.payload
    await interfaces.llm.generateContent({ messages: [{ role: 'user', content: text }] })
    await client.createEvent({ type: 'asked', payload: { what: text, token: 'hush' } })
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: `heard ${text}` } })
  })
  const running = await startBot(bot, { environment: {}, log: (line) => void lines.push(line as never) })
  const client = running.clientOf('chat')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { room: '1' } })
  const say = async (text: string) => {
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
    await running.idle()
  }
  const logged = () => lines.filter(({ plugin }) => plugin === 'logger')
  const told = () => logged().map(({ level, message }) => `${level}: ${message}`)
  return Object.assign(running, { say, logged, told, sent: channel.sent })
}

describe('the logger', () => {
  it.each(['scripted', 'double'])('tells of messages, events and calls of actions, through %s', async (to) => {
    await using bot = await start({ to })
    await bot.say('hello')
    await bot.interfaces.crud.listItems({})
    expect(bot.told().toSorted()).toEqual(
      [
        "info: a message came through 'chat'",
        `debug: 'bot' calls '${to}.generateContent'`,
        `debug: '${to}.generateContent' answered 'bot'`,
        "info: 'bot:asked' happened",
        "info: a message was sent through 'chat'",
        "debug: 'bot' calls 'memory.listItems'",
        "debug: 'memory.listItems' answered 'bot'",
      ].toSorted(),
    )
    expect(JSON.stringify(bot.logged())).not.toContain('hello')
  })

  it('tells each kind at its level, or not at all', async () => {
    await using bot = await start({ configuration: { messages: 'warn', events: 'off', actions: 'off' } })
    await bot.say('hello')
    expect(bot.told()).toEqual(["warn: a message came through 'chat'", "warn: a message was sent through 'chat'"])
  })

  it('shows contents where it is told to, without what nobody should read', async () => {
    await using bot = await start({ configuration: { contents: true, textLength: 40 } })
    await bot.say(`ada@example.com, 4111 1111 1111 1111${' and so on'.repeat(100)}`)
    const lines = JSON.stringify(bot.logged())
    expect(lines).toContain('"text":"[redacted], [redacted] and so on and so …"')
    expect(lines).toContain('"token":"[redacted]"')
    expect(lines).not.toMatch(/ada@|4111|hush/)
    expect(bot.sent[0]).toContain('ada@example.com')
  })

  it('refuses what is no regular expression', async () => {
    await expect(start({ configuration: { redactPatterns: ['('] } })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', path: expect.stringContaining('redactPatterns') }],
    })
  })

  it('bears an adversary', async () => {
    await using bot = await start({ to: 'nasty', configuration: { contents: true } })
    for (let index = 0; index < 6; index += 1) await bot.say(String(index))
    // What is tried again is told again.
    const came = bot.logged().filter(({ message }) => message.includes('came through'))
    expect(new Set(came.map(({ messageId }) => messageId)).size).toBe(6)
    expect((await bot.deadLetters()).items.every(({ handler }) => handler === 'bot.0')).toBe(true)
  })
})
