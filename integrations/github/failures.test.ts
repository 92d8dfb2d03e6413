import { stat } from 'node:fs/promises'
import github from '@plugboard/github'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, Hub, says } from './hub.fixture.ts'
import { configurationFor, type Triage, triage } from './triage.fixture.ts'

let hub: Hub
let bot: Triage
beforeAll(async () => {
  hub = await Hub.start()
})
afterAll(() => hub[Symbol.asyncDispose]())
// One of its own for each test: a bot that was asked to wait does.
beforeEach(async () => {
  hub.forget()
  bot = await triage(hub, { configuration: configurationFor(hub) })
  hub.asked.length = 0
})
afterEach(() => bot[Symbol.asyncDispose]())
/** What a read fails with. */
async function failureBy(answer: Answer): Promise<Record<string, unknown>> {
  hub.instead(/^GET .*\/issues\/5$/, answer)
  const failure: unknown = await bot.actions.readItem({ id: '5' }).catch((error: unknown) => error)
  // Whether to try again is for the bot to say.
  expect(hub.asked).toEqual(['GET /repos/ada/engine/issues/5'])
  return failure as Record<string, unknown>
}
const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'

describe('what GitHub says', () => {
  it.each([
    [401, 'Bad credentials', 'vendor_unauthorized', false],
    [403, 'Resource not accessible by personal access token', 'vendor_unauthorized', false],
    [404, 'Not Found', 'vendor_refused', false],
    [410, 'This issue was deleted', 'vendor_refused', false],
    [422, 'Validation Failed', 'vendor_refused', false],
    [451, 'Repository access blocked', 'vendor_refused', false],
    [500, 'Server Error', 'vendor_unavailable', true],
    [502, 'Server Error', 'vendor_unavailable', true],
  ])('%i "%s" is told as %s', async (status, message, code, retryable) => {
    const failure = await failureBy(says(status, { message, documentation_url: 'https://docs.github.com/rest' }))
    expect(failure).toMatchObject({ code, retryable, retryAfter: undefined })
    expect(failure['message']).toContain(message)
    if (code === 'vendor_refused') expect(failure).toMatchObject({ where: { path: 'id' } })
  })

  it('what is wrong with a field is told', async () => {
    const errors = [{ resource: 'Issue', field: 'title', code: 'missing_field' }]
    const failure = await failureBy(says(422, { message: 'Validation Failed', errors }))
    expect(failure['message']).toContain('missing_field')
  })

  it.each<[string, number, string, Record<string, string>, number]>([
    ['a secondary limit', 403, secondary, { 'retry-after': '7' }, 7000],
    ['a secondary limit', 429, secondary, { 'retry-after': '7' }, 7000],
    ['a secondary limit without a number', 403, secondary, {}, 60_000],
    ['what it called abuse', 403, 'You have triggered an abuse detection mechanism.', {}, 60_000],
  ])('%s (%i) asks to wait', async (_, status, message, headers, retryAfter) => {
    const failure = await failureBy(says(status, { message }, headers))
    expect(failure).toMatchObject({
      code: 'vendor_rate_limited',
      retryable: true,
      retryAfter,
      retryScope: 'installation',
    })
  })

  it('a limit that is used up asks to wait until it is whole again', async () => {
    const reset = Math.floor(Date.now() / 1000) + 1800
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` }
    const failure = await failureBy(says(403, { message: 'API rate limit exceeded for user ID 1.' }, headers))
    expect(failure).toMatchObject({ code: 'vendor_rate_limited', retryScope: 'installation' })
    expect(failure['retryAfter']).toBeGreaterThan(1_700_000)
    expect(failure['retryAfter']).toBeLessThanOrEqual(1_800_000)
  })

  it('of the search makes the search wait alone', async () => {
    const headers = { 'retry-after': '9', 'x-ratelimit-resource': 'search' }
    hub.instead(/^GET \/search/, says(403, { message: secondary }, headers))
    await expect(bot.actions.searchIssues({ query: 'x' })).rejects.toMatchObject({
      code: 'vendor_rate_limited',
      retryAfter: 9000,
      retryScope: undefined,
    })
  })

  it('by GraphQL, with the status 200, is told as well', async () => {
    const { item } = await bot.actions.createItem({ draft: { title: 'To be deleted' } })
    const failureOf = async (type: string): Promise<unknown> => {
      hub.instead(/^POST \/graphql$/, says(200, { data: { deleteIssue: null }, errors: [{ type, message: type }] }))
      return bot.actions.deleteItem({ item }).catch((error: unknown) => error)
    }
    expect(await failureOf('INSUFFICIENT_SCOPES')).toMatchObject({ code: 'vendor_unauthorized' })
    expect(await failureOf('UNPROCESSABLE')).toMatchObject({ code: 'vendor_refused', where: { path: 'item.id' } })
    expect(await failureOf('RATE_LIMITED')).toMatchObject({ code: 'vendor_rate_limited', retryAfter: 60_000 })
  })
})

describe('an answer that makes no sense', () => {
  it.each<[string, Answer]>([
    ['is half a JSON', (response) => json(response, '{"number":')],
    ['is another JSON', (response) => json(response, '{"number":"five"}')],
    ['is a list', (response) => json(response, '[]')],
    ['is empty', (response) => json(response, '')],
    [
      'is a page',
      (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'),
    ],
  ])('is told when it %s', async (_, answer) => {
    expect(await failureBy(answer)).toMatchObject({ code: 'vendor_failed', retryable: true })
  })
  const json = (response: Parameters<Answer>[0], body: string) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(body)
})

describe('a connection that breaks', () => {
  const passing = { code: 'vendor_unavailable', retryable: true }

  it('before an answer passes', async () => {
    expect(await failureBy((response) => response.destroy())).toMatchObject(passing)
  })

  it('in the middle of an answer passes', async () => {
    const failure = await failureBy((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
      response.write('{"number":', () => response.destroy())
    })
    expect(failure).toMatchObject(passing)
  })

  it('because there is no server passes', async () => {
    const own = await Hub.start()
    await using other = await triage(own, { configuration: configurationFor(own) })
    await own[Symbol.asyncDispose]()
    await expect(other.actions.readItem({ id: '5' })).rejects.toMatchObject({
      ...passing,
      message: expect.stringMatching(/ECONN(?:REFUSED|RESET)|UND_ERR_SOCKET/) as string,
    })
  })
})

it('leaves an answer in the middle when the caller aborts, and closes the connection', async () => {
  const closed = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  hub.instead(/^GET .*\/issues\/5$/, (response) => {
    response.on('close', closed.resolve)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
    response.write('{"number":', () => begun.resolve())
  })
  const control = new AbortController()
  const reading = bot.actions.readItem({ id: '5' }, { signal: control.signal })
  const failure = reading.catch((error: unknown) => error)
  await begun.promise
  control.abort()
  expect(await failure).toMatchObject({ code: 'aborted' })
  await closed.promise
})

describe('a wrong key', () => {
  it.each([
    [{ token: 'ghp_nobody' }, 'vendor_unauthorized'],
    [{ repository: 'no-such-repository' }, 'vendor_refused'],
  ])('or place is told when the bot starts: %j', async (more, code) => {
    await using other = await triage(hub, { configuration: { ...configurationFor(hub), ...more } })
    const reading = other.actions.readItem({ id: '5' })
    await expect(reading).rejects.toMatchObject({
      code: 'registration_failed',
      message: expect.stringContaining(`[${code}]`) as string,
    })
    const told = JSON.stringify([other.log, String(await reading.catch((error: unknown) => error))])
    expect(told).not.toMatch(/ghp_/)
  })
})

it('has the icon and the read-me where the definition says', async () => {
  for (const path of [github.icon, github.readme])
    expect((await stat(new URL(String(path), import.meta.url))).isFile()).toBe(true)
})
