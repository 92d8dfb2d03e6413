import personality from 'plugboard/plugins/personality'
import { BotDefinition, BotImplementation } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { adversary, chat, fake, talk } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'

type Provider = ReturnType<typeof fake<(typeof llm)['$types'], 'provider'>>

async function start(provider: Provider) {
  const channel = chat()
  const bot = new BotImplementation(
    new BotDefinition()
      .addIntegration(channel)
      .addIntegration(provider)
      .addPlugin(personality, { configuration: { style: 'like a pirate' } }),
  )
  bot.on.message('*', async ({ message, client }) => {
    const { conversationId, type, payload } = message
    await client.createMessage({ conversationId, type, payload })
  })
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const { say } = await talk(running)
  return Object.assign(running, { say, sent: channel.sent })
}

describe('the personality', () => {
  it('says what a fake makes of a message', async () => {
    const provider = fake(llm, {
      name: 'provider',
      actions: {
        generateContent: ({ messages }) => ({ content: `Arr, ${messages[0]?.content}`, stopReason: 'stop' as const }),
      },
    })
    await using bot = await start(provider)
    await bot.say('hello')
    expect(bot.sent).toEqual(['Arr, hello'])
    expect(provider.calls).toHaveLength(1)
  })

  it.each([1, 2, 3])('loses no message to an adversary, made from seed %i', async (seed) => {
    await using bot = await start(adversary(llm, { name: 'provider', seed }))
    for (let turn = 0; turn < 9; turn += 1) await bot.say(`turn ${turn}`)
    // Every third call fails, and some answers are empty: the message goes out as it is then.
    expect(bot.sent).toHaveLength(9)
    expect(bot.sent.filter((text) => text.startsWith('turn '))).not.toHaveLength(0)
    expect((await bot.deadLetters()).items).toEqual([])
  })
})
