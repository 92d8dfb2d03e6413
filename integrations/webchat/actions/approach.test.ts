import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { serveSmallBot } from '../small-bot.fixture.ts'
import { said, Visitor } from '../visitor.fixture.ts'
import { identityFor } from '../identity.fixture.ts'

const identitySecret = 'a secret of the site, of some length'
const configuration = { identitySecret }

describe('a visitor whom the site knows', () => {
  it('is the same wherever they come from, and has a name', async () => {
    await using bot = await serveSmallBot({ configuration })
    const identity = identityFor({ sub: '17', name: 'Ada', picture: 'https://example.com/ada.png' }, identitySecret)
    const [desk, phone] = [await Visitor.at(bot.url, identity), await Visitor.at(bot.url, identity)]
    await desk.say('hello')
    await bot.running.idle()
    expect(said((await phone.history()).messages)).toEqual(said((await desk.history()).messages))
    expect(desk.token).not.toBe(phone.token)
    const [id = ''] = desk.token?.split('.') ?? []
    const { user } = await bot.running.clientOf('webchat').getUser({ id })
    expect(user).toMatchObject({ name: 'Ada', pictureUrl: 'https://example.com/ada.png', tags: { id: 'known:17' } })
    await Visitor.at(bot.url, identityFor({ sub: '17', name: 'Ada L.' }, identitySecret))
    expect((await bot.running.clientOf('webchat').getUser({ id })).user.name).toBe('Ada L.')
  })

  it('can sign out, which ends that session alone', async () => {
    await using bot = await serveSmallBot({ configuration })
    const identity = identityFor({ sub: '17' }, identitySecret)
    const [desk, phone] = [await Visitor.at(bot.url, identity), await Visitor.at(bot.url, identity)]
    expect((await desk.send('DELETE', 'session')).status).toBe(204)
    expect([(await desk.ask('history')).status, (await phone.ask('history')).status]).toEqual([401, 200])
    expect((await desk.send('DELETE', 'session')).status).toBe(401)
  })

  it('has ten sessions at most', async () => {
    await using bot = await serveSmallBot({ configuration })
    const identity = identityFor({ sub: '17' }, identitySecret)
    const all: Visitor[] = []
    for (let count = 0; count < 11; count += 1) all.push(await Visitor.at(bot.url, identity))
    const [oldest, next] = all
    expect([(await oldest?.ask('history'))?.status, (await next?.ask('history'))?.status]).toEqual([401, 200])
  })

  const hour = 3600
  const now = (): number => Math.floor(Date.now() / 1000)
  it.each([
    ['another secret', () => identityFor({ sub: '17' }, `${identitySecret}!`)],
    ['no signature', () => identityFor({ sub: '17' }, identitySecret).replace(/[^.]*$/, '')],
    ['the algorithm none', () => identityFor({ sub: '17' }, identitySecret, { alg: 'none' })],
    ['another algorithm', () => identityFor({ sub: '17' }, identitySecret, { alg: 'HS512' })],
    [
      'changed claims',
      () => identityFor({ sub: '17' }, identitySecret).replace(/\.[^.]*\./, `.${part({ sub: '18' })}.`),
    ],
    ['an end that is over', () => identityFor({ sub: '17', exp: now() - 1 }, identitySecret)],
    ['no end', () => identityFor({ sub: '17', exp: undefined }, identitySecret)],
    ['a beginning that is to come', () => identityFor({ sub: '17', nbf: now() + hour }, identitySecret)],
    ['nobody', () => identityFor({ sub: '' }, identitySecret)],
    ['a fourth part', () => `${identityFor({ sub: '17' }, identitySecret)}.x`],
    ['no form at all', () => 'nonsense'],
    ['a part that is no JSON', () => signed(`${part({ alg: 'HS256' })}.!!!!`)],
  ])('is not believed with %s', async (_, identity) => {
    await using bot = await serveSmallBot({ configuration })
    const response = await fetch(`${bot.url}session`, {
      method: 'POST',
      body: JSON.stringify({ identity: identity() }),
    })
    expect([response.status, await response.json()]).toMatchObject([401, { error: { code: 'identity_invalid' } }])
  })

  it('is not believed where the chat knows no secret', async () => {
    await using bot = await serveSmallBot()
    const body = JSON.stringify({ identity: identityFor({ sub: '17' }, identitySecret) })
    expect((await fetch(`${bot.url}session`, { method: 'POST', body })).status).toBe(401)
  })
})

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const signed = (text: string): string =>
  `${text}.${createHmac('sha256', identitySecret).update(text).digest('base64url')}`

describe('a bot that writes first', () => {
  it('reaches whom the site knows before they have come, in the conversation where they answer', async () => {
    await using bot = await serveSmallBot({ configuration })
    const user = { user: { id: '17' }, name: 'Ada' }
    const { userId } = await bot.actions.getOrCreateUser(user)
    expect(await bot.actions.getOrCreateUser(user)).toEqual({ userId })
    const main = await bot.actions.getOrCreateConversation({ conversation: { userId } })
    const order = await bot.actions.getOrCreateConversation({ conversation: { visitorId: '17', id: 'order-7' } })
    expect(await bot.actions.getOrCreateConversation({ conversation: { userId, id: 'order-7' } })).toEqual(order)
    expect(order).not.toEqual(main)
    await bot.write(order.conversationId, 'Your order is on its way.')
    await bot.running.idle()

    const ada = await Visitor.at(bot.url, identityFor({ sub: '17' }, identitySecret))
    expect(ada.token?.split('.')[0]).toBe(userId)
    const { conversations } = (await (await ada.ask('conversations')).json()) as { conversations: object[] }
    expect(conversations[0]).toMatchObject({
      id: order.conversationId,
      title: 'Your order is on its way.',
      unread: true,
    })
    await ada.say('Thank you', 'm1', order.conversationId)
    expect(said((await ada.history(`?conversation=${order.conversationId}`)).messages)).toContain(
      'bot text {"text":"Your order is on its way."}',
    )
  })

  it('is seen at once by who is there, whatever they have open', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const [userId = ''] = ada.token?.split('.') ?? []
    await using watched = await ada.watch()
    const main = await bot.actions.getOrCreateConversation({ conversation: { userId } })
    await bot.write(main.conversationId, 'Can I help?')
    await expect.poll(() => said(watched.of('message') as never)).toEqual(['bot text {"text":"Can I help?"}'])
    const other = await bot.actions.getOrCreateConversation({ conversation: { userId, id: 'news' } })
    await bot.write(other.conversationId, 'News!')
    await expect.poll(() => watched.of('conversation')).toEqual([other])
  })

  it('is refused where there is nobody', async () => {
    await using bot = await serveSmallBot()
    const refused = { code: 'vendor_refused' }
    await expect(bot.actions.getOrCreateUser({ user: { id: '17' } })).rejects.toMatchObject(refused)
    const ada = await Visitor.at(bot.url)
    const { conversationId } = await ada.say('hello')
    await bot.running.idle()
    const { items } = await bot.running.clientOf('webchat').listMessages({ conversationId })
    const itself = items.find(({ direction }) => direction === 'outgoing')?.userId ?? ''
    for (const conversation of [
      { userId: 'nobody' },
      { userId: itself },
      { visitorId: '17' },
      {},
      { userId: 'nobody', visitorId: '17' },
    ])
      await expect(bot.actions.getOrCreateConversation({ conversation })).rejects.toMatchObject(refused)
  })
})
