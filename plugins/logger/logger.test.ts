import memory from '@plugboard/memory'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation, PlugboardError, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import llm from 'plugboard/interfaces/llm'
import logger from 'plugboard/plugins/logger'
import { startBot } from 'plugboard/runtime'
import { adversary, chat, fake, talk } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'

type Line = { level: string; message: string; plugin?: string } & Record<string, unknown>

/** A model that fails with what nobody should read. */
const failing = <const TName extends string>(name: TName, code: 'vendor_refused' | 'vendor_unavailable') =>
  fake(llm, {
    name,
    actions: {
      generateContent: () => {
        throw new PlugboardError({ code, message: 'not ada@example.com', retryable: code === 'vendor_unavailable' })
      },
    },
  })

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
      .addIntegration(failing('failing', 'vendor_refused'))
      .addIntegration(failing('unready', 'vendor_unavailable'))
      .addPlugin(logger, { configuration }),
  )
  bot.on.message('text', async ({ message, conversation, client, interfaces }) => {
    const { text } = message.payload
    await interfaces.llm.generateContent({ messages: [{ role: 'user', content: text }] })
    await client.createEvent({ type: 'asked', payload: { what: text, token: 'hush' } })
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: `heard ${text}` } })
  })
  const running = await startBot(bot, {
    environment: {},
    log: (line) => void lines.push(line as never),
    retries: { attempts: 2, delay: 1 },
  })
  const { say } = await talk(running, { throws: false })
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

  it.each(['failing', 'unready'])(
    'tells of failed calls, and of handlers that failed for good, through %s',
    async (to) => {
      await using bot = await start({ to, configuration: { messages: 'off', actions: 'off', contents: true } })
      await bot.say('hello')
      const call = `error: '${to}.generateContent' failed for 'bot': ${to === 'failing' ? 'vendor_refused' : 'vendor_unavailable'}`
      const attempts = to === 'failing' ? 1 : 2
      expect(bot.told()).toEqual([
        ...Array.from({ length: attempts }, () => call),
        `error: a handler of message of 'bot' failed for good: ${to === 'failing' ? 'vendor_refused' : 'vendor_unavailable'}`,
      ])
      expect(bot.logged().at(-1)).toMatchObject({ attempts, error: { message: 'not [redacted]' } })
      expect((await bot.deadLetters()).items).toHaveLength(1)
    },
  )

  it('tells of no failures where it is told not to', async () => {
    await using bot = await start({
      to: 'failing',
      configuration: { messages: 'off', actions: 'off', failures: 'off' },
    })
    await bot.say('hello')
    expect(bot.told()).toEqual([])
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
