import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { chat, talk } from 'plugboard/testing'
import { expect, test } from 'vitest'

test('what is said is heard, and what people are sent is remembered, by whoever talks and in whatever room', async () => {
  const [channel, other] = [chat(), chat()]
  const bot = new BotImplementation(
    new BotDefinition().addIntegration(channel).addIntegration(other, { alias: 'other' }),
  )
  const heard: string[] = []
  bot.on.message('*', async ({ message, conversation, user, client }) => {
    heard.push(`${user.tags['id']} in ${conversation.tags['room']}: ${JSON.stringify(message.payload)}`)
    const { conversationId, type, payload } = message
    await client.createMessage({ conversationId, type, payload } as never)
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
