import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, BucketServer, fails } from './bucket-server.fixture.ts'
import { bytesOf, clerk } from './clerk.fixture.ts'
import { access } from './signature.fixture.ts'

let server: BucketServer
beforeAll(async () => {
  server = await BucketServer.start()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(() => {
  server.objects.clear()
  server.asked.length = 0
  server.forget()
  server.put('a', 'there')
})

const passing = { code: 'vendor_unavailable', retryable: true }
/** What a read of `a` fails with. */
async function failureBy(answer: Answer): Promise<unknown> {
  await using bot = await clerk(server)
  server.instead('GetObject', answer)
  server.asked.length = 0
  const failure = await bot.actions
    .getFile({ key: 'a' })
    .output()
    .catch((error: unknown) => error)
  // Whether to try again is for the bot to say.
  expect(server.asked.map(({ operation }) => operation)).toEqual(['GetObject'])
  return failure
}

describe('what S3 says', () => {
  it.each([
    ['NoSuchKey', 404, 'vendor_refused', 'key'],
    ['NoSuchBucket', 404, 'vendor_refused', 'bucket'],
    ['KeyTooLongError', 400, 'vendor_refused', 'key'],
    ['EntityTooLarge', 400, 'vendor_refused', 'key'],
    ['InvalidObjectState', 403, 'vendor_refused', 'key'],
    ['PermanentRedirect', 301, 'vendor_refused', 'region'],
    ['AuthorizationHeaderMalformed', 400, 'vendor_refused', 'region'],
    ['NotImplemented', 501, 'vendor_refused', 'key'],
    ['SomethingNew', 400, 'vendor_refused', 'key'],
    ['AccessDenied', 403, 'vendor_unauthorized', undefined],
    ['InvalidAccessKeyId', 403, 'vendor_unauthorized', undefined],
    ['SignatureDoesNotMatch', 403, 'vendor_unauthorized', undefined],
    ['ExpiredToken', 400, 'vendor_unauthorized', undefined],
    ['SlowDown', 503, 'vendor_rate_limited', undefined],
    ['TooManyRequests', 429, 'vendor_rate_limited', undefined],
    ['ServiceUnavailable', 503, 'vendor_unavailable', undefined],
    ['InternalError', 500, 'vendor_unavailable', undefined],
    ['RequestTimeout', 400, 'vendor_unavailable', undefined],
    ['RequestTimeTooSkewed', 403, 'vendor_unavailable', undefined],
  ])('%s (%i) is told as %s', async (said, status, code, path) => {
    const failure = await failureBy(fails(said, status))
    expect(failure).toMatchObject({
      code,
      retryable: code === 'vendor_rate_limited' || code === 'vendor_unavailable',
      message: expect.stringContaining(`(${said}, ${status}: ${said} was said)`) as string,
      ...(path !== undefined && { where: { path } }),
    })
    if (path === undefined) expect(failure).not.toHaveProperty('where.path')
  })

  it.each([
    ['SlowDown', 503, '7', 7000, 'vendor_rate_limited'],
    ['TooManyRequests', 429, '0', 0, 'vendor_rate_limited'],
    ['ServiceUnavailable', 503, '2', 2000, 'vendor_unavailable'],
    ['SlowDown', 503, 'soon', undefined, 'vendor_rate_limited'],
  ])('%s (%i) with Retry-After %s asks for %s ms', async (said, status, header, retryAfter, code) => {
    expect(await failureBy(fails(said, status, { 'retry-after': header }))).toMatchObject({ code, retryAfter })
  })

  it('with Retry-After as a date asks to wait until then', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString()
    const { retryAfter } = (await failureBy(fails('SlowDown', 503, { 'retry-after': date }))) as { retryAfter: number }
    expect(retryAfter).toBeGreaterThan(30_000)
    expect(retryAfter).toBeLessThanOrEqual(60_000)
  })

  it.each([
    [429, { 'retry-after': '4' }, 'vendor_rate_limited', 4000],
    [503, { 'retry-after': '4' }, 'vendor_rate_limited', 4000],
    [503, {}, 'vendor_unavailable', undefined],
    [502, {}, 'vendor_unavailable', undefined],
    [403, {}, 'vendor_unauthorized', undefined],
    [404, {}, 'vendor_refused', undefined],
  ])('without a body is told by its status %i %j', async (status, headers, code, retryAfter) => {
    const failure = await failureBy((response) => response.writeHead(status, headers).end())
    expect(failure).toMatchObject({ code, retryAfter })
  })

  it.each([502, 403])('in a page of something in between is told by its status %i', async (status) => {
    const failure = await failureBy((response) => response.writeHead(status).end('<html><p>no</html>'))
    expect(failure).toMatchObject({ code: status === 502 ? 'vendor_unavailable' : 'vendor_unauthorized' })
  })
})

describe('an answer that makes no sense', () => {
  it.each(['', '{"items": []}', '<ListBucketResult><Name>', '<html><body>Welcome</body></html>', '<a></b>'])(
    'to a list is no empty list: %j',
    async (body) => {
      await using bot = await clerk(server)
      server.instead('ListObjectsV2', (response) => response.writeHead(200).end(body))
      await expect(bot.actions.listItems({})).rejects.toMatchObject({ code: 'vendor_failed', retryable: true })
    },
  )

  it('to a read or a write is neither a file nor a success', async () => {
    await using bot = await clerk(server)
    const page: Answer = (response) => response.writeHead(200).end('<html>Please log in</html>')
    for (const operation of ['GetObject', 'PutObject', 'HeadObject']) server.instead(operation, page)
    const failed = { code: 'vendor_failed', retryable: true }
    await expect(bytesOf(bot, 'a')).rejects.toMatchObject(failed)
    await expect(bot.actions.putFile({ key: 'b', content: new Uint8Array(3) })).rejects.toMatchObject(failed)
    await expect(bot.actions.readItem({ id: 'a' })).rejects.toMatchObject(failed)
  })
})

describe('a connection that breaks', () => {
  it('before an answer passes', async () => {
    expect(await failureBy((response) => response.destroy())).toMatchObject(passing)
  })

  it('in the middle of a file does not end it as if it were whole', async () => {
    await using bot = await clerk(server)
    server.instead('GetObject', (response) => {
      response.writeHead(200, { etag: '"x"', 'content-length': 100 })
      response.write('half', () => response.destroy())
    })
    const stream = bot.actions.getFile({ key: 'a' })
    await expect(stream.output()).rejects.toMatchObject({ retryable: true })
    server.instead('ListObjectsV2', (response) => {
      response.writeHead(200, { 'content-length': 1000 })
      response.write('<ListBucketResult>', () => response.destroy())
    })
    await expect(bot.actions.listItems({})).rejects.toMatchObject(passing)
  })

  it('because there is no server passes', async () => {
    const own = await BucketServer.start()
    await using bot = await clerk(own)
    await own[Symbol.asyncDispose]()
    await expect(bot.actions.readItem({ id: 'a' })).rejects.toMatchObject({
      ...passing,
      message: expect.stringMatching(/ECONN(?:REFUSED|RESET)/) as string,
    })
  })
})

it('leaves a file in the middle when its reader aborts, and closes the connection', async () => {
  await using bot = await clerk(server)
  const closed = Promise.withResolvers<void>()
  server.instead('GetObject', (response) => {
    response.on('close', closed.resolve)
    response.writeHead(200, { etag: '"x"', 'content-length': 1_000_000 })
    response.write(Buffer.alloc(1000))
  })
  const control = new AbortController()
  const stream = bot.actions.getFile({ key: 'a' }, { signal: control.signal })
  const reading = (async () => {
    for await (const _ of stream) control.abort()
    return stream.output()
  })()
  await expect(reading).rejects.toMatchObject({ code: 'aborted' })
  await closed.promise
})

describe('a wrong key', () => {
  it.each([
    [{ secretAccessKey: 'not-the-secret-of-anyone' }, 'SignatureDoesNotMatch'],
    [{ accessKeyId: 'AKIANOBODY' }, 'InvalidAccessKeyId'],
    [{ region: 'us-east-1' }, 'AuthorizationHeaderMalformed'],
    [{ bucket: 'no-such-bucket' }, 'NoSuchBucket'],
  ])('is told when the bot starts: %j', async (more, said) => {
    await using bot = await clerk(server, more)
    const listing = bot.actions.listItems({})
    await expect(listing).rejects.toMatchObject({
      code: 'registration_failed',
      message: expect.stringContaining(said) as string,
    })
    const told = JSON.stringify([bot.log, String(await listing.catch((error: unknown) => error))])
    expect(told).not.toContain(access.secretAccessKey)
    expect(told).not.toContain('not-the-secret-of-anyone')
  })
})
