import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi, token } from './bot-api.fixture.ts'
import { fromAda, type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot
beforeEach(async () => {
  api = await BotApi.start()
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const start = async (options: Partial<Parameters<typeof smallBot>[0]> = {}) => {
  bot = await smallBot({ apiUrl: api.url, ...options })
}
/** Tells the bot, and gives what it heard. */
async function heard(...updates: readonly object[]) {
  for (const update of updates) expect(await api.tell(update)).toBe(200)
  await bot.running.idle()
  return bot.messages.map(({ type, payload, tags }) => ({ type, payload, tags }))
}
const file = (id: string, more: object = {}) => ({ file_id: id, file_unique_id: `u${id}`, file_size: 5, ...more })

describe('a file', () => {
  const document = (id: string, more: object = {}) =>
    fromAda({ document: file(id, { file_name: 'a.html', mime_type: 'text/html', ...more }) })

  it('is kept among those of the bot, and given to whoever has its address', async () => {
    api.files.set('A', { path: 'documents/file 1.html', content: '<script>' })
    await start()
    const [message] = await heard(document('A'), document('A'))
    const key = String(message?.tags['fileKey'])
    const { content, file: kept } = await bot.running.clientOf('telegram').readFile({ key })
    expect([new TextDecoder().decode(content), kept.contentType]).toEqual(['<script>', 'text/html'])
    expect(api.called('file documents/file 1.html')).toHaveLength(1)
    const response = await fetch(String(message?.payload['fileUrl']))
    expect([response.status, await response.text()]).toEqual([200, '<script>'])
    // Nothing that somebody sent runs under the address of the bot.
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a.html")
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('has an address that cannot be changed to that of another one', async () => {
    api.files.set('A', { path: 'a', content: 'a' })
    await start()
    const [message] = await heard(document('A'))
    const url = String(message?.payload['fileUrl'])
    expect(url).not.toContain(token)
    const forged = [
      url.replace('/A/', '/B/'),
      url.replace('=uA', '=uB'),
      url.replace('text%2Fhtml', 'image%2Fpng'),
      url.replace(/files\/\w/, 'files/g'),
    ]
    for (const address of forged) expect((await fetch(address)).status).toBe(401)
  })

  it('that is too large for the bot is read from Telegram when it is asked for', async () => {
    api.files.set('A', { path: 'a', content: 'x'.repeat(2000) })
    await start({ start: { fileLimit: 1000 } })
    const [message] = await heard(document('A'))
    expect(message?.tags).not.toHaveProperty('fileKey')
    expect(await (await fetch(String(message?.payload['fileUrl']))).text()).toBe('x'.repeat(2000))
  })

  it('that is too large for Telegram to give comes with its message, and is not there', async () => {
    api.files.set('A', { path: 'a', content: '', size: 30_000_000 })
    await start()
    const [message] = await heard(document('A'))
    expect((await fetch(String(message?.payload['fileUrl']))).status).toBe(404)
  })

  it('is not kept where that is not wanted', async () => {
    api.files.set('A', { path: 'a', content: 'a' })
    await start({ configuration: { keepFiles: false } })
    const [message] = await heard(document('A'))
    expect(message?.tags).not.toHaveProperty('fileKey')
    expect(api.called('getFile')).toEqual([])
    expect(await (await fetch(String(message?.payload['fileUrl']))).text()).toBe('a')
  })

  it('that Telegram does not give now is asked for again, and holds up nobody if it does not come', async () => {
    for (const id of ['A', 'B']) api.files.set(id, { path: id, content: id })
    const breaks = (response: ServerResponse): void => void response.destroy()
    api.instead('getFile', breaks)
    await start()
    await heard(document('A'))
    api.instead('getFile', breaks, breaks, breaks)
    const [first, second] = await heard(document('B'))
    expect([first?.tags['fileKey'], second?.tags['fileKey']]).toEqual(['telegram/uA', undefined])
    expect(await (await fetch(String(second?.payload['fileUrl']))).text()).toBe('B')
    expect(bot.log.map(({ message }) => message).join()).toContain('its message comes without a copy')
  })
})
