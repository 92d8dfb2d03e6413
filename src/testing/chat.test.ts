import { BotDefinition, BotImplementation, PlugboardError } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { chat, talk } from 'plugboard/testing'
import { describe, expect, test } from 'vitest'

test('what is said is heard, and what people are sent is remembered, by whoever talks and in whatever room', async () => {
  const [channel, other] = [chat(), chat()]
  const bot = new BotImplementation(
    new BotDefinition().addIntegration(channel).addIntegration(other, { alias: 'other' }),
  )
  const heard: string[] = []
  bot.on.message('*', async ({ message, conversation, user, client }) => {
    heard.push(`${user.tags['id']} in ${conversation.tags['room']}: ${JSON.stringify(message.payload)}`)
    const { conversationId, type, payload } = message
    await client.createMessage({ conversationId, type, payload })
  })
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  const ada = await talk(running)
  const message = await ada.say('hello')
  expect(message).toMatchObject({ conversationId: ada.conversation.id, userId: ada.userId, payload: { text: 'hello' } })
  await ada.say({ sticker: 'wave' }, 'sticker')
  await (await talk(running, { alias: 'other', room: '2', person: 'grace' })).say('hi')
  expect((await talk(running)).conversation.id).toBe(ada.conversation.id)
  expect(heard).toEqual(['1 in 1: {"text":"hello"}', '1 in 1: {"sticker":"wave"}', 'grace in 2: {"text":"hi"}'])
  expect(channel).toMatchObject({ sent: ['hello'], delivered: ['hello', { sticker: 'wave' }] })
  expect(other.delivered).toEqual(['hi'])
})

test('a text is shown while it is made', async () => {
  const channel = chat()
  const bot = new BotImplementation(new BotDefinition().addIntegration(channel))
  const more = Promise.withResolvers<void>()
  bot.on.message('text', async ({ conversation, client }) => {
    const stream = async function* (): AsyncGenerator<string> {
      yield 'Good'
      await more.promise
      yield ' day'
    }
    await client.createMessage({ conversationId: conversation.id, type: 'text', stream: stream() })
  })
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  const { say } = await talk(running)
  const said = say('hello')
  await expect.poll(() => channel.shown).toEqual(['Good'])
  expect(channel.sent).toEqual([])
  more.resolve()
  await said
  expect(channel.sent).toEqual(['Good day'])
})

describe('a handler that fails', () => {
  const broken = new TypeError("Cannot read properties of undefined (reading 'title')", { cause: new Error('no list') })

  async function start(fail: (text: string) => void, options: StartOptions = {}) {
    const bot = new BotImplementation(new BotDefinition().addIntegration(chat()))
    const handled: string[] = []
    bot.on.message('text', async ({ message }) => {
      handled.push(message.payload.text)
      fail(message.payload.text)
    })
    const lines: Record<string, unknown>[] = []
    const running = await startBot(bot, { environment: {}, log: (line) => void lines.push(line), ...options })
    return Object.assign(running, { handled, lines })
  }
  const throwing = (error: unknown) => () => {
    throw error
  }

  test('by what says nothing of itself is not tried again, and who speaks is given what it threw', async () => {
    await using running = await start(throwing(broken))
    const { say } = await talk(running)
    const error: unknown = await say('/digest').catch((thrown: unknown) => thrown)
    expect(error).toBe(broken)
    expect(running.handled).toEqual(['/digest'])
    expect((await running.deadLetters()).items).toMatchObject([{ message: broken.message }])
    expect(running.lines).toContainEqual(
      expect.objectContaining({
        message: "a handler of message 'text' failed",
        error: expect.objectContaining({ name: 'TypeError', stack: broken.stack }) as object,
      }),
    )
  })

  test('fails whoever speaks in its conversation, each time, and nobody else', async () => {
    await using running = await start((text) => {
      if (text === 'boom') throw broken
    })
    const ada = await talk(running)
    const grace = await talk(running, { room: '2', person: 'grace' })
    const outcomes = await Promise.allSettled([ada.say('boom'), grace.say('hi')])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    await expect(ada.say('fine')).resolves.toMatchObject({ payload: { text: 'fine' } })
    await expect(ada.say('boom')).rejects.toBe(broken)
  })

  test('is tried again where the bot was told to, or the error says so, and fails whoever speaks in the end', async () => {
    await using told = await start(throwing(broken), { retries: { attempts: 3, delay: 1 } })
    await expect((await talk(told)).say('hi')).rejects.toBe(broken)
    expect(told.handled).toHaveLength(3)
    let attempts = 0
    await using passing = await start(() => {
      attempts += 1
      if (attempts === 1) throw new PlugboardError({ code: 'vendor_unavailable', message: 'no', retryable: true })
    })
    await expect((await talk(passing)).say('hi')).resolves.toBeDefined()
    expect(attempts).toBe(2)
    const refused = new PlugboardError({ code: 'vendor_refused', message: 'no' })
    await using refusing = await start(throwing(refused))
    await expect((await talk(refusing)).say('hi')).rejects.toBe(refused)
  })

  test('fails nobody where that is not wanted', async () => {
    await using running = await start(throwing(broken))
    await expect((await talk(running, { throws: false })).say('hi')).resolves.toBeDefined()
    expect((await running.deadLetters()).items).toHaveLength(1)
  })
})
