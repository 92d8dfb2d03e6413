import type { Readable } from 'node:stream'
import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation } from 'plugboard'
import type { StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { connectPostgres } from '../postgres/connect-postgres.ts'
import { newSchema, postgresUrl } from '../postgres/shared-postgres.fixture.ts'
import { systemClock } from '../memory/system-clock.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { Browser, clientSecret, cloudAt, open, openPlatform } from './oauth.fixture.ts'

/** A bot that was given `access-1`, and `refresh-1` unless it says otherwise, in virtual time. */
async function begin({ refresh = true, expires = 3600 } = {}) {
  const platform = await openPlatform()
  const clock = new VirtualClock()
  const store = memoryStore(clock)
  const cloud = cloudAt(platform.url)
  const bot = await open(cloud.bot(), { clock, store })
  platform.give('access-1', refresh ? 'refresh-1' : undefined, expires)
  const authorize = async () => new Browser().authorize((await bot.running.authorize('mine')).url)
  expect(await authorize()).toMatchObject({ status: 200 })
  platform.requests.length = 0
  return {
    platform,
    clock,
    store,
    cloud,
    bot,
    authorize,
    status: () => bot.running.installations[0],
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      await platform[Symbol.asyncDispose]()
    },
  }
}
const needed = { code: 'authorization_needed', retryable: false }

