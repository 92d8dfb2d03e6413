import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import s3 from '@plugboard/s3'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { bucket, BucketServer } from './bucket-server.fixture.ts'
import { bytesOf, clerk } from './clerk.fixture.ts'
import { access, region } from './signature.fixture.ts'

let server: BucketServer
beforeAll(async () => {
  server = await BucketServer.start()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(() => {
  server.objects.clear()
  server.asked.length = 0
  server.encodes = true
  server.forget()
})

const content = new TextEncoder().encode('by the bot')
const refused = { code: 'vendor_refused', retryable: false }
const mebibyte = 1_048_576
/** How often an operation was asked for. */
const count = (operation: string): number => server.asked.filter((asked) => asked.operation === operation).length

describe('a prefix', () => {
  it('stands before every key, and nothing else is seen or touched', async () => {
    server.put('mine', 'of another program')
    server.put('bots/other', 'of another bot')
    server.put('bots/clerkish', 'of another bot')
    await using bot = await clerk(server, { prefix: 'bots/clerk' })
    const { file } = await bot.actions.putFile({ key: 'a/mine', content })
    expect(file).toMatchObject({ id: 'a/mine', key: 'a/mine', name: 'mine', size: 10 })
    expect([...server.objects.keys()]).toEqual(['mine', 'bots/other', 'bots/clerkish', 'bots/clerk/a/mine'])
    expect((await bot.actions.listFiles({})).files.map(({ key }) => key)).toEqual(['a/mine'])
    expect((await bot.actions.listItemsInFolder({})).folders).toEqual([{ id: 'a', name: 'a' }])
    await expect(bot.actions.readItem({ id: 'mine' })).rejects.toMatchObject(refused)
    await bot.actions.deleteFile({ key: 'mine' })
    expect(server.objects.has('mine')).toBe(true)
  })

  it.each(['/a', 'a/', 'a/../b', 'a//b'])('that is none is refused: %j', async (prefix) => {
    await using bot = await clerk(server, { prefix })
    await expect(bot.actions.listItems({})).rejects.toMatchObject({ code: 'installation_inactive' })
  })
})

it.each(['../outside', 'a/../../outside', '/a', '.', '', 'a//b', 'a\\b', 'a\u0000b', 'half \ud83c'])(
  'an id that is no key is that of nothing, and S3 is not asked: %j',
  async (id) => {
    await using bot = await clerk(server)
    server.asked.length = 0
    const file = { id, key: id, name: 'x', size: 7, contentHash: 'x' }
    await expect(bot.actions.readItem({ id })).rejects.toMatchObject(refused)
    await expect(bot.actions.readFile({ file }).output()).rejects.toMatchObject(refused)
    await bot.actions.deleteItem({ item: file })
    await expect(bot.actions.listItemsInFolder({ folder: { id, name: '' } })).rejects.toMatchObject(refused)
    expect(server.asked).toEqual([])
  },
)

it.each([true, false])('what others stored under names that are no keys is left out (encoded: %s)', async (encodes) => {
  server.encodes = encodes
  for (const key of ['/leading', 'a//b', 'a/../b', 'folder/', 'back\\slash', 'tab\tbed']) server.put(key, 'odd')
  for (const key of ['a/b c+d', 'ü/日本.txt', 'z&<"']) server.put(key, 'fine')
  await using bot = await clerk(server)
  const met: string[] = []
  let cursor: string | undefined
  do {
    const page = await bot.actions.listItems({ cursor, limit: 2 })
    met.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(met).toEqual(['a/b c+d', 'z&<"', 'ü/日本.txt'])
  const top = await bot.actions.listItemsInFolder({})
  expect(top.folders.map(({ id }) => id)).toEqual(['a', 'folder', 'ü'])
  // The object that the console makes for a folder makes it be there.
  const folder = top.folders.find(({ id }) => id === 'folder')
  expect(await bot.actions.listItemsInFolder({ folder })).toEqual({ files: [], folders: [] })
})

it('asks for no list by a cursor of another one', async () => {
  for (const key of ['a/1', 'a/2', 'b/1']) server.put(key, key)
  await using bot = await clerk(server)
  const { nextCursor: cursor } = await bot.actions.listFiles({ prefix: 'a/', limit: 1 })
  expect(cursor).toBeTypeOf('string')
  server.asked.length = 0
  for (const prefix of ['b/', undefined])
    await expect(bot.actions.listFiles({ prefix, cursor })).rejects.toMatchObject({
      ...refused,
      where: { path: 'cursor' },
    })
  expect(server.asked).toEqual([])
})

describe('what is longer than a part', () => {
  /** Pieces of 700,000 bytes, each of another byte. */
  async function* pieces(size: number) {
    for (let at = 0, turn = 0; at < size; at += 700_000, turn += 1)
      yield new Uint8Array(Math.min(700_000, size - at)).fill(turn)
  }
  const collected = async (size: number) => {
    const all: Uint8Array[] = []
    for await (const piece of pieces(size)) all.push(piece)
    return Buffer.concat(all)
  }

  it('goes up in parts of one size, and comes out as it went in', async () => {
    await using bot = await clerk(server, { partSize: 5 })
    const size = 21 * mebibyte
    const { file } = await bot.actions.putFile({ key: 'long', content: () => pieces(size), contentType: 'text/plain' })
    const parts = server.asked.filter(({ operation }) => operation === 'UploadPart')
    const sizes = parts.toSorted((one, other) => number(one) - number(other)).map(({ body }) => body.length / mebibyte)
    expect(sizes).toEqual([5, 5, 5, 5, 1])
    expect(file).toMatchObject({ key: 'long', size, contentType: 'text/plain' })
    expect(file.contentHash).toMatch(/-5$/)
    expect(server.objects.get('long')?.type).toBe('text/plain')
    expect(Buffer.compare(await bytesOf(bot, 'long'), await collected(size))).toBe(0)
    expect(server.uploads.size).toBe(0)
  })
  const number = ({ query }: { query: URLSearchParams }): number => Number(query.get('partNumber'))

  it.each([
    [5 * mebibyte, 1, 0],
    [5 * mebibyte + 1, 0, 2],
    [10 * mebibyte, 0, 2],
  ])('begins at more than one: %i bytes are %i put and %i parts', async (size, puts, parts) => {
    await using bot = await clerk(server, { partSize: 5 })
    await bot.actions.putFile({ key: 'even', content: new Uint8Array(size) })
    expect([count('PutObject'), count('UploadPart')]).toEqual([puts, parts])
    expect(server.objects.get('even')?.body.length).toBe(size)
  })

  it('is forgotten when its content breaks off', async () => {
    await using bot = await clerk(server, { partSize: 5 })
    async function* breaking() {
      yield* pieces(12 * mebibyte)
      throw new Error('the source is gone')
    }
    await expect(bot.actions.putFile({ key: 'long', content: breaking })).rejects.toMatchObject({
      ...refused,
      message: 'the content broke off: the source is gone',
      where: { path: 'content' },
    })
    expect([count('CreateMultipartUpload'), count('AbortMultipartUpload')]).toEqual([1, 1])
    expect([server.uploads.size, server.objects.size]).toEqual([0, 0])
  })

  it('is forgotten when a part is refused, and the others are not sent', async () => {
    await using bot = await clerk(server, { partSize: 5 })
    server.instead('UploadPart', (response) => response.destroy())
    const put = bot.actions.putFile({ key: 'long', content: () => pieces(60 * mebibyte) })
    await expect(put).rejects.toMatchObject({ code: 'vendor_unavailable', retryable: true })
    expect(count('UploadPart')).toBeLessThan(12)
    expect([server.uploads.size, server.objects.size]).toEqual([0, 0])
  })

  it('is forgotten when it is aborted, though its content gives nothing any more', async () => {
    await using bot = await clerk(server, { partSize: 5 })
    const control = new AbortController()
    async function* stuck() {
      yield* pieces(12 * mebibyte)
      control.abort()
      await new Promise(() => {})
    }
    const put = bot.actions.putFile({ key: 'long', content: stuck }, { signal: control.signal })
    await expect(put).rejects.toMatchObject({ code: 'aborted' })
    await vi.waitFor(() => expect(count('AbortMultipartUpload')).toBe(1))
    expect([server.uploads.size, server.objects.size]).toEqual([0, 0])
  })
})

describe('a signed URL', () => {
  it('is good for whole seconds, and says until when', async () => {
    server.put('a', 'for anyone')
    await using bot = await clerk(server)
    const before = Math.floor(Date.now() / 1000) * 1000
    const { url, expiresAt } = await bot.actions.createSignedUrl({ key: 'a', expiresIn: 90_999 })
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('90')
    const lasts = Date.parse(expiresAt) - before
    expect(lasts % 1000).toBe(0)
    expect(lasts).toBeGreaterThanOrEqual(90_000)
    expect(await (await fetch(url)).text()).toBe('for anyone')
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403)
  })

  it('is for fifteen minutes where nobody says, for a week at most and a second at least', async () => {
    server.put('a', 'for anyone')
    await using bot = await clerk(server)
    const { createSignedUrl } = bot.actions
    expect(new URL((await createSignedUrl({ key: 'a' })).url).searchParams.get('X-Amz-Expires')).toBe('900')
    const week = await createSignedUrl({ key: 'a', expiresIn: 604_800_000 })
    expect(new URL(week.url).searchParams.get('X-Amz-Expires')).toBe('604800')
    for (const expiresIn of [604_800_001, 999])
      await expect(createSignedUrl({ key: 'a', expiresIn })).rejects.toMatchObject({ code: 'input_invalid' })
  })
})

it('tells of what it deletes, and not of what was not there', async () => {
  server.put('a', 'a')
  await using bot = await clerk(server)
  await bot.actions.deleteFile({ key: 'a' })
  await bot.actions.deleteFile({ key: 'a' })
  await bot.running.idle()
  expect(bot.deleted).toEqual(['a'])
  expect(count('DeleteObject')).toBe(1)
})

it('keeps the media type, and refuses one that no header can carry', async () => {
  await using bot = await clerk(server)
  const { putFile, readItem, transferFile } = bot.actions
  const { file } = await putFile({ key: 'page', content, contentType: 'text/html; charset=utf-8' })
  expect(await readItem({ id: 'page' })).toEqual({ item: { ...file, updatedAt: expect.any(String) as string } })
  await transferFile({ file, fileKey: 'copy' })
  const { file: copy } = await bot.running.clientOf('files').getFile({ key: 'copy' })
  expect(copy).toMatchObject({ contentType: 'text/html; charset=utf-8', size: 10 })
  for (const contentType of ['text/plain\r\nx-evil: 1', 'ütf', ''])
    await expect(putFile({ key: 'page', content, contentType })).rejects.toMatchObject({
      ...refused,
      where: { path: 'contentType' },
    })
})

describe('credentials of the surroundings', () => {
  const start = async (more: object = {}) =>
    startBot(
      new BotDefinition({ name: 'clerk' }).addIntegration(s3, {
        alias: 'files',
        configurationType: 'surroundings',
        configuration: { bucket, region, endpoint: server.url, forcePathStyle: true, ...more },
      }),
      { environment: {}, log: () => {} },
    )
  beforeEach(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'])
      vi.stubEnv(name, undefined)
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere')
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere')
  })

  it('are taken from the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', access.accessKeyId)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', access.secretAccessKey)
    await using bot = await start()
    expect(await bot.actions.files.listItems({})).toEqual({ items: [] })
  })

  it('are taken from the profile that is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plugboard-s3-'))
    const path = join(folder, 'credentials')
    const { accessKeyId, secretAccessKey } = access
    await writeFile(path, `[clerk]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`)
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path)
    await using bot = await start({ profile: 'clerk' })
    expect(await bot.actions.files.listItems({})).toEqual({ items: [] })
    await rm(folder, { recursive: true })
  })

  it('that are not there are told as such', async () => {
    await using bot = await start()
    await expect(bot.actions.files.listItems({})).rejects.toMatchObject({
      code: 'registration_failed',
      message: expect.stringContaining('[vendor_unauthorized]') as string,
    })
  })
})

it('closes its connections when the bot stops', async () => {
  await using own = await BucketServer.start()
  const bot = await clerk(own)
  await bot.actions.listItems({})
  expect(await own.connections()).toBe(1)
  await bot.running.stop()
  await vi.waitFor(async () => expect(await own.connections()).toBe(0))
})

it('demands a bucket, and a part of 5 MiB at least', async () => {
  for (const more of [{ bucket: undefined }, { partSize: 4 }, { endpoint: 'ftp://a.test' }]) {
    await using bot = await clerk(server, more)
    await expect(bot.actions.listItems({})).rejects.toMatchObject({ code: 'installation_inactive' })
  }
})

it('has the icon and the read-me where the definition says', async () => {
  for (const path of [s3.icon, s3.readme])
    expect((await stat(new URL(String(path), import.meta.url))).isFile()).toBe(true)
})
