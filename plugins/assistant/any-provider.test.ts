import assistant from 'plugboard/plugins/assistant'
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { adversary, fake } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import { chat } from './provider.fixture.ts'

type Provider = ReturnType<typeof fake<(typeof llm)['$types'], 'provider'>>

async function start(provider: Provider, retries = {}) {
  const channel = chat()
  const bot = new BotDefinition().addIntegration(channel).addIntegration(provider).addPlugin(assistant)
  const running = await startBot(bot, { environment: {}, log: () => {}, retries })
  const client = running.clientOf('chat')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: {} })
  const say = async (text: string) => {
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
    await running.idle()
  }
  return Object.assign(running, { say, sent: channel.sent })
}

describe('the assistant with a fake', () => {
  it.each([1, 2, 3])('says what is streamed, made from seed %i', async (seed) => {
    const provider = fake(llm, { name: 'provider', seed })
    await using bot = await start(provider)
    await bot.say('hello')
    expect(bot.sent.length).toBeLessThanOrEqual(1)
    expect(provider.calls).toMatchObject([{ action: 'streamContent', input: { messages: [{ content: 'hello' }] } }])
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('says what a model without streams answers', async () => {
    const actions = { generateContent: { content: 'Good morning' } }
    await using bot = await start(fake(llm, { name: 'provider', capabilities: [], actions }))
    await bot.say('hello')
    expect(bot.sent).toEqual(['Good morning'])
  })

  it('says what is programmed, bit by bit', async () => {
    const provider = fake(llm, {
      name: 'provider',
      actions: {
        streamContent: async function* ({ messages }) {
          yield { type: 'text', text: 'You said ' }
          yield { type: 'text', text: messages.at(-1)?.content ?? '' }
          return { content: `You said ${messages.at(-1)?.content}` }
        },
      },
    })
    await using bot = await start(provider)
    await bot.say('hello')
    expect(bot.sent).toEqual(['You said hello'])
  })
})

describe('the assistant with an adversary', () => {
  it.each([1, 2, 3])('loses no conversation, and no failure without its code, made from seed %i', async (seed) => {
    const provider = adversary(llm, { name: 'provider', seed })
    await using bot = await start(provider, { attempts: 2, delay: 1 })
    for (let turn = 0; turn < 9; turn += 1) await bot.say(`turn ${turn}`)
    // What fails for good is put aside, and the conversation goes on with the next message.
    const { items } = await bot.deadLetters()
    expect(bot.sent.length + items.length).toBeLessThanOrEqual(9)
    for (const { code } of items) expect(code).toMatch(/^(?:vendor_|stream_broken|timeout)/)
    expect(JSON.stringify(provider.calls.at(-1)?.input)).toContain('turn 8')
  })
})