describe('an access token', () => {
  it('is given back to the platform, of which an operator may ask', async () => {
    await using all = await begin()
    const { platform, bot, authorize } = all
    const revoked: string[] = []
    let asked = 0
    platform.service.on('beforeRevoke', (response: { statusCode: number }, request: Readable) => {
      request.on('data', (data) => void revoked.push(String(data)))
      asked += 1
      if (asked === 1) response.statusCode = 503
    })
    const revoke = async () => {
      const headers = { authorization: 'Bearer the-token-of-tests' }
      const response = await fetch(`${bot.url}/admin/installations/mine/revoke`, { method: 'POST', headers })
      return [response.status, (await response.json()) as unknown]
    }
    await expect(bot.running.revoke('mine')).rejects.toMatchObject({ code: 'vendor_unavailable', retryable: true })
    expect(await bot.tell()).toBe('access-1')
    expect(await revoke()).toEqual([200, { revoked: true }])
    await vi.waitFor(() => expect(revoked).toEqual(['token=refresh-1', 'token=refresh-1']))
    await expect(bot.tell()).rejects.toMatchObject({ ...needed, message: expect.stringContaining('given back') })
    expect(all.status()).toMatchObject({ active: false, authorization: { status: 'needed' } })
    expect(await revoke()).toEqual([200, { revoked: false }])
    platform.give('access-2')
    await authorize()
    expect(await bot.tell()).toBe('access-2')
  })

  it('is refreshed before it ends, once for all who ask, with the refresh token that came last', async () => {
    await using all = await begin()
    const { platform, clock, bot } = all
    await clock.advance(3_500_000)
    expect(await bot.tell()).toBe('access-1')
    await clock.advance(50_000)
    platform.give('access-2', 'refresh-2')
    expect(new Set(await Promise.all([1, 2, 3, 4].map(() => bot.tell())))).toEqual(new Set(['access-2']))
    expect(platform.requests).toMatchObject([{ grant_type: 'refresh_token', refresh_token: 'refresh-1' }])
    await clock.advance(3_600_000)
    platform.give('access-3')
    expect(await bot.tell()).toBe('access-3')
    await clock.advance(3_600_000)
    platform.give('access-4')
    expect(await bot.tell()).toBe('access-4')
    // The platform gave no other one with the last but one.
    expect(platform.requests.map(({ refresh_token }) => refresh_token)).toEqual(['refresh-2', 'refresh-2', 'refresh-1'])
  })

  it('that the platform has refused is replaced, and not the one that replaced it', async () => {
    await using all = await begin()
    const { platform, bot } = all
    platform.give('access-2', 'refresh-2')
    expect(await Promise.all(['access-1', 'access-1'].map(bot.tell))).toEqual(['access-2', 'access-2'])
    expect(await bot.tell('access-1')).toBe('access-2')
    expect(platform.requests).toHaveLength(1)
  })

  it('is kept over a restart', async () => {
    await using all = await begin()
    const { bot, clock, store, platform, cloud } = all
    await bot[Symbol.asyncDispose]()
    await using again = await open(cloud.bot(), { clock, store })
    expect(again.running.installations).toMatchObject([{ active: true, authorization: { status: 'authorized' } }])
    expect(await again.tell()).toBe('access-1')
    expect(platform.requests).toEqual([])
  })

  it('is given no more once the platform took the access back, until somebody gives it again', async () => {
    await using all = await begin()
    const { platform, clock, store, cloud, bot, status } = all
    platform.answer({ status: 400, body: { error: 'invalid_grant', error_description: 'token refresh-1 was revoked' } })
    await expect(bot.tell('access-1')).rejects.toMatchObject(needed)
    expect(status()).toMatchObject({
      active: false,
      authorization: { status: 'needed', reason: expect.stringContaining('invalid_grant: token ••• was revoked') },
    })
    // It is not asked again and again.
    for (const _ of [1, 2]) await expect(bot.tell()).rejects.toMatchObject(needed)
    expect(platform.requests).toHaveLength(1)
    await bot[Symbol.asyncDispose]()
    await using again = await open(cloud.bot(), { clock, store })
    expect(again.running.installations).toMatchObject([{ active: false, authorization: { status: 'needed' } }])
    await expect(again.tell()).rejects.toMatchObject(needed)
    platform.give('access-2', 'refresh-2')
    await new Browser().authorize((await again.running.authorize('mine')).url)
    expect(await again.tell()).toBe('access-2')
    expect(again.running.installations).toMatchObject([{ active: true }])
  })

  it('that cannot be renewed is used to its end', async () => {
    await using all = await begin({ refresh: false, expires: 100 })
    const { bot, clock, platform } = all
    await clock.advance(99_000)
    expect(await bot.tell()).toBe('access-1')
    await clock.advance(2_000)
    await expect(bot.tell()).rejects.toMatchObject(needed)
    expect(platform.requests).toEqual([])
  })

  it('that could not be refreshed in time is used on while it can be', async () => {
    await using all = await begin()
    const { bot, clock, platform, status } = all
    await clock.advance(3_550_000)
    platform.answer({ status: 503, body: {} })
    expect(await bot.tell()).toBe('access-1')
    await clock.advance(60_000)
    platform.answer({ status: 503, body: {} })
    await expect(bot.tell()).rejects.toMatchObject({ code: 'vendor_unavailable', retryable: true })
    platform.answer({ status: 401, body: { error: 'invalid_client' } })
    await expect(bot.tell()).rejects.toMatchObject({ code: 'vendor_unauthorized' })
    // What was given is not lost by that.
    expect(status()).toMatchObject({ authorization: { status: 'authorized' } })
    platform.give('access-2')
    expect(await bot.tell()).toBe('access-2')
  })

  it('is not given to another client or another integration under the same alias', async () => {
    await using all = await begin()
    const { bot, clock, store, platform } = all
    await bot[Symbol.asyncDispose]()
    const { integration } = cloudAt(platform.url)
    const other = new BotDefinition().addIntegration(integration, {
      alias: 'mine',
      configuration: { client: 'client-2' },
    })
    {
      await using again = await open(other, { clock, store })
      await expect(again.running.clientOf('mine').getAccessToken()).rejects.toMatchObject({
        ...needed,
        message: expect.stringContaining('another client'),
      })
    }
    await using third = await open(cloudAt(platform.url, 'rain').bot(), { clock, store })
    await expect(third.running.clientOf('mine').getAccessToken()).rejects.toMatchObject(needed)
    expect(platform.requests).toEqual([])
  })

  it('is forgotten with its installation', async () => {
    await using all = await begin()
    const { bot, clock, store } = all
    expect((await store.getSealed()).secrets).toMatchObject([{ owner: 'mine', name: 'oauth' }])
    await bot[Symbol.asyncDispose]()
    await (await open(new BotDefinition(), { clock, store }))[Symbol.asyncDispose]()
    expect((await store.getSealed()).secrets).toEqual([])
  })

  it('is waited for by what listens', async () => {
    await using platform = await openPlatform()
    const heard: string[] = []
    const definition = new IntegrationDefinition({
      name: 'cloud',
      oauth: { authorizationUrl: `${platform.url}/authorize`, tokenUrl: `${platform.url}/token` },
    })
    const integration = definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, {
        oauth: () => ({ clientId: 'public' }),
        listen: async ({ client, signal }) => {
          heard.push(await client.getAccessToken())
          await new Promise((resolve) => {
            signal.addEventListener('abort', resolve)
          })
        },
      }),
    }))
    await using bot = await open(new BotDefinition().addIntegration(integration), { lease: 300 })
    platform.give('access-1')
    await new Browser().authorize((await bot.running.authorize('cloud')).url)
    await vi.waitFor(() => expect(heard).toEqual(['access-1']))
    expect(JSON.stringify(bot.lines)).not.toContain('begun again')
    // A client without a secret says who it is in the body.
    expect(platform.requests).toMatchObject([{ client_id: 'public' }])
  })
})

