import { describe, expect, it } from 'vitest'
import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const quiet = { log: () => {}, environment: {} }
type Client = {
  uploadFile(file: object): Promise<{ file: { id: string; key: string } }>
  getFile(file: object): Promise<{ file: object }>
  readFile(file: object): Promise<{ file: object; content: Uint8Array }>
  listFiles(filter?: object): Promise<{ items: readonly { key: string }[]; nextCursor?: string }>
  deleteFile(file: object): Promise<void>
}

/** A plugin whose action does what a test says. */
function plugin<const TName extends string>(name: TName) {
  const definition = new PluginDefinition({
    name,
    actions: {
      act: {
        input: { schema: z.object({ on: z.custom<(client: Client) => unknown>() }) },
        output: { schema: z.object({ result: z.unknown() }) },
      },
    },
  })
  return definition.implementedBy(async () => ({
    default: new PluginImplementation(definition, {
      actions: { act: async ({ input, client }) => ({ result: await input.on(client) }) },
    }),
  }))
}

/** An integration whose webhook uploads its body, and fails if that says so. */
const dropbox = new IntegrationDefinition({ name: 'dropbox' })
const installable = dropbox.implementedBy(async () => ({
  default: new IntegrationImplementation(dropbox, {
    handler: async ({ req, client }) => {
      await client.uploadFile({ key: req.query, content: req.rawBody, contentType: 'image/png' })
      const { content } = await client.readFile({ key: req.query })
      if (Buffer.from(content).equals(Buffer.from('fail'))) throw new Error('no')
      return { status: 201 }
    },
  }),
}))
const request = (key: string, text: string) => ({
  method: 'POST',
  path: '/webhook',
  query: key,
  headers: {},
  body: text,
  rawBody: Buffer.from(text),
  signal: new AbortController().signal,
})

async function start(options: StartOptions = {}) {
  const bot = new BotDefinition().addPlugin(plugin('one')).addPlugin(plugin('two')).addIntegration(installable)
  const running = await startBot(bot, { ...quiet, ...options })
  const act = async (on: (own: Client) => unknown) => (await running.actions.one.act({ on })).result as never
  return Object.assign(running, {
    act,
    other: async (on: (own: Client) => unknown) => (await running.actions.two.act({ on })).result as never,
    keys: async () => (await act(async (client) => (await client.listFiles()).items.map(({ key }) => key))) as string[],
  })
}
const textOf = async (client: Client, key: string): Promise<string> =>
  Buffer.from((await client.readFile({ key })).content).toString()

describe('a file', () => {
  it('is read as it was uploaded, by its author at once and by all when the handler has ended', async () => {
    await using bot = await start()
    const bytes = Uint8Array.from({ length: 2_500_000 }, (_, index) => index % 251)
    await bot.act(async (client) => {
      const { file } = await client.uploadFile({ key: 'big', content: bytes, tags: { of: 'test', none: undefined } })
      const facts = { key: 'big', size: bytes.length, contentType: 'application/octet-stream', tags: { of: 'test' } }
      expect(file).toMatchObject(facts)
      expect(await client.getFile({ key: 'big' })).toEqual({ file })
      expect(Buffer.compare((await client.readFile({ key: 'big' })).content, bytes)).toBe(0)
      expect((await client.listFiles()).items).toEqual([])
    })
    await bot.other(async (client) => {
      const { content, file } = await client.readFile({ key: 'big' })
      expect(Buffer.compare(content, bytes)).toBe(0)
      expect((await client.listFiles({ tags: { of: 'test' }, prefix: 'b' })).items).toEqual([file])
    })
  })

  it('is text in UTF-8 where it was given as text, and keeps its id when it is uploaded again', async () => {
    await using bot = await start()
    const { file } = await bot.act((client) => client.uploadFile({ key: 'note', content: 'grüße 😀' }))
    expect(file).toMatchObject({ size: 12, contentType: 'text/plain; charset=utf-8' })
    await bot.act(async (client) => {
      expect(await textOf(client, 'note')).toBe('grüße 😀')
      const again = await client.uploadFile({ key: 'note', content: '', contentType: 'text/x' })
      expect(again.file).toMatchObject({ id: (file as { id: string }).id, size: 0, contentType: 'text/x' })
      expect(await textOf(client, 'note')).toBe('')
    })
    expect(await bot.act((client) => textOf(client, 'note'))).toBe('')
  })

  it('is gone at once for who deleted it, and for all when the handler has ended', async () => {
    await using bot = await start()
    await bot.act((client) => client.uploadFile({ key: 'a', content: 'x' }))
    const unknown = { code: 'file_unknown' }
    await bot.act(async (client) => {
      await client.deleteFile({ key: 'a' })
      await expect(client.readFile({ key: 'a' })).rejects.toMatchObject(unknown)
      await bot.other((others) => others.getFile({ key: 'a' }))
    })
    await expect(bot.other((client) => client.getFile({ key: 'a' }))).rejects.toMatchObject(unknown)
    await bot.act((client) => client.deleteFile({ key: 'a' }))
    await expect(bot.act((client) => client.getFile({}))).rejects.toMatchObject(unknown)
  })

  it('is not there if the handler that uploaded it failed', async () => {
    await using bot = await start()
    const failing = bot.act(async (client) => {
      await client.uploadFile({ key: 'a', content: 'x' })
      throw new Error('no')
    })
    await expect(failing).rejects.toMatchObject({ code: 'handler_failed' })
    expect(await bot.keys()).toEqual([])
    expect((await bot.receive('dropbox', request('bad', 'fail'))).status).toBe(500)
    expect(await bot.keys()).toEqual([])
    expect((await bot.receive('dropbox', request('good', 'png'))).status).toBe(201)
    expect(await bot.keys()).toEqual(['good'])
  })

  it('is stored at once by an integration outside of a request', async () => {
    await using bot = await start()
    const client = bot.clientOf('dropbox')
    await client.uploadFile({ key: 'a', content: 'x' })
    expect(await bot.keys()).toEqual(['a'])
    expect((await client.listFiles()).items).toHaveLength(1)
    await client.deleteFile({ key: 'a' })
    await expect(client.getFile({ key: 'a' })).rejects.toMatchObject({ code: 'file_unknown' })
  })

  it('is refused above the limit, and for what is no key or content', async () => {
    const clock = new VirtualClock()
    await using store = memoryStore(clock)
    await using bot = await start({ store, clock, fileLimit: 4 })
    await bot.act((client) => client.uploadFile({ key: 'a', content: '1234' }))
    const refused: [object, string][] = [
      [{ key: 'b', content: '12345' }, 'file_too_large'],
      [{ key: 'b', content: 'äöü' }, 'file_too_large'],
      [{ key: '', content: 'x' }, 'file_invalid'],
      [{ key: 'a\0', content: 'x' }, 'file_invalid'],
      [{ key: 'x'.repeat(501), content: 'x' }, 'file_invalid'],
      [{ content: 'x' }, 'file_invalid'],
      [{ key: 'b', content: 5 }, 'file_invalid'],
      [{ key: 'b', content: 'x', contentType: '' }, 'file_invalid'],
      [{ key: 'b', content: 'x', tags: { a: 1 } }, 'tag_invalid'],
    ]
    for (const [file, code] of refused)
      await expect(bot.act((client) => client.uploadFile(file))).rejects.toMatchObject({ code })
    expect(await bot.keys()).toEqual(['a'])
    clock.set(clock.now() + 86_400_001)
    expect(await store.prune({ retention: 86_400_000, limit: 10 })).toBe(false)
  })
})
