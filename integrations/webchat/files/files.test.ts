import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { serveSmallBot } from '../small-bot.fixture.ts'
import { Visitor } from '../visitor.fixture.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const codeOf = async (response: Response): Promise<unknown[]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
]
const addressIn = ({ payload }: { payload: unknown }): string =>
  Object.entries(payload as object).find(([name]) => name.endsWith('Url'))?.[1] as string

describe('a file of a visitor', () => {
  it.each([
    ['image/png', 'image', 'imageUrl'],
    ['audio/ogg; codecs=opus', 'audio', 'audioUrl'],
    ['video/mp4', 'video', 'videoUrl'],
    ['application/pdf', 'file', 'fileUrl'],
  ])('of the type %s becomes a message of the type %s, and can be had again', async (contentType, type, field) => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const response = await ada.upload(png, contentType, 'my picture’s name.x')
    expect(response.status).toBe(202)
    await bot.running.idle()
    const [message] = (await ada.history()).messages
    expect(message).toMatchObject({ from: 'visitor', type, payload: { title: 'my picture’s name.x' } })
    const address = (message?.payload as Record<string, string> | undefined)?.[field] ?? ''
    expect(address).toMatch(/^files\/[\w-]{36}$/)
    const file = await ada.ask(address)
    expect(Buffer.from(await file.arrayBuffer())).toEqual(png)
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': type === 'file' ? 'application/octet-stream' : contentType.split(';')[0],
      'content-disposition': `${type === 'file' ? 'attachment' : 'inline'}; filename*=UTF-8''my%20picture%E2%80%99s%20name.x`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
  })

  it('is the bot’s to read, by the key in the tags of its message', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    await ada.upload('hello', 'text/plain', '../up\\to/date.txt')
    await bot.running.idle()
    const { conversationId } = await ada.history()
    const client = bot.running.clientOf('webchat')
    const { items } = await client.listMessages({ conversationId: conversationId ?? '' })
    const [{ payload, tags } = { payload: {}, tags: {} as Record<string, string> }] = items
    expect(payload).toEqual({
      fileUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/webchat\/files\/[\w-]{36}$/),
      title: '.._up_to_date.txt',
    })
    const { content } = await client.readFile({ key: tags['fileKey'] ?? '' })
    expect(new TextDecoder().decode(content)).toBe('hello')
  })

  it('is taken once, however often it is sent', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const path = 'files?name=a&clientMessageId=same'
    const send = () => ada.ask(path, { method: 'POST', body: 'hello', headers: { 'content-type': 'text/plain' } })
    expect([(await send()).status, (await send()).status]).toEqual([202, 200])
    await bot.running.idle()
    expect((await ada.history()).messages.filter(({ from }) => from === 'visitor')).toHaveLength(1)
  })

  it('is not shown to another visitor, nor to nobody', async () => {
    await using bot = await serveSmallBot()
    const [ada, eve] = [await Visitor.at(bot.url), await Visitor.at(bot.url)]
    await ada.upload(png, 'image/png')
    await bot.running.idle()
    const address = addressIn((await ada.history()).messages[0]!)
    const nowhere = address.replace(/[\da-f]{12}$/, '000000000000')
    expect(await codeOf(await eve.ask(address))).toEqual([404, 'file_unknown'])
    expect(await (await eve.ask(address)).text()).toBe(await (await eve.ask(nowhere)).text())
    expect(await codeOf(await fetch(`${bot.url}${address}`))).toEqual([401, 'session_invalid'])
    expect(await codeOf(await ada.ask('files/..%2Fsecret'))).toEqual([404, 'not_found'])
  })

  it.each([
    ['image/svg+xml', '<svg onload="alert(1)"/>'],
    ['text/html', '<script>alert(1)</script>'],
  ])('of the type %s, where it is taken, is saved and never run', async (type, content) => {
    await using bot = await serveSmallBot({ configuration: { uploadTypes: ['image/*', 'text/*'] } })
    const ada = await Visitor.at(bot.url)
    await ada.upload(content, type)
    await bot.running.idle()
    const { headers } = await ada.ask(addressIn((await ada.history()).messages[0]!))
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      'application/octet-stream',
      "attachment; filename*=UTF-8''a.bin",
    ])
  })

  it.each(['text/html', 'application/x-msdownload', 'imagery/png'])('of the type %s is not taken', async (type) => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    expect(await codeOf(await ada.upload(Buffer.from('a'), type))).toEqual([415, 'file_type_refused'])
  })

  it.each(['image', 'image/', 'image/png\u00e9', 'image/p ng', ''])(
    'of what is no type, "%s", is not taken',
    async (type) => {
      await using bot = await serveSmallBot()
      const ada = await Visitor.at(bot.url)
      expect((await ada.upload(Buffer.from('a'), type)).status).toBe(415)
    },
  )

  it.each([
    ['no name', 'files?clientMessageId=a'],
    ['no id', 'files?name=a'],
    ['something else', 'files?name=a&clientMessageId=a&user=b'],
  ])('with %s is not taken', async (_, path) => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const headers = { 'content-type': 'text/plain' }
    expect(await codeOf(await ada.ask(path, { method: 'POST', body: 'a', headers }))).toEqual([400, 'request_invalid'])
  })

  it('is not taken where it is empty, or where no files are', async () => {
    await using bot = await serveSmallBot({ configuration: { uploadTypes: [] } })
    const ada = await Visitor.at(bot.url)
    expect(await codeOf(await ada.upload('a', 'text/plain'))).toEqual([415, 'file_type_refused'])
    await using other = await serveSmallBot()
    const bob = await Visitor.at(other.url)
    expect(await codeOf(await bob.upload('', 'text/plain'))).toEqual([400, 'request_invalid'])
  })

  it('may be larger than what the server takes otherwise, up to the limit of the chat', async () => {
    await using bot = await serveSmallBot({ configuration: { uploadLimit: 3_000_000 } })
    const ada = await Visitor.at(bot.url)
    expect((await ada.upload(new Uint8Array(3_000_000), 'image/png')).status).toBe(202)
    expect(await codeOf(await ada.upload(new Uint8Array(3_000_001), 'image/png'))).toEqual([413, 'body_too_large'])
  })

  it('is not larger than what was set for the server, and what the bot stores', async () => {
    await using bot = await serveSmallBot({ serve: { bodyLimit: 100_000 }, start: { fileLimit: 80_000 } })
    const ada = await Visitor.at(bot.url)
    expect(await codeOf(await ada.upload(new Uint8Array(100_001), 'image/png'))).toEqual([413, 'body_too_large'])
    expect(await codeOf(await ada.upload(new Uint8Array(80_001), 'image/png'))).toEqual([413, 'body_too_large'])
    expect((await ada.upload(new Uint8Array(80_000), 'image/png')).status).toBe(202)
  })

  it('that is too large is refused before it has come', async () => {
    await using bot = await serveSmallBot()
    const url = new URL(`${bot.url}files?name=a&clientMessageId=a`)
    const headers = { 'content-type': 'image/png', 'content-length': '5242881' }
    const answer = await new Promise<unknown[]>((resolve, reject) => {
      const asking = request(url, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve([response.statusCode, response.headers['connection']])
      })
      asking.on('error', reject)
      // No more of it is ever sent.
      asking.write('a')
    })
    expect(answer).toEqual([413, 'close'])
  })
})

