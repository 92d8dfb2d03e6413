import platform from '@plugboard/desk'
import { BotDefinition, BotImplementation } from 'plugboard'
import hitlInterface from 'plugboard/interfaces/hitl'
import hitl from 'plugboard/plugins/hitl'
import { startBot } from 'plugboard/runtime'
import { adversary, chat, fake } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import scenarios from './scenario.fixture.ts'
import { desk, ticketing } from './desk.fixture.ts'

describe('what must be seen of humans in the loop', () => {
  it.each(scenarios)('on a desk: $title', async ({ run }) => {
    await expect(run({ integration: desk() })).resolves.toBeUndefined()
  })

  it.each(scenarios)('on the page of the bot itself: $title', async ({ run }) => {
    const configuration = { key: 'a key of some length' }
    await expect(run({ integration: platform, configuration })).resolves.toBeUndefined()
  })

  it.each(scenarios)('on a platform that calls everything otherwise: $title', async ({ run }) => {
    await expect(run({ integration: ticketing() })).resolves.toBeUndefined()
  })

  it('is not seen on a platform that makes no sessions', async () => {
    const actions = { startHitl: { conversationId: 'none' } }
    const integration = fake(hitlInterface, { name: 'provider', actions })
    for (const { run } of scenarios) await expect(run({ integration })).rejects.toThrow('session')
  })
})

type Platform = ReturnType<typeof fake<(typeof hitlInterface)['$types'], 'provider'>>

/** A bot that answers by itself, and hands over by a command. */
async function start(platform: Platform) {
  const channel = chat()
  const bot = new BotImplementation(
    new BotDefinition()
      .addIntegration(channel)
      .addIntegration(platform)
      .addPlugin(hitl, { configuration: { startCommand: '/human' } }),
  )
  bot.on.message('text', async ({ conversation, client }) => {
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'I am the bot.' } })
  })
  const running = await startBot(bot, { environment: {}, log: () => {}, retries: { attempts: 4, delay: 1 } })
  const client = running.clientOf('chat')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: {} })
  const say = async (text: string) => {
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
    await running.idle()
  }
  return Object.assign(running, { say, sent: channel.delivered })
}

describe.each([
  ['a fake', fake],
  ['an adversary', adversary],
])('with %s', (_, make) => {
  it.each([1, 2, 3, 4])('nobody is left without an answer, made from seed %i', async (seed) => {
    await using bot = await start(make(hitlInterface, { name: 'provider', seed }))
    for (let turn = 0; turn < 4; turn += 1) {
      const before = bot.sent.length
      await bot.say('/human')
      await bot.say('/stop')
      await bot.say('hello')
      // That it was tried is told, and so is its end; and the bot answers afterwards.
      expect(bot.sent.length).toBeGreaterThanOrEqual(before + 2)
      expect(bot.sent.at(-1)).toBe('I am the bot.')
    }
  })
})
