import assistant from 'plugboard/plugins/assistant'
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { adversary, chat, fake, talk } from 'plugboard/testing'
import memory from '@plugboard/memory'
import { describe, expect, it } from 'vitest'

type Provider = ReturnType<typeof fake<(typeof llm)['$types'], 'provider'>>

async function start(provider: Provider, retries = {}) {
  const channel = chat()
  const bot = new BotDefinition()
    .addIntegration(channel)
    .addIntegration(provider)
    .addIntegration(memory)
    .addPlugin(assistant, {
      configuration: { failed: 'failed', filtered: 'filtered' },
      tools: ['memory:listItems', 'memory:createItem'],
    })
  const running = await startBot(bot, { environment: {}, log: () => {}, retries })
  const { say } = await talk(running, { throws: false })
  return Object.assign(running, { say, sent: channel.sent })
}

describe('the assistant with a fake', () => {
  // Whatever it calls, there is no such tool, until it has to answer.
  it.each([1, 2, 3])('says what is streamed, or that it failed, made from seed %i', async (seed) => {
    const provider = fake(llm, { name: 'provider', seed })
    await using bot = await start(provider)
    await bot.say('hello')
    expect(bot.sent.length).toBeLessThanOrEqual(1)
    expect(provider.calls[0]).toMatchObject({ action: 'streamContent', input: { messages: [{ content: 'hello' }] } })
    const { items } = await bot.deadLetters()
    expect(items.length).toBe(bot.sent[0] === 'failed' ? 1 : 0)
  })

  it('says what a model without streams and tools answers', async () => {
    const actions = { generateContent: { content: 'Good morning', toolCalls: [], stopReason: 'stop' as const } }
    const provider = fake(llm, { name: 'provider', capabilities: [], actions })
    await using bot = await start(provider)
    await bot.say('hello')
    expect(bot.sent).toEqual(['Good morning'])
    expect(provider.calls[0]?.input).not.toHaveProperty('tools')
  })
})

describe('the assistant with an adversary', () => {
  it.each([1, 2, 3])('loses no conversation, and no failure without its code, made from seed %i', async (seed) => {
    const provider = adversary(llm, { name: 'provider', seed })
    await using bot = await start(provider, { attempts: 2, delay: 1 })
    for (let turn = 0; turn < 9; turn += 1) await bot.say(`turn ${turn}`)
    // What fails for good is put aside, and the conversation goes on with the next message.
    const { items } = await bot.deadLetters()
    expect(bot.sent.length).toBeLessThanOrEqual(9)
    expect(bot.sent.filter((text) => text === 'failed')).toHaveLength(items.length)
    for (const { code } of items) expect(code).toMatch(/^(?:vendor_|stream_broken|timeout)/)
    expect(JSON.stringify(provider.calls.at(-1)?.input)).toContain('turn 8')
  })
})
