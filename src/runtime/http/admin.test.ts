import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation } from 'plugboard'
import { fetchHandler, startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { gate, speaker, webhook } from '../bot/speech.fixture.ts'
import { systemClock } from '../memory/system-clock.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { adminRoutes } from './admin-routes.ts'

type Json = Record<string, never> & { readonly items: readonly Record<string, string>[]; readonly nextCursor?: string }

/** A bot with three conversations, in the last of which every message fails until it is mended. */
async function start() {
  let broken = true
  const bot = new BotImplementation(new BotDefinition({ name: 'echo' }).addIntegration(speaker('one')), {})
  bot.on.message('text', async ({ message, client }) => {
    if (broken && message.payload.text === 'bad') throw new Error('broken')
    const { conversationId } = message
    await client.createMessage({ conversationId, type: 'text', payload: { text: `${message.payload.text}!` } })
  })
  const running = await startBot(bot, { log: () => {}, environment: {}, retries: { attempts: 1 }, traces: true })
  const handler = fetchHandler(() => running, { adminToken: 'the-token-of-tests' })
  for (const [room, text] of [
    ['a', '1'],
    ['b', '2'],
    ['c', 'bad'],
  ] as const)
    await running.receive('one', webhook({ room, text }))
  await running.idle()
  return {
    running,
    mend: () => {
      broken = false
    },
    ask: async (path: string, init: RequestInit = {}): Promise<{ status: number; body: Json }> => {
      const headers = { authorization: 'Bearer the-token-of-tests' }
      const response = await handler(new Request(`http://host${path}`, { headers, ...init }))
      const text = await response.text()
      return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Json }
    },
  }
}
let bot: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  bot = await start()
})
afterAll(async () => {
  await bot.running.stop()
})

