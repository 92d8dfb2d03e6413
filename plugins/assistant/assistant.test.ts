import assistant from 'plugboard/plugins/assistant'
import scripted from '@plugboard/scripted'
import { BotDefinition, PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { chat, fake, talk } from 'plugboard/testing'
import { describe, expect, it, vi } from 'vitest'
import { model } from './model.fixture.ts'

async function start(configuration: object = {}, provider = model(), to = 'model') {
  const channel = chat()
  const bot = new BotDefinition({ defaults: { llm: to } })
    .addIntegration(channel)
    .addIntegration(scripted)
    .addIntegration(provider)
    .addPlugin(assistant, { configuration })
  const running = await startBot(bot, { environment: {}, log: () => {}, retries: { attempts: 3, delay: 1 } })
  const { say } = await talk(running, { throws: false })
  return Object.assign(running, { say, sent: channel.sent, shown: channel.shown, asked: provider.asked })
}

const failing = (code: 'vendor_unauthorized' | 'vendor_unavailable') => () => {
  throw new PlugboardError({ code, message: 'no', retryable: code === 'vendor_unavailable' })
}

describe('what the model is given', () => {
  it('is the conversation, also what another provider has answered', async () => {
    await using bot = await start({}, model(), 'scripted')
    await bot.say('hello')
    expect(bot.sent).toHaveLength(1)
    await bot.bindings.set('assistant', 'llm', 'model')
    await bot.say('and now?')
    expect(bot.asked()[0]?.messages).toEqual([
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: bot.sent[0] },
      { role: 'user', content: 'and now?' },
    ])
    expect(bot.sent[1]).toBe('you said and now?')
  })

  it('is the latest messages alone, also of a conversation of many pages', async () => {
    await using bot = await start({ historyLength: 3, systemPrompt: 'Be brief.' })
    for (let index = 0; index < 60; index += 1) await bot.say(String(index))
    expect(bot.asked().at(-1)).toMatchObject({
      systemPrompt: 'Be brief.',
      messages: [
        { role: 'user', content: '58' },
        { role: 'assistant', content: 'you said 58' },
        { role: 'user', content: '59' },
      ],
    })
    await using short = await start({ historyLength: 1 })
    await short.say('a')
    await short.say('b')
    expect(short.asked()[1]?.messages).toEqual([{ role: 'user', content: 'b' }])
  })

  it('begins with the user, also where the latest messages begin with the bot', async () => {
    await using bot = await start({ historyLength: 2 })
    await bot.say('a')
    await bot.say('b')
    expect(bot.asked()[1]?.messages).toEqual([
      { role: 'user', content: '…' },
      { role: 'assistant', content: 'you said a' },
      { role: 'user', content: 'b' },
    ])
  })

  it('has so many characters of what was said before at most', async () => {
    await using bot = await start({ historyCharacters: 29 })
    for (const text of ['one', 'two', 'six']) await bot.say(text)
    // With "one" it would be 30.
    const before = bot.asked()[2]?.messages.slice(0, -1) ?? []
    expect(before.map(({ content }) => content)).toEqual(['…', 'you said one', 'two', 'you said two'])
  })

  it('has no notices', async () => {
    await using bot = await start({ messageCharacters: 10 })
    await bot.say('far too long for this')
    await bot.say('hello')
    expect(bot.sent).toEqual(['That is too long for me. Please say it in fewer words.', 'you said hello'])
    expect(bot.asked()).toMatchObject([{ messages: [{ role: 'user', content: 'hello' }] }])
  })
})

