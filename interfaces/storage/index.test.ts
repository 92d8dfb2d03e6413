import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import {
  BotDefinition,
  bind,
  IntegrationDefinition,
  IntegrationImplementation,
  PlugboardError,
  retry,
  z,
} from 'plugboard'
import storage from 'plugboard/interfaces/storage'
import { startBot } from 'plugboard/runtime'
import { afterEach, beforeEach, expect, test } from 'vitest'

const files = new Map<string, Uint8Array>()
/** How many puts break before one succeeds. */
let breaks = 0

const definition = new IntegrationDefinition({
  name: 'memory',
  entities: {
    object: {
      schema: z.object({
        key: z.string(),
        size: z.number().int().nonnegative(),
        contentType: z.string().optional(),
        updatedAt: z.string().optional(),
      }),
    },
  },
}).extend(storage, ({ entities }) => ({ entities: { file: entities.object } }))
const implementation = new IntegrationImplementation(definition, {
  actions: {
    putFile: async ({ input: { key, content } }) => {
      const pieces: Uint8Array[] = []
      if (typeof content === 'function') for await (const piece of content()) pieces.push(piece)
      else pieces.push(content)
      if (breaks > 0) {
        breaks -= 1
        throw new PlugboardError({ code: 'vendor_unavailable', message: 'the connection broke', retryable: true })
      }
      files.set(key, Buffer.concat(pieces))
      return { file: fileOf(key) }
    },
    getFile: async function* ({ input: { key } }) {
      const bytes = files.get(key)
      if (!bytes) throw new PlugboardError({ code: 'vendor_refused', message: `there is no file '${key}'` })
      for (let at = 0; at < bytes.length; at += 2) yield { bytes: bytes.subarray(at, at + 2) }
      return { file: fileOf(key) }
    },
    listFiles: async () => ({ files: Array.from(files.keys(), fileOf) }),
    deleteFile: async ({ input: { key } }) => {
      files.delete(key)
      return {}
    },
  },
})
const fileOf = (key: string) => ({ key, size: files.get(key)?.length ?? 0 })

const bot = new BotDefinition({ interfaces: { storage } }).addIntegration(
  definition.implementedBy(async () => ({ default: implementation })),
)
let running: Awaited<ReturnType<typeof start>>
const start = () =>
  startBot(bot, { environment: {}, bindings: { bot: { storage: bind('memory', retry({ attempts: 3, delay: 0 })) } } })
beforeEach(async () => {
  files.clear()
  running = await start()
})
afterEach(() => running.stop())

async function* pieces(...texts: string[]) {
  for (const text of texts) yield new TextEncoder().encode(text)
}
async function read(key: string) {
  const stream = running.interfaces.storage.getFile({ key })
  const found: Uint8Array[] = []
  for await (const { bytes } of stream) found.push(bytes)
  return { text: Buffer.concat(found).toString(), count: found.length, ...(await stream.output()) }
}

test('bytes go in at once or as a stream, and come out piece by piece', async () => {
  const { putFile } = running.interfaces.storage
  expect(await putFile({ key: 'a', content: new TextEncoder().encode('whole') })).toEqual({
    file: { key: 'a', size: 5 },
  })
  await putFile({ key: 'b/c', content: () => pieces('in ', 'pieces') })
  expect(await read('a')).toEqual({ text: 'whole', count: 3, file: { key: 'a', size: 5 } })
  expect(await read('b/c')).toMatchObject({ text: 'in pieces' })
})

test('a file of the disk goes in without being read into memory as a whole', async () => {
  const { interfaces } = running
  const path = import.meta.filename
  const hash = createHash('sha256')
  // #region bytes
  await interfaces.storage.putFile({ key: 'report.pdf', content: () => createReadStream(path) })
  for await (const { bytes } of interfaces.storage.getFile({ key: 'report.pdf' })) hash.update(bytes)
  // #endregion
  expect(hash.digest('hex')).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
})

test('a stream is opened anew when a put is repeated', async () => {
  breaks = 2
  await running.interfaces.storage.putFile({ key: 'a', content: () => pieces('all ', 'of it') })
  expect(await read('a')).toMatchObject({ text: 'all of it' })
})

test.each(['', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/.', 'a\\b', 'a\0b', 'a\nb', 'é'.repeat(513)])(
  'the key %j is refused',
  async (key) => {
    await expect(running.interfaces.storage.putFile({ key, content: new Uint8Array() })).rejects.toMatchObject({
      code: 'input_invalid',
    })
    await expect(running.interfaces.storage.getFile({ key }).output()).rejects.toMatchObject({ code: 'input_invalid' })
    expect(files.size).toBe(0)
  },
)

test.each(['a', 'a/b.txt', '.hidden', 'a/..b', '...', 'Zoë/日本', 'a b', 'é'.repeat(512)])(
  'the key %j is taken',
  async (key) => {
    await running.interfaces.storage.putFile({ key, content: new Uint8Array(1) })
    expect(files.has(key)).toBe(true)
  },
)

test.each(['text', [1, 2], { length: 1 }, new ArrayBuffer(1)])(
  'content that is no bytes is refused: %j',
  async (content) => {
    const { putFile } = running.interfaces.storage
    await expect(putFile({ key: 'a', content: content as never })).rejects.toMatchObject({ code: 'input_invalid' })
  },
)

test('what needs a power that is not there is refused', async () => {
  const { putFile } = running.interfaces.storage
  await expect(putFile({ key: 'a', content: new Uint8Array(), contentType: 'text/plain' })).rejects.toMatchObject({
    code: 'capability_missing',
  })
})
