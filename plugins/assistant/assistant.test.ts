import assistant from 'plugboard/plugins/assistant'
import scripted from '@plugboard/scripted'
import { BotDefinition, PlugboardError } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { describe, expect, it, vi } from 'vitest'
import { chat, parrot } from './provider.fixture.ts'

async function start(configuration: object = {}, to = 'parrot', provider = parrot()) {
  const channel = chat()
  const bot = new BotDefinition({ defaults: { llm: to } })
    .addIntegration(channel)
    .addIntegration(scripted)
    .addIntegration(provider)
    .addPlugin(assistant, { configuration })
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const client = running.clientOf('chat')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: {} })
  const say = async (payload: object, type = 'text') => {
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type, payload })
    await running.idle()
  }
  return Object.assign(running, { say, sent: channel.sent, shown: channel.shown, asked: provider.asked })
}

describe('the assistant', () => {
  it('answers through scripted, and carries the conversation over to another provider', async () => {
    await using bot = await start({}, 'scripted')
    await bot.say({ text: 'hello' })
    expect(bot.sent).toHaveLength(1)
    await bot.bindings.set('assistant', 'llm', 'parrot')
    await bot.say({ text: 'and now?' })
    expect(bot.asked[0]?.messages).toMatchObject([
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: bot.sent[0] },
      { role: 'user', content: 'and now?' },
    ])
    expect(bot.sent[1]).toBe('you said and now?')
  })

  it('gives the model the latest messages alone, also of a conversation of many pages', async () => {
    await using bot = await start({ historyLength: 3, systemPrompt: 'Be brief.' })
    for (let index = 0; index < 60; index += 1) await bot.say({ text: String(index) })
    expect(bot.asked.at(-1)).toMatchObject({
      systemPrompt: 'Be brief.',
      messages: [
        { role: 'user', content: '58' },
        { role: 'assistant', content: 'you said 58' },
        { role: 'user', content: '59' },
      ],
    })
    await using short = await start({ historyLength: 1 })
    await short.say({ text: 'a' })
    await short.say({ text: 'b' })
    expect(short.asked[1]?.messages).toMatchObject([{ content: 'b' }])
  })

  it('leaves alone what has no text', async () => {
    await using bot = await start()
    await bot.say({ imageUrl: 'https://example.com/a.png' }, 'image')
    await bot.say({ text: '  ' })
    expect(bot.asked).toEqual([])
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('shows its answer while the model makes it', async () => {
    const more = Promise.withResolvers<void>()
    const bits = async function* () {
      yield ' '
      yield 'Good'
      await more.promise
      yield ' morning'
    }
    await using bot = await start({}, 'parrot', parrot(undefined, bits()))
    const said = bot.say({ text: 'hello' })
    await vi.waitFor(() => expect(bot.shown).toEqual([' Good']))
    expect(bot.sent).toEqual([])
    more.resolve()
    await said
    expect(bot.sent).toEqual([' Good morning'])
  })

  it('says nothing where the model says nothing', async () => {
    await using bot = await start(
      {},
      'parrot',
      parrot(() => ' \n'),
    )
    await bot.say({ text: 'hello' })
    expect(bot.sent).toEqual([])
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('leaves a dead letter with the code where the provider fails', async () => {
    const failing = parrot(() => {
      throw new PlugboardError({ code: 'vendor_unauthorized', message: 'who are you?' })
    })
    await using bot = await start({}, 'parrot', failing)
    await bot.say({ text: 'hello' })
    expect(bot.sent).toEqual([])
    expect((await bot.deadLetters()).items).toMatchObject([{ code: 'vendor_unauthorized', handler: 'assistant.0' }])
  })

  it('asks the model of its configuration, which must be one of the bound provider', async () => {
    await using bot = await start({ model: { id: 'green' } })
    await bot.say({ text: 'hello' })
    expect(bot.asked[0]?.model).toEqual({ id: 'green' })
    await expect(start({ model: { id: 'blue' } })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', path: expect.stringContaining('assistant.configuration.model') }],
    })
  })
})