/** Two bots on one store: each a process of its own to the other. */
const pairs: Readonly<Record<string, () => Promise<{ one: StartOptions; other: StartOptions } & AsyncDisposable>>> = {
  'the embedded store': async () => {
    const store = memoryStore(systemClock)
    return { one: { store }, other: { store }, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
  },
  PostgreSQL: async () => {
    const schema = newSchema()
    const [one, other] = await Promise.all(
      [1, 2].map(async () => connectPostgres(await postgresUrl(), { schema, connections: 4 })),
    )
    const options = ({ store, queue, clock }: NonNullable<typeof one>): StartOptions => ({ store, queue, clock })
    return {
      one: options(one!),
      other: options(other!),
      [Symbol.asyncDispose]: async () => {
        await one![Symbol.asyncDispose]()
        await other![Symbol.asyncDispose]()
      },
    }
  },
}

describe.each(Object.entries(pairs))('two processes, in %s,', (_, make) => {
  it('both learn of what somebody gave, and ask for another token once', async () => {
    await using platform = await openPlatform()
    await using pair = await make()
    const [red, blue] = [cloudAt(platform.url), cloudAt(platform.url)]
    await using one = await open(red.bot(), { ...pair.one, lease: 600 })
    // Whoever is sent away from one process comes back to any: they have one address.
    await using other = await open(blue.bot(), { ...pair.other, lease: 600, url: one.url })
    platform.give('access-1', 'refresh-1')
    await new Browser().authorize((await other.running.authorize('mine')).url)
    await vi.waitFor(async () => expect(await other.tell()).toBe('access-1'), { timeout: 10_000 })
    expect([...red.registered, ...blue.registered]).toEqual(['access-1'])
    platform.give('access-2', 'refresh-2')
    const both = [one, other]
    expect(await Promise.all(both.map(({ tell }) => tell('access-1')))).toEqual(['access-2', 'access-2'])
    expect(platform.requests.filter(({ grant_type }) => grant_type === 'refresh_token')).toHaveLength(1)
  })
})

it('no token, code, verifier, state, link or client secret is in a row, a line of the log, an error, a trace or an answer', async () => {
  await using platform = await openPlatform()
  const store = memoryStore(systemClock)
  const rows: unknown[] = []
  const watched = new Proxy(store, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        rows.push([name, given])
        return (value as (...given: unknown[]) => unknown).apply(target, given)
      }
    },
  })
  const cloud = cloudAt(platform.url)
  const seen: unknown[] = []
  const secrets: string[] = [clientSecret]
  await using bot = await open(cloud.bot(), { store: watched, traces: true, log: (line) => void seen.push(line) })
  const link = async (): Promise<string> => (await bot.running.authorize('mine')).url
  const browser = new Browser()
  const way = async (): Promise<void> => {
    const url = await link()
    const opened = await browser.get(url)
    const back = (await browser.get(opened.location)).location
    const parameters = new URL(back).searchParams
    const cookie = /=([^;]*)/.exec(opened.headers.get('set-cookie') ?? '')?.[1]
    secrets.push(new URL(url).searchParams.get('link')!, parameters.get('code')!, parameters.get('state')!, cookie!)
    seen.push((await browser.get(back)).text)
    secrets.push(platform.requests[0]!['code_verifier'] as string)
  }
  for (const canary of ['canary-access', 'canary-refresh', 'canary-other', 'canary-next']) secrets.push(canary)
  // Platforms tell what they were sent.
  platform.answer({ status: 400, body: { error: 'invalid_client', error_description: `not ${clientSecret}` } })
  await way()
  platform.give('canary-access', 'canary-refresh')
  await way()
  platform.give('canary-other', 'canary-next')
  secrets.push(await bot.tell('canary-access'))
  platform.answer({ status: 400, body: { error: 'invalid_grant', error_description: 'canary-next is unknown' } })
  await bot.tell('canary-other').catch((error: unknown) => seen.push(error, inspect(error, { depth: 9 })))
  seen.push(bot.running.installations, (await bot.running.traces()).items, await bot.running.metrics.text(), rows)
  const everything = inspect(seen, { depth: 20, maxArrayLength: null, maxStringLength: null })
  expect(everything).toContain('••• is unknown')
  expect(rows.length).toBeGreaterThan(20)
  expect(secrets.length).toBeGreaterThan(14)
  for (const secret of secrets) expect([secret, everything.includes(secret)]).toEqual([secret, false])
})
