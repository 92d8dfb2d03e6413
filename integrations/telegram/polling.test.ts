import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from 'plugboard/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi } from './bot-api.fixture.ts'
import { fromAda, pressed, smallBot } from './small-bot.fixture.ts'

let api: BotApi
beforeEach(async () => {
  api = await BotApi.start()
})
afterEach(() => api[Symbol.asyncDispose]())
const echo = ({ payload }: { payload: Record<string, unknown> }) => [
  { type: 'text', payload: { text: `You said: ${String(payload['text'])}` } },
]
const poller = (options: Partial<Parameters<typeof smallBot>[0]> = {}) =>
  smallBot({ apiUrl: api.url, polling: true, answer: echo, ...options })

describe('a bot that asks Telegram', () => {
  it('takes its webhook away, hears and answers', async () => {
    await using bot = await poller()
    expect(api.called('deleteWebhook')).toEqual([{}])
    expect(api.called('setWebhook')).toEqual([])
    await api.tell(fromAda({ text: 'one' }))
    await api.tell(pressed('stwo', 3))
    await expect.poll(() => api.called('sendMessage')).toHaveLength(2)
    expect(bot.messages.map(({ payload }) => payload)).toEqual([{ text: 'one' }, { text: 'two' }])
    expect(bot.events).toMatchObject([{ type: 'telegram:buttonPressed' }])
  })

  it('goes on after a restart where it was', async () => {
    const store = await sqliteStore(join(await mkdtemp(join(tmpdir(), 'telegram-')), 'bot.sqlite'))
    {
      await using _ = await poller({ start: { store } })
      await api.tell(fromAda({ text: 'one' }), { id: 50 })
      await expect.poll(() => api.called('sendMessage')).toHaveLength(1)
    }
    api.calls.splice(0)
    await using second = await poller({ start: { store } })
    await expect.poll(() => api.called('getUpdates').length).toBeGreaterThan(0)
    expect(api.called('getUpdates')[0]).toMatchObject({ offset: 51, timeout: 30 })
    await api.tell(fromAda({ text: 'two' }), { id: 51 })
    await expect.poll(() => second.messages.map(({ payload }) => payload)).toEqual([{ text: 'two' }])
  })

  it('begins at the beginning with the token of another bot, which numbers its updates otherwise', async () => {
    const store = await sqliteStore(join(await mkdtemp(join(tmpdir(), 'telegram-')), 'bot.sqlite'))
    {
      await using _ = await poller({ start: { store } })
      await api.tell(fromAda({ text: 'one' }), { id: 870_000 })
      await expect.poll(() => api.called('sendMessage')).toHaveLength(1)
    }
    const botToken = '777:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc'
    api.tokens.add(botToken)
    await using second = await poller({ start: { store }, configuration: { botToken } })
    await api.tell(fromAda({ text: 'two' }), { id: 51 })
    await expect.poll(() => second.messages.map(({ payload }) => payload)).toEqual([{ text: 'two' }])
  })

  it('takes an update once, though Telegram gives it again', async () => {
    const again = { update_id: 9, ...fromAda({ text: 'once' }) }
    const twice = JSON.stringify({ ok: true, result: [again, again] })
    const give = (response: { end(body: string): void }): void => response.end(twice)
    api.instead('getUpdates', give, give)
    await using bot = await poller()
    await expect.poll(() => api.called('getUpdates').length).toBeGreaterThan(2)
    await bot.running.idle()
    expect(bot.messages).toHaveLength(1)
  })

  it('tells what no message can hold as it came, and goes on', async () => {
    await using bot = await poller()
    await api.tell(fromAda({ location: { latitude: 1000, longitude: 0 } }))
    await api.tell(fromAda({ text: 'next' }))
    await expect.poll(() => bot.messages.map(({ payload }) => payload)).toEqual([{ text: 'next' }])
    expect(bot.events).toMatchObject([{ type: 'telegram:updateReceived', payload: { kind: 'location' } }])
  })

  it('begins again when the connection breaks, or somebody else asks with the same token', async () => {
    const description = 'Conflict: terminated by other getUpdates request'
    api.instead('getUpdates', (response) => response.destroy(), { error_code: 409, description })
    await using bot = await poller()
    await api.tell(fromAda({ text: 'after' }))
    await expect.poll(() => bot.messages.length, { timeout: 10_000 }).toBe(1)
    expect(bot.log.map((line) => JSON.stringify(line)).join()).toMatch(/vendor_unavailable.*terminated by other/)
  })

  it.each<[string, Parameters<BotApi['instead']>[1], RegExp]>([
    [
      'is told to wait',
      { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } },
      /vendor_rate_limited/,
    ],
    ['is answered by half a JSON', (response) => response.end('{"ok":true,"result":[{"upd'), /vendor_failed/],
    ['is answered by what are no updates', (response) => response.end('{"ok":true,"result":5}'), /vendor_failed/],
    ['is answered by a page', (response) => response.writeHead(502).end('<html>no</html>'), /vendor_unavailable/],
  ])('goes on after it %s, and loses nothing', async (_, answer, logged) => {
    api.instead('getUpdates', answer)
    await using bot = await poller()
    await api.tell(fromAda({ text: 'meanwhile' }))
    await expect.poll(() => bot.messages.length, { timeout: 10_000 }).toBe(1)
    expect(JSON.stringify(bot.log)).toMatch(logged)
  })

  it('stops while a call is held open', async () => {
    const bot = await poller()
    await expect.poll(() => api.called('getUpdates').length).toBe(1)
    await bot[Symbol.asyncDispose]()
    await expect(fetch(bot.url)).rejects.toThrow('fetch failed')
    expect(JSON.stringify(bot.log)).not.toContain('vendor_')
  })
})
