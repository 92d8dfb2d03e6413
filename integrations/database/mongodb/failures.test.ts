import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import database from '@plugboard/database'
import { BSON, ObjectId } from 'mongodb'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Line } from '../line.fixture.ts'
import { MongoServer } from './mongo-server.fixture.ts'
import { type Answer, nonsense, Wire } from './wire.fixture.ts'

const server = await MongoServer.start()
const wire = await Wire.to(server.port)
const things = await server.collection('things')
const one = { items: [{ id: '6a0000000000000000000001', name: 'one' }] }
await things.insertOne({ _id: new ObjectId(one.items[0]?.id), name: 'one' })
afterAll(async () => {
  await wire[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})
beforeEach(() => wire.reset())

const start = async (url: string, more: { connections?: number; idField?: string } = {}) =>
  startBot(
    new BotDefinition({ name: 'clerk' }).addIntegration(database, {
      configurationType: 'mongodb',
      configuration: { url, collection: 'things', ...more },
    }),
    { environment: {}, log: () => {} },
  )
/** Has a command fail as a server of MongoDB has it fail. */
const failing = (name: string, answer: Answer) => {
  wire.answering = (command) => (command[name] === undefined ? undefined : answer)
}
const writeError = (error: object): Answer => ({ ok: 1, n: 0, writeErrors: [{ index: 0, ...error }] })
/** What is in a document, and no message tells. */
const secret = 'private'

describe('a server that goes away', () => {
  it('is told as passing, and used again when it is back', async () => {
    await using line = await Line.to(server.url)
    await using bot = await start(`${line.url}?serverSelectionTimeoutMS=300`)
    const { listItems } = bot.actions.database
    expect(await listItems({})).toEqual(one)
    await line.cut()
    const gone = { code: 'vendor_unavailable', retryable: true }
    await expect(listItems({})).rejects.toMatchObject(gone)
    await expect(listItems({})).rejects.toMatchObject(gone)
    await line.mend()
    await vi.waitFor(async () => expect(await listItems({})).toEqual(one), 10_000)
  })

  it('in the middle of a command is told as passing, and a write that may have been done is not sent again', async () => {
    await using bot = await start(wire.url)
    const { listItems, createItem } = bot.actions.database
    failing('find', 'break')
    await expect(listItems({})).rejects.toMatchObject({ code: 'vendor_unavailable', retryable: true })
    wire.commands.length = 0
    failing('insert', 'break')
    await expect(createItem({ draft: { name: 'two' } })).rejects.toMatchObject({ code: 'vendor_unavailable' })
    expect(wire.commands.filter(({ insert }) => insert !== undefined)).toHaveLength(1)
    wire.answering = () => undefined
    expect(await listItems({})).toEqual(one)
  })

  it('before the bot starts is told as passing, and its password nowhere', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    await once(probe, 'close')
    await using bot = await start(`mongodb://bot:s3cret@127.0.0.1:${port}/x?serverSelectionTimeoutMS=200`)
    const error = await bot.actions.database.listItems({}).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'registration_failed',
      message: expect.stringContaining('[vendor_unavailable]') as string,
    })
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('s3cret')
  })
})

it.each([
  [1, ''],
  [2, '?retryReads=true'],
])('is asked %i times over a line that breaks, with the options %j', async (times, options) => {
  await using bot = await start(`${wire.url}${options}`)
  failing('find', 'break')
  await expect(bot.actions.database.listItems({})).rejects.toMatchObject({ code: 'vendor_unavailable' })
  expect(wire.commands.filter(({ find }) => find !== undefined)).toHaveLength(times)
})

it('is not registered with a wrong password, which is told nowhere', async () => {
  wire.answering = (command) =>
    command['saslStart'] || command['saslContinue']
      ? { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' }
      : undefined
  const url = new URL(wire.url)
  url.username = 'bot'
  url.password = 'not-the-password'
  await using bot = await start(url.href)
  const error = await bot.actions.database.listItems({}).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'registration_failed',
    message: expect.stringContaining('[vendor_unauthorized]') as string,
  })
  expect(wire.commands.some(({ saslStart }) => saslStart !== undefined)).toBe(true)
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('not-the-password')
})

it.each([
  ['mongodb://bot:s3cret@h:1/?sharpness=1', 'sharpness'],
  ['mongodb://bot:s3:cret@h/x', 'connection string'],
  ['mongodb://bot:s3cret@/x', 'connection string'],
  ['mongodb+srv://bot:s3cret@h.example.com:27017/x', 'connection string'],
  ['mongodb+srv://bot:s3cret@nothing.invalid/x', '[vendor_unavailable]'],
])('is told of %s, and the password is not', async (url, told) => {
  await using bot = await start(url)
  const error = await bot.actions.database.listItems({}).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'registration_failed', message: expect.stringContaining(told) as string })
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/s3:?cret/)
})

