import { BotDefinition, IntegrationDefinition, IntegrationImplementation, messages, z } from 'plugboard'
import { serve } from 'plugboard/runtime'
import { hearingBot } from 'plugboard/testing'
import { expect, test, vi } from 'vitest'

const definition = new IntegrationDefinition({
  name: 'post',
  configuration: { schema: z.object({ token: z.string() }) },
  user: { tags: { id: { identity: true } } },
  channels: {
    letters: {
      messages: { text: messages.defaults.text },
      message: { tags: { id: {} } },
      conversation: { tags: { id: { identity: true } } },
    },
  },
  events: { stamped: { schema: z.object({ price: z.number() }) } },
})

/** A platform that takes letters, and what it was sent. */
function post({ fails = 0 } = {}) {
  const sent: string[] = []
  const registered: string[] = []
  let failures = fails
  const integration = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      register: async ({ webhookUrl }) => void registered.push(webhookUrl),
      webhook: { verify: 'none', deliveryId: 'none' },
      handler: async ({ req, client, configuration, logger }) => {
        const { user } = await client.getOrCreateUser({ tags: { id: 'ada' }, name: 'Ada' })
        const { conversation } = await client.getOrCreateConversation({ channel: 'letters', tags: { id: '7' } })
        const place = { conversationId: conversation.id, userId: user.id }
        const letter = { ...place, type: 'text', payload: { text: req.body ?? '' }, tags: { id: '1' } } as const
        const { message } = await client.createMessage(letter)
        await client.createEvent({ type: 'stamped', payload: { price: 3 }, ...place, messageId: message.id })
        await client.createEvent({ type: 'stamped', payload: { price: 4 } })
        logger.info(`it was signed with ${configuration.token}`)
      },
      channels: {
        letters: {
          messages: {
            text: async ({ payload }) => {
              if (failures-- > 0) throw new Error('no stamps')
              sent.push(payload.text)
            },
          },
        },
      },
    }),
  }))
  const bot = new BotDefinition().addIntegration(integration, { configuration: { token: 'a long secret' } })
  return { bot, sent, registered }
}
const write = (url: string, body: string) => fetch(`${url}/post/webhook`, { method: 'POST', body })

test('a bot notes what it hears by its webhook, and says what it is to answer', async () => {
  const { bot: given, sent, registered } = post()
  await using bot = await hearingBot(given, {
    answer: ({ type, payload, conversation }) => [
      { type: 'text', payload: { text: `${type} ${String(payload['text'])} in ${conversation['channel']}` } },
      { type: 'text', payload: { text: 'and on' } },
    ],
  })
  expect(registered).toEqual([`${bot.url}/post/webhook`])
  expect((await write(bot.url, 'hello')).status).toBe(200)
  await bot.running.idle()
  expect(bot.messages).toEqual([
    {
      id: expect.any(String),
      type: 'text',
      payload: { text: 'hello' },
      tags: { id: '1' },
      conversationId: expect.any(String),
      conversation: { channel: 'letters', id: '7' },
      user: { name: 'Ada', id: 'ada' },
    },
  ])
  // What is of no conversation waits for none.
  expect(bot.events.toSorted((one, other) => Number(one.payload['price']) - Number(other.payload['price']))).toEqual([
    { type: 'post:stamped', payload: { price: 3 }, place: { conversation: '7', user: 'ada', knowsMessage: true } },
    {
      type: 'post:stamped',
      payload: { price: 4 },
      place: { conversation: undefined, user: undefined, knowsMessage: false },
    },
  ])
  expect(sent).toEqual(['text hello in letters', 'and on'])
  const [first = ''] = bot.sent
  expect((await bot.running.clientOf('post').getMessage({ id: first })).message.payload).toEqual({ text: sent[0] })
  expect(bot.sent).toHaveLength(2)
})

test('what failed and was logged is told, with no secret in it', async () => {
  const { bot: given, sent } = post({ fails: 1 })
  await using bot = await hearingBot(given, {
    answer: () => [{ type: 'text', payload: { text: 'never' } }],
    start: { retries: { attempts: 1 } },
  })
  await write(bot.url, 'hello')
  await bot.running.idle()
  expect(sent).toEqual([])
  expect(await bot.written()).toContain('no stamps')
  expect(await bot.written()).toContain('it was signed with')
  expect(await bot.written()).not.toContain('a long secret')
  expect(bot.log.map(({ level }) => level)).toContain('info')
})

test('a tag that nobody has declared is warned of where a test shows it', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
  const { bot: given } = post()
  await using bot = await hearingBot(given)
  await bot.running.clientOf('post').getOrCreateUser({ tags: { id: 'ada', nick: 'countess' } })
  expect(warn.mock.calls).toEqual([["tag 'nick' of users of integration 'post' is not declared", 'PlugboardWarning']])
  warn.mockRestore()
})

test('a bot that does not start leaves nobody listening', async () => {
  const free = await serve(() => undefined, { port: 0 })
  await free.close()
  const bare = new BotDefinition().addIntegration(
    Object.assign(new IntegrationDefinition({ name: 'bare' }), { packaged: true as const }),
  )
  const starting = hearingBot(bare, { serve: { port: Number(new URL(free.url).port) } })
  await expect(starting).rejects.toMatchObject({ problems: [{ code: 'implementation_missing' }] })
  await expect(fetch(`${free.url}/health`)).rejects.toThrow('fetch failed')
})