describe('an answer', () => {
  it('is given to no message without text', async () => {
    await using bot = await start()
    await bot.say({ imageUrl: 'https://example.com/a.png' }, 'image')
    await bot.say('  ')
    expect(bot.asked()).toEqual([])
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('is shown while the model makes it', async () => {
    const more = Promise.withResolvers<void>()
    const bits = fake(llm, {
      name: 'model',
      actions: {
        streamContent: async function* () {
          yield { type: 'text', text: ' ' }
          yield { type: 'text', text: 'Good' }
          await more.promise
          yield { type: 'text', text: ' morning' }
          return { content: ' Good morning', toolCalls: [], stopReason: 'stop' }
        },
      },
    })
    await using bot = await start({}, Object.assign(bits, { asked: () => [] }))
    const said = bot.say('hello')
    await vi.waitFor(() => expect(bot.shown).toEqual([' Good']))
    expect(bot.sent).toEqual([])
    more.resolve()
    await said
    expect(bot.sent).toEqual([' Good morning'])
  })

  it('is none where the model says nothing', async () => {
    await using bot = await start(
      {},
      model(() => ({ content: ' \n' })),
    )
    await bot.say('hello')
    expect(bot.sent).toEqual([])
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('comes from the model of the configuration, which must be one of the bound provider', async () => {
    await using bot = await start({ model: { id: 'green' } })
    await bot.say('hello')
    expect(bot.asked()).toMatchObject([{ model: { id: 'green' } }])
    await expect(start({ model: { id: 'green' } }, model(), 'scripted')).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', path: expect.stringContaining('assistant.configuration.model') }],
    })
  })

  it('says so where it is cut off', async () => {
    await using bot = await start(
      {},
      model(() => ({ content: 'It is', stopReason: 'length' })),
    )
    await bot.say('hello')
    expect(bot.sent).toEqual(['It is …'])
  })
})

describe('a message that can never be answered', () => {
  it.each([
    ['a filter stops', () => ({ stopReason: 'contentFilter' as const })],
    [
      'is too long for the model',
      () => {
        throw new PlugboardError({ code: 'context_exceeded', message: 'too long' })
      },
    ],
  ])('because it is one that %s is not given to the model again', async (_, refuse) => {
    const provider = model((asked) => (JSON.stringify(asked.messages).includes('bad') ? refuse() : { content: 'ok' }))
    await using bot = await start({ filtered: '', tooLong: '' }, provider)
    for (const text of ['a', 'bad', 'b', 'c']) await bot.say(text)
    expect(bot.sent).toEqual(['ok', 'ok', 'ok'])
    expect(
      bot
        .asked()
        .at(-1)
        ?.messages.map(({ content }) => content),
    ).toEqual(['a', 'ok', 'b', 'ok', 'c'])
  })
})

describe('where there is no answer', () => {
  it.each(['', 'It is'])(
    'because a filter lets it not through, people get a notice in its place: %j',
    async (content) => {
      await using bot = await start(
        { filtered: 'Not that.' },
        model(() => ({ content, stopReason: 'contentFilter' })),
      )
      await bot.say('hello')
      expect(bot.sent).toEqual(['Not that.'])
      expect((await bot.deadLetters()).items).toEqual([])
    },
  )

  it('because the conversation is too long for the model, it is asked with less of it', async () => {
    const provider = model(({ messages }) => {
      if (messages.length > 3) throw new PlugboardError({ code: 'context_exceeded', message: 'too long' })
      return { content: 'ok' }
    })
    await using bot = await start({}, provider)
    for (const text of ['a', 'b', 'c', 'd']) await bot.say(text)
    expect(bot.sent).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(
      bot
        .asked()
        .at(-1)
        ?.messages.map(({ content }) => content),
    ).toEqual(['…', 'ok', 'd'])
  })

  it('because even the message alone is too long for the model, people are told', async () => {
    const provider = model(() => {
      throw new PlugboardError({ code: 'context_exceeded', message: 'too long' })
    })
    await using bot = await start({ tooLong: 'Shorter, please.' }, provider)
    await bot.say('hello')
    expect(bot.sent).toEqual(['Shorter, please.'])
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it.each([
    ['vendor_unauthorized', 1],
    ['vendor_unavailable', 3],
  ] as const)('because the provider fails with %s, it is tried %i times, and people are told', async (code, times) => {
    await using bot = await start({}, model(failing(code)))
    await bot.say('hello')
    expect(bot.asked()).toHaveLength(times)
    expect(bot.sent).toEqual(['I cannot answer at the moment. Please try again later.'])
    expect((await bot.deadLetters()).items).toMatchObject([{ code, handler: 'assistant.0' }])
  })

  it('because the model spent all that it may on nothing, people are told', async () => {
    await using bot = await start(
      {},
      model(() => ({ stopReason: 'length' })),
    )
    await bot.say('hello')
    expect(bot.sent).toEqual(['I cannot answer at the moment. Please try again later.'])
    expect((await bot.deadLetters()).items).toMatchObject([{ code: 'vendor_failed' }])
  })

  it('people are told nothing where the text is empty', async () => {
    await using bot = await start({ failed: '' }, model(failing('vendor_unauthorized')))
    await bot.say('hello')
    expect(bot.sent).toEqual([])
  })
})
