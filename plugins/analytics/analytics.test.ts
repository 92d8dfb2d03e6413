import memory from '@plugboard/memory'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import llm from 'plugboard/interfaces/llm'
import analytics from 'plugboard/plugins/analytics'
import { startBot } from 'plugboard/runtime'
import { adversary, chat, fake, talk } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'

const hello = { messages: [{ role: 'user' as const, content: 'hello' }] }

async function start({ to = 'scripted', configuration = {}, work = () => {} } = {}) {
  const channel = chat()
  const bot = new BotImplementation(
    new BotDefinition({ interfaces: { llm, crud }, defaults: { llm: to, crud: 'memory' } })
      .addIntegration(channel)
      .addIntegration(scripted)
      .addIntegration(memory, { configuration: { seed: [] } })
      .addIntegration(fake(llm, { name: 'double' }))
      .addIntegration(adversary(llm, { name: 'nasty' }))
      .addPlugin(analytics, { configuration }),
  )
  bot.on.message('text', async ({ message, conversation, client, interfaces }) => {
    if (message.payload.text === 'ask') await interfaces.llm.generateContent(hello)
    work()
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'a' } })
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'b' } })
  })
  const running = await startBot(bot, { environment: {}, log: () => {}, retries: { attempts: 3, delay: 1 } })
  const say = async (text: string, { by = '1', room = '1' } = {}) =>
    (await talk(running, { person: by, room })).say(text)
  const today = () => new Date().toISOString().slice(0, 10)
  const report = async (input = {}) => (await running.actions.analytics.report(input)).days
  return Object.assign(running, { say, report, today })
}

describe('the analytics', () => {
  it('count messages both ways, people and conversations, each once a day', async () => {
    await using bot = await start()
    expect(await bot.report()).toEqual([])
    await bot.say('hello')
    await bot.say('hello')
    await bot.say('hello', { by: '2' })
    await bot.say('hello', { room: '2' })
    expect(await bot.report()).toEqual([
      { day: bot.today(), incoming: 4, outgoing: 8, users: 2, conversations: 2, actions: {} },
    ])
  })

  it.each(['scripted', 'double'])(
    'count calls of actions, through %s and of an integration of another kind',
    async (to) => {
      await using bot = await start({ to })
      await bot.say('ask')
      await bot.say('ask')
      await bot.interfaces.crud.listItems({})
      expect(await bot.report()).toMatchObject([{ actions: { [`${to}.generateContent`]: 2, 'memory.listItems': 1 } }])
      await using quiet = await start({ to, configuration: { actions: false } })
      await quiet.say('ask')
      expect(await quiet.report()).toMatchObject([{ incoming: 1, actions: {} }])
    },
  )

  it('count once what is tried again', async () => {
    let attempts = 0
    await using bot = await start({
      work: () => {
        attempts += 1
        if (attempts < 3) throw new Error('not yet')
      },
    })
    await bot.say('ask')
    expect(attempts).toBe(3)
    expect(await bot.report()).toMatchObject([
      { incoming: 1, outgoing: 2, users: 1, conversations: 1, actions: { 'scripted.generateContent': 1 } },
    ])
  })

  it('give the days that were asked for', async () => {
    await using bot = await start()
    await bot.say('hello')
    expect(await bot.report({ from: bot.today(), to: bot.today() })).toHaveLength(1)
    expect(await bot.report({ to: '2020-01-01' })).toEqual([])
    expect(await bot.report({ from: '2999-01-01' })).toEqual([])
    await expect(bot.report({ from: 'today' })).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('count what is many', async () => {
    await using bot = await start()
    await Promise.all(Array.from({ length: 180 }, (_, index) => bot.say('hello', { room: String(index % 20) })))
    expect(await bot.report()).toMatchObject([{ incoming: 180, outgoing: 360, users: 1, conversations: 20 }])
  })

  it('bear an adversary', async () => {
    await using bot = await start({ to: 'nasty' })
    for (let index = 0; index < 6; index += 1) await bot.say('ask')
    const [counted] = await bot.report()
    expect(counted).toMatchObject({ incoming: 6 })
    expect((await bot.deadLetters()).items.every(({ handler }) => handler === 'bot.0')).toBe(true)
  })
})
