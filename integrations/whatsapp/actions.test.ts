import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CloudApi } from './cloud-api.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'
import { ada, written } from './told.fixture.ts'

let api: CloudApi
let bot: SmallBot
let place: { conversationId: string; messageId: string }
let own: string
beforeEach(async () => {
  api = await CloudApi.start()
  bot = await smallBot({ apiUrl: api.url, answer: () => [{ type: 'text', payload: { text: 'hello' } }] })
  await bot.tell(written('hi', 'wamid.hi'))
  const client = bot.running.clientOf('whatsapp')
  const [conversation] = (await client.listConversations()).items
  const { items } = await client.listMessages({ conversationId: conversation!.id })
  place = { conversationId: conversation!.id, messageId: items.find(({ direction }) => direction === 'incoming')!.id }
  own = items.find(({ direction }) => direction === 'outgoing')!.id
  api.calls.splice(0)
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const act = (name: string, input: object): Promise<unknown> => bot.actions[name]!(input)

describe('what can be done in WhatsApp', () => {
  it('shows that an answer is being written, beside the message that it answers', async () => {
    await act('startTypingIndicator', place)
    await act('stopTypingIndicator', place)
    expect(api.called('read')).toEqual([
      { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.hi', typing_indicator: { type: 'text' } },
    ])
  })

  it('marks what people wrote as read, and nothing of its own', async () => {
    await act('markMessageAsRead', place)
    expect(api.called('read')).toEqual([{ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.hi' }])
    for (const action of ['markMessageAsRead', 'startTypingIndicator'])
      await expect(act(action, { ...place, messageId: own })).rejects.toMatchObject({ code: 'vendor_refused' })
    expect(api.called('read')).toHaveLength(1)
  })

  it('reacts, and takes back that reaction alone', async () => {
    await act('addReaction', { ...place, reaction: '👍' })
    await act('removeReaction', { ...place, reaction: '🎉' })
    await act('removeReaction', { ...place, reaction: '👍' })
    expect(api.called('message').map(({ to, type, reaction }) => [to, type, reaction])).toEqual([
      [ada.wa_id, 'reaction', { message_id: 'wamid.hi', emoji: '👍' }],
      [ada.wa_id, 'reaction', { message_id: 'wamid.hi', emoji: '' }],
    ])
  })

  it('finds a person and a conversation by a number, however it is written, and never its own', async () => {
    expect(await act('getOrCreateConversation', { conversation: { phoneNumber: `+${ada.wa_id}` } })).toEqual({
      conversationId: place.conversationId,
    })
    const { userId } = (await act('getOrCreateUser', { user: { phoneNumber: '+4930123456' }, name: 'Kim' })) as {
      userId: string
    }
    const { user } = await bot.running.clientOf('whatsapp').getUser({ id: userId })
    expect([user.name, user.tags]).toEqual(['Kim', { id: '4930123456', phone: '4930123456' }])
    // What WhatsApp says people are called counts more.
    await act('getOrCreateUser', { user: { phoneNumber: ada.wa_id }, name: 'Somebody' })
    const { items } = await bot.running.clientOf('whatsapp').listUsers({ tags: { phone: ada.wa_id } })
    expect(items.map(({ name }) => name)).toEqual([ada.name])
    for (const [action, input] of [
      ['getOrCreateUser', { user: { phoneNumber: '15550783881' } }],
      ['getOrCreateConversation', { conversation: { phoneNumber: '+15550783881' } }],
    ] as const)
      await expect(act(action, input)).rejects.toMatchObject({ code: 'vendor_refused' })
  })
})