it('is told that there is no such collection', async () => {
  const url = new URL(server.url)
  url.pathname = '/elsewhere'
  await using bot = await start(url.href)
  await expect(bot.actions.database.listItems({})).rejects.toMatchObject({
    code: 'registration_failed',
    message: expect.stringContaining("no collection 'things' in the database 'elsewhere'") as string,
  })
})

it.each([
  [13, 'Unauthorized', [], { code: 'vendor_unauthorized', retryable: false }],
  [8000, 'AtlasError', [], { code: 'vendor_unauthorized', retryable: false }],
  [10_107, 'NotWritablePrimary', ['RetryableWriteError'], { code: 'vendor_unavailable', retryable: true }],
  [189, 'PrimarySteppedDown', [], { code: 'vendor_unavailable', retryable: true }],
  [91, 'ShutdownInProgress', [], { code: 'vendor_unavailable', retryable: true }],
  [64, 'WriteConcernFailed', ['RetryableWriteError'], { code: 'vendor_unavailable', retryable: true }],
  [50, 'MaxTimeMSExpired', [], { code: 'vendor_failed', retryable: true }],
  [112, 'WriteConflict', ['TransientTransactionError'], { code: 'vendor_failed', retryable: true }],
  [8, 'UnknownError', [], { code: 'vendor_failed', retryable: false }],
])('is told what the server answers with code %i, %s', async (code, codeName, errorLabels, expected) => {
  await using bot = await start(wire.url)
  failing('findAndModify', { ok: 0, code, codeName, errmsg: secret, errorLabels })
  const [item] = one.items
  const updating = bot.actions.database.updateItem({ item: item as { id: string }, changes: { name: 'x' } })
  await expect(updating).rejects.toMatchObject({ ...expected, message: expect.stringContaining(codeName) as string })
  await expect(updating).rejects.toMatchObject({ message: expect.not.stringContaining(secret) as string })
})

it.each([
  ['of MongoDB', { code: 462, codeName: 'IngressRequestRateLimitExceeded', errmsg: 'x' }, undefined],
  ['of a service that speaks like it', { code: 16_500, errmsg: 'Error=16500, RetryAfterMs=34, Details=…' }, 34],
])('is told as passing that the server %s asks to wait', async (_, answer, retryAfter) => {
  await using bot = await start(wire.url)
  failing('find', { ok: 0, ...answer })
  await expect(bot.actions.database.listItems({})).rejects.toMatchObject({
    code: 'vendor_rate_limited',
    retryable: true,
    retryAfter,
  })
})

describe('a draft is refused', () => {
  it('whose id is there already, and the document stays as it is', async () => {
    await using bot = await start(wire.url)
    const { createItem, listItems } = bot.actions.database
    await expect(createItem({ draft: { ...one.items[0], name: secret } })).rejects.toMatchObject({
      code: 'vendor_refused',
      retryable: false,
      message: expect.not.stringContaining(secret) as string,
      where: { path: 'draft.id' },
    })
    expect(await listItems({})).toEqual(one)
  })

  it.each([
    ['a unique index', { code: 11_000, keyPattern: { 'address.street': 1 }, errmsg: secret }, 'draft.address'],
    [
      'the validation of the collection',
      {
        code: 121,
        errmsg: 'Document failed validation',
        errInfo: {
          failingDocumentId: new ObjectId(),
          details: {
            operatorName: '$jsonSchema',
            schemaRulesNotSatisfied: [
              {
                operatorName: 'properties',
                propertiesNotSatisfied: [
                  { propertyName: 'age', details: [{ operatorName: 'minimum', consideredValue: secret }] },
                ],
              },
              { operatorName: 'required', missingProperties: ['email'] },
            ],
          },
        },
      },
      'draft.age',
    ],
    [
      'a validation by an expression',
      { code: 121, errmsg: secret, errInfo: { details: { operatorName: '$gt' } } },
      undefined,
    ],
    ['a size', { code: 10_334, errmsg: 'BSONObj size is invalid' }, undefined],
    ['a view', { code: 166, errmsg: 'is a view, not a collection' }, undefined],
  ])('that %s does not take, with its field and no value', async (_, error, path) => {
    await using bot = await start(wire.url)
    failing('insert', writeError(error))
    const thrown: unknown = await bot.actions.database
      .createItem({ draft: { name: 'x' } })
      .catch((reason: unknown) => reason)
    expect(thrown).toMatchObject({ code: 'vendor_refused', retryable: false })
    expect((thrown as { where: { path?: string } }).where.path).toBe(path)
    expect((thrown as Error).message).not.toContain(secret)
  })

  it('that is too large for a document, before anything of it is sent', async () => {
    await using bot = await start(wire.url)
    wire.commands.length = 0
    const creating = bot.actions.database.createItem({ draft: { name: secret.repeat(2_500_000) } })
    await expect(creating).rejects.toMatchObject({
      code: 'vendor_refused',
      retryable: false,
      message: expect.not.stringContaining(secret) as string,
      where: { path: 'draft' },
    })
    expect(wire.commands).toEqual([])
    expect(await bot.actions.database.listItems({})).toEqual(one)
  })
})