describe('the admin endpoints', () => {
  it.each(adminRoutes.map(({ method, path }) => [method, path] as const))(
    '%s /admin/%s needs the token',
    async (method, path) => {
      for (const headers of [
        {},
        { authorization: 'Bearer other' },
        { authorization: 'the-token-of-tests' },
      ] as HeadersInit[])
        expect(await bot.ask(`/admin/${path}`, { method, headers })).toMatchObject({
          status: 401,
          body: { error: { code: 'admin_unauthorized' } },
        })
    },
  )

  it('lists conversations page by page, the last first, by installation and channel', async () => {
    const first = (await bot.ask('/admin/conversations?limit=2')).body
    expect(first.items).toMatchObject([{ tags: { room: 'c' } }, { tags: { room: 'b' } }])
    const second = (await bot.ask(`/admin/conversations?limit=2&cursor=${first.nextCursor}`)).body
    expect(second).toMatchObject({ items: [{ tags: { room: 'a' }, integration: 'one', channel: 'chat' }] })
    expect(second.nextCursor).toBeUndefined()
    expect((await bot.ask('/admin/conversations?integration=one&channel=dm')).body.items).toEqual([])
    expect((await bot.ask('/admin/conversations?integration=two')).body.items).toEqual([])
    const [conversation] = second.items
    expect((await bot.ask(`/admin/conversations/${conversation?.['id']}`)).body).toEqual({ conversation })
  })

  it('reads the messages of a conversation, the last first, and who wrote them', async () => {
    const [, , { id } = {}] = (await bot.ask('/admin/conversations')).body.items
    const first = (await bot.ask(`/admin/conversations/${id}/messages?limit=1`)).body
    expect(first.items).toMatchObject([{ direction: 'outgoing', payload: { text: '1!' } }])
    const second = (await bot.ask(`/admin/conversations/${id}/messages?limit=1&cursor=${first.nextCursor}`)).body
    expect(second.items).toMatchObject([{ direction: 'incoming', payload: { text: '1' } }])
    expect((await bot.ask(`/admin/users/${second.items[0]?.['userId']}`)).body).toMatchObject({
      user: { tags: { id: 'ada' } },
    })
  })

  it('lists traces, also of one conversation', async () => {
    expect((await bot.ask('/admin/traces')).body.items).toHaveLength(3)
    const [{ id } = {}] = (await bot.ask('/admin/conversations')).body.items
    expect((await bot.ask(`/admin/traces?conversation=${id}&limit=5`)).body.items).toMatchObject([
      { failed: true, spans: expect.any(Array) },
    ])
  })

  it('lists dead letters, and tries one again', async () => {
    const { items } = (await bot.ask('/admin/dead-letters?limit=1')).body
    expect(items).toMatchObject([{ code: 'handler_failed', message: 'broken' }])
    bot.mend()
    const retry = `/admin/dead-letters/${items[0]?.['id']}/retry`
    expect((await bot.ask(retry, { method: 'POST' })).status).toBe(204)
    await bot.running.idle()
    expect((await bot.ask('/admin/dead-letters')).body.items).toEqual([])
    expect(await bot.ask(retry, { method: 'POST' })).toMatchObject({
      status: 404,
      body: { error: { code: 'dead_letter_unknown' } },
    })
  })

  it.each([
    ['GET', '/admin/conversations?limit=0', 400],
    ['GET', '/admin/conversations?limit=1000', 400],
    ['GET', '/admin/conversations?limit=-1', 400],
    ['GET', '/admin/conversations?cursor=a%20b', 400],
    ['GET', '/admin/conversations?cursor=abc', 400],
    ['GET', '/admin/dead-letters?cursor=abc', 400],
    ['GET', '/admin/traces?cursor=abc', 400],
    ['GET', '/admin/conversations?integration=%00', 400],
    ['GET', '/admin/conversations/x/messages?cursor=abc', 400],
    ['GET', '/admin/conversations/x', 404],
    ['GET', '/admin/conversations/%00', 404],
    ['GET', '/admin/conversations//messages', 404],
    ['GET', '/admin/users/x', 404],
    ['POST', '/admin/conversations', 404],
    ['POST', '/admin/dead-letters/%00/retry', 404],
    ['GET', '/admin/constructor', 404],
    ['GET', '/admin', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    const answer = await bot.ask(path, { method })
    expect(answer).toMatchObject({ status, body: { error: { message: expect.any(String) } } })
  })
})

describe('a bot that cannot work', () => {
  const readyOf = async (running: Awaited<ReturnType<typeof startBot>>) => {
    const response = await fetchHandler(() => running)(new Request('http://host/ready'))
    return { status: response.status, body: (await response.json()) as unknown }
  }

  it('is not ready while its store does not answer', async () => {
    const store = memoryStore(systemClock)
    const { opened, open } = gate()
    const looks: (() => Promise<never>)[] = [
      () => Promise.reject(new Error('no disk')),
      () => opened.then(() => Promise.reject(new Error('late'))),
    ]
    let look: (() => Promise<never>) | undefined
    const failing = { ...store, lookAhead: () => look?.() ?? store.lookAhead() }
    await using running = await startBot(new BotDefinition({ name: 'echo' }), { log: () => {}, store: failing })
    const [ready, not] = [200, 503].map((status, index) => ({
      status,
      body: { status: ['ready', 'failing'][index], bot: 'echo', store: index === 0, worker: true },
    }))
    expect(await readyOf(running)).toEqual(ready)
    for (look of looks) expect(await readyOf(running)).toEqual(not)
    open()
  })

  it('is not ready when others have reason to take it for dead', async () => {
    const clock = new VirtualClock()
    const store = memoryStore(clock)
    let beats = true
    const failing = {
      ...store,
      beat: (...given: [string, number]) => (beats ? store.beat(...given) : Promise.reject(new Error('no'))),
    }
    await using running = await startBot(new BotDefinition({ name: 'echo' }), {
      log: () => {},
      store: failing,
      clock,
      lease: 9000,
    })
    await clock.advance(20_000)
    expect(await readyOf(running)).toMatchObject({ status: 200 })
    beats = false
    await clock.advance(20_000)
    expect(await readyOf(running)).toMatchObject({ status: 503, body: { store: true, worker: false } })
    await running.stop()
  })
})
