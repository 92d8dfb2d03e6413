import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CloudApi } from './cloud-api.fixture.ts'
import { type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'
import { ada, fromPerson, statusOf, written } from './told.fixture.ts'

let api: CloudApi
let bot: SmallBot
let answers: Written[]
beforeEach(async () => {
  api = await CloudApi.start()
  answers = []
  bot = await smallBot({ apiUrl: api.url, answer: () => answers.splice(0) })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
/** Tells the bot, and gives what it heard. */
async function heard(...values: readonly object[]) {
  for (const status of await bot.tell(...values)) expect(status).toBe(200)
  return bot.messages.map(({ type, payload, tags }) => ({ type, payload, tags }))
}

describe('what becomes of a message of the bot', () => {
  /** Has the bot send a message, and gives what WhatsApp calls its parts. */
  async function sent(text: string): Promise<string[]> {
    answers = [{ type: 'text', payload: { text } }]
    await heard(written('go', 'wamid.go'))
    bot.events.splice(0)
    return [...api.marks.keys()]
  }
  const marked = (id: string, status: string, more: object = {}) =>
    statusOf(id, status, { biz_opaque_callback_data: api.marks.get(id), ...more })
  const stored = async () => {
    const client = bot.running.clientOf('whatsapp')
    const [conversation] = (await client.listConversations()).items
    const { items } = await client.listMessages({ conversationId: conversation!.id })
    return items.find(({ direction }) => direction === 'outgoing')
  }

  it('is told by events, and stands in a tag, which never goes back', async () => {
    const [id = ''] = await sent('hello')
    const pricing = { billable: true, pricing_model: 'PMP', category: 'service' }
    await bot.tell(
      marked(id, 'sent', { pricing }),
      marked(id, 'read'),
      // They may come in another order.
      marked(id, 'delivered'),
    )
    expect(bot.events.map(({ type, payload }) => [type, payload['status']])).toEqual([
      ['whatsapp:statusChanged', 'sent'],
      ['whatsapp:statusChanged', 'read'],
      ['whatsapp:messageRead', undefined],
      ['whatsapp:statusChanged', 'delivered'],
      ['whatsapp:messageDelivered', undefined],
    ])
    expect(bot.events[0]).toMatchObject({
      payload: { messageId: id, timestamp: '2025-06-15T23:27:53.000Z', category: 'service' },
      place: { conversation: ada.wa_id, knowsMessage: true },
    })
    expect((await stored())?.tags).toMatchObject({ id, status: 'read' })
  })

  it('says why it failed, as when nothing was heard for a day', async () => {
    const [id = ''] = await sent('hello')
    const errors = [
      { code: 131047, title: 'Re-engagement message', error_data: { details: 'more than 24 hours have passed' } },
    ]
    await bot.tell(marked(id, 'failed', { errors }))
    expect(bot.events).toMatchObject([
      {
        type: 'whatsapp:statusChanged',
        payload: { status: 'failed', problem: { code: 131047, details: 'more than 24 hours have passed' } },
      },
    ])
    expect((await stored())?.tags['status']).toBe('failed')
  })

  it('that became several has arrived with the last of them', async () => {
    const ids = await sent(`${'a'.repeat(4000)} ${'b'.repeat(4000)}`)
    expect(ids).toHaveLength(2)
    await bot.tell(marked(ids[0]!, 'delivered'))
    expect(bot.events.map(({ type }) => type)).toEqual(['whatsapp:statusChanged'])
    await bot.tell(marked(ids[1]!, 'delivered'))
    expect(bot.events.map(({ type }) => type)).toEqual([
      'whatsapp:statusChanged',
      'whatsapp:statusChanged',
      'whatsapp:messageDelivered',
    ])
    expect((await stored())?.tags).toMatchObject({ ids: ids.join(','), status: 'delivered' })
  })

  it('that another bot has sent by the number is told without a message', async () => {
    await sent('hello')
    await bot.tell(statusOf('wamid.else', 'sent', { biz_opaque_callback_data: 'plugboard/nothing/1/1' }))
    await bot.tell(statusOf('wamid.else', 'delivered', { biz_opaque_callback_data: 'theirs' }))
    expect(bot.events.map(({ place }) => place)).toEqual([
      { conversation: ada.wa_id, user: undefined, knowsMessage: false },
      { conversation: ada.wa_id, user: undefined, knowsMessage: false },
    ])
  })

  it('knows reactions: one of a person at a time, in the place of the one before', async () => {
    const [id = ''] = await sent('hello')
    const react = (emoji: string | undefined, by: string) =>
      fromPerson({ type: 'reaction', reaction: { message_id: id, ...(emoji && { emoji }) } }, by)
    await bot.tell(react('👍', 'wamid.r1'), react('❤️', 'wamid.r2'), react(undefined, 'wamid.r3'))
    expect(bot.events.map(({ type, payload }) => [type, payload['reaction']])).toEqual([
      ['whatsapp:reactionAdded', '👍'],
      ['whatsapp:reactionRemoved', '👍'],
      ['whatsapp:reactionAdded', '❤️'],
      ['whatsapp:reactionRemoved', '❤️'],
    ])
    await bot.tell(fromPerson({ type: 'reaction', reaction: { message_id: 'wamid.none', emoji: '👍' } }, 'wamid.r4'))
    expect(bot.events.at(-1)).toMatchObject({ type: 'whatsapp:updateReceived', payload: { kind: 'messages.reaction' } })
  })
})