it.each([
  [
    'find',
    async (bot: Awaited<ReturnType<typeof start>>, signal: AbortSignal) =>
      bot.actions.database.listItems({}, { signal }),
  ],
  [
    'insert',
    async (bot: Awaited<ReturnType<typeof start>>, signal: AbortSignal) =>
      bot.actions.database.createItem({ draft: { name: 'x' } }, { signal }),
  ],
  [
    'findAndModify',
    async (bot: Awaited<ReturnType<typeof start>>, signal: AbortSignal) =>
      bot.actions.database.updateItem({ item: { id: one.items[0]?.id ?? '' }, changes: { name: 'x' } }, { signal }),
  ],
  [
    'delete',
    async (bot: Awaited<ReturnType<typeof start>>, signal: AbortSignal) =>
      bot.actions.database.deleteItem({ item: { id: one.items[0]?.id ?? '' } }, { signal }),
  ],
])('closes the connection on which %s goes on, when its caller aborts', async (name, call) => {
  await using bot = await start(wire.url)
  failing(name, 'nothing')
  wire.commands.length = 0
  const abort = new AbortController()
  const failure = call(bot, abort.signal).catch((error: unknown) => error)
  await vi.waitFor(() => expect(wire.commands.some((command) => command[name] !== undefined)).toBe(true))
  const { open } = wire
  abort.abort()
  expect(await failure).toMatchObject({ code: 'aborted' })
  await vi.waitFor(() => expect(wire.open).toBeLessThan(open))
  wire.answering = () => undefined
  expect(await bot.actions.database.listItems({})).toEqual(one)
})

it('gives up looking for a server when its caller aborts', async () => {
  await using line = await Line.to(server.url)
  await using bot = await start(line.url)
  const { listItems } = bot.actions.database
  expect(await listItems({})).toEqual(one)
  await line.cut()
  await expect(listItems({})).rejects.toMatchObject({ code: 'vendor_unavailable' })
  const abort = new AbortController()
  const hasEnded = vi.fn()
  const failure = listItems({}, { signal: abort.signal }).catch((error: unknown) => error)
  void failure.then(hasEnded)
  // Far less than it looks for one.
  await sleep(500)
  expect(hasEnded).not.toHaveBeenCalled()
  abort.abort()
  expect(await failure).toMatchObject({ code: 'aborted' })
})

it.each(['things', 'nowhere'])(
  'closes its connections when the bot stops, over the collection %s',
  async (collection) => {
    await using own = await Wire.to(server.port)
    const definition = new BotDefinition({ name: 'clerk' }).addIntegration(database, {
      configurationType: 'mongodb',
      configuration: { url: own.url, collection },
    })
    const bot = await startBot(definition, { environment: {}, log: () => {} })
    await Promise.allSettled([1, 2, 3].map(async () => bot.actions.database.listItems({})))
    expect(own.open).toBeGreaterThan(0)
    await bot.stop()
    await vi.waitFor(() => expect(own.open).toBe(0))
  },
)

it.each([
  ['a page of something else', 'HTTP/1.1 400 Bad Request\r\n\r\n<html>no</html>'],
  ['half a message, and closes', '\u00ff\u0000'],
  [
    'a message that there is not',
    '\u0015\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0001\u0000\u0000\u0000xxxxx',
  ],
])('is told of a server that answers with %s, and is not registered', async (_, answer) => {
  const other = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(answer, 'latin1'))
  }).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await using bot = await start(`mongodb://127.0.0.1:${port}/x?serverSelectionTimeoutMS=300`)
  await expect(bot.actions.database.listItems({})).rejects.toMatchObject({
    code: 'registration_failed',
    message: expect.stringContaining('[vendor_unavailable]') as string,
  })
  other.close()
})

it('is told as passing when an answer makes no sense, and the next one is read', async () => {
  await using bot = await start(wire.url)
  const { listItems } = bot.actions.database
  for (const answer of [nonsense, BSON.serialize({ no: 'message' }) as Buffer]) {
    failing('find', Buffer.from(answer))
    await expect(listItems({})).rejects.toMatchObject({ code: 'vendor_failed', retryable: true })
    wire.answering = () => undefined
    expect(await listItems({})).toEqual(one)
  }
})