describe('a file of the bot', () => {
  it('is shown to the visitor with whom it was shared, as it was then', async () => {
    await using bot = await serveSmallBot()
    const [ada, eve] = [await Visitor.at(bot.url), await Visitor.at(bot.url)]
    const { conversationId } = await ada.say('hello')
    await bot.running.idle()
    const client = bot.running.clientOf('webchat')
    await client.uploadFile({ key: 'reports/may.pdf', content: 'the report', contentType: 'application/pdf' })
    const { url } = await bot.actions.shareFile({ conversationId, key: 'reports/may.pdf' })
    await client.uploadFile({ key: 'reports/may.pdf', content: 'another', contentType: 'application/pdf' })
    const address = /files\/[\w-]{36}$/.exec(url)?.[0] ?? ''
    const file = await ada.ask(address)
    expect([await file.text(), file.headers.get('content-disposition')]).toEqual([
      'the report',
      "attachment; filename*=UTF-8''may.pdf",
    ])
    expect((await eve.ask(address)).status).toBe(404)
  })

  it('that there is not, and a conversation that there is not, are refused', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const { conversationId } = await ada.say('hello')
    const missing = bot.actions.shareFile({ conversationId, key: 'nothing' })
    await expect(missing).rejects.toMatchObject({ code: 'file_unknown' })
    const nowhere = bot.actions.shareFile({ conversationId: 'nowhere', key: 'nothing' })
    await expect(nowhere).rejects.toMatchObject({ code: 'vendor_refused' })
  })
})
