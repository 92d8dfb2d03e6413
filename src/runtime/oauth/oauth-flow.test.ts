import { describe, expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { Browser, cloudAt, open, openPlatform } from './oauth.fixture.ts'

const start = async ({ pkce, ...options }: Parameters<typeof open>[1] & { pkce?: boolean } = {}) => {
  const platform = await openPlatform()
  const cloud = cloudAt(platform.url, 'cloud', pkce)
  const bot = await open(cloud.bot(), options)
  const link = async () => (await bot.running.authorize('mine')).url
  const status = () => bot.running.installations[0]
  return {
    platform,
    cloud,
    bot,
    link,
    status,
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await platform[Symbol.asyncDispose]()
    },
  }
}
const failed = (status: number, code: string) => ({ status, text: expect.stringContaining(`[${code}]`) })

describe('giving access', () => {
  it('goes from a link over the platform to tokens, which handlers have from then on', async () => {
    await using all = await start()
    const { platform, cloud, bot, link, status } = all
    expect(status()).toMatchObject({
      active: false,
      reason: '[authorization_needed] nobody has given it access yet',
      authorization: { status: 'needed' },
    })
    await expect(bot.tell()).rejects.toMatchObject({ code: 'registration_failed' })
    platform.give('access-1', 'refresh-1')
    const browser = new Browser()
    const opened = await browser.get(await link())
    const sent = new URL(opened.location)
    const { state, code_challenge, ...asked } = Object.fromEntries(sent.searchParams)
    expect(`${sent.origin}${sent.pathname}`).toBe(`${platform.url}/authorize`)
    expect(asked).toEqual({
      tenant: '1',
      access_type: 'offline',
      response_type: 'code',
      client_id: 'client-1',
      redirect_uri: `${bot.url}/_integrations/cloud/oauth/callback`,
      scope: 'read write',
      code_challenge_method: 'S256',
    })
    expect([state, code_challenge]).toEqual([
      expect.stringMatching(/^[\w-]{43}$/),
      expect.stringMatching(/^[\w-]{43}$/),
    ])
    expect(opened.headers.get('set-cookie')).toMatch(
      /^plugboard-oauth-[\w-]{16}=[\w-]{43}; Path=\/_integrations\/cloud\/oauth\/callback; Max-Age=600; HttpOnly; SameSite=Lax$/,
    )
    const back = (await browser.get(opened.location)).location
    const done = await browser.get(back)
    expect([done.status, browser.cookies]).toEqual([200, 0])
    expect(done.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(platform.requests).toMatchObject([
      { grant_type: 'authorization_code', code_verifier: expect.stringMatching(/^[\w-]{43}$/) },
    ])
    expect(await bot.tell()).toBe('access-1')
    expect(cloud.registered).toEqual(['access-1'])
    expect(status()).toMatchObject({ active: true, authorization: { status: 'authorized', reason: undefined } })
  })

  it('goes without PKCE where the platform refuses that', async () => {
    await using all = await start({ pkce: false })
    const { platform, bot, link } = all
    platform.give('access-1', 'refresh-1')
    const browser = new Browser()
    const { location } = await browser.get(await link())
    const { searchParams } = new URL(location)
    expect([searchParams.has('code_challenge'), searchParams.has('code_challenge_method')]).toEqual([false, false])
    await browser.get((await browser.get(location)).location)
    expect(platform.requests[0]).not.toHaveProperty('code_verifier')
    expect(await bot.tell()).toBe('access-1')
  })

  it('gives no access where whoever was asked did not, or the platform says something else', async () => {
    await using all = await start()
    const { platform, link } = all
    for (const [error, status, code] of [
      ['access_denied', 403, 'authorization_denied'],
      ['server_error', 502, 'authorization_failed'],
    ] as const) {
      platform.service.once('beforeAuthorizeRedirect', ({ url }: { url: URL }) => {
        url.searchParams.delete('code')
        url.searchParams.set('error', error)
        url.searchParams.set('error_description', '<script>')
      })
      const answer = await new Browser().authorize(await link())
      expect(answer).toMatchObject(failed(status, code))
      expect(answer.text).not.toContain('<script>')
    }
    expect(platform.requests).toEqual([])
    expect(all.status()).toMatchObject({ authorization: { status: 'needed' } })
  })

  it('is for the browser that began, once', async () => {
    await using all = await start()
    const { platform, link, status } = all
    const [one, other] = [new Browser(), new Browser()]
    const back = await one.back(await link())
    // Somebody else who is on the way, and who is lured to the end of this one.
    await other.back(await link())
    expect(await other.get(back)).toMatchObject(failed(400, 'authorization_state_invalid'))
    // It is used up by that, too.
    expect(await one.get(back)).toMatchObject(failed(400, 'authorization_state_invalid'))
    expect(platform.requests).toEqual([])
    platform.give('access-1')
    const again = await one.back(await link())
    expect(await one.get(again)).toMatchObject({ status: 200 })
    expect(await one.get(again)).toMatchObject(failed(400, 'authorization_state_invalid'))
    expect(platform.requests).toHaveLength(1)
    expect(status()).toMatchObject({ active: true })
  })

  it.each([
    ['none', (url: URL) => url.searchParams.delete('state')],
    ['a wrong one', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
    ['that of another', (url: URL, other: URL) => url.searchParams.set('state', other.searchParams.get('state') ?? '')],
  ])('asks for the state that was given: %s is refused', async (_, change) => {
    await using all = await start()
    const { platform, link } = all
    const [one, other] = [new Browser(), new Browser()]
    const url = new URL(await one.back(await link()))
    change(url, new URL(await other.back(await link())))
    expect(await one.get(url.href)).toMatchObject(failed(400, 'authorization_state_invalid'))
    expect(platform.requests).toEqual([])
  })

  it('ends after a while, for links and for those on the way', async () => {
    const clock = new VirtualClock()
    await using store = memoryStore(clock)
    await using all = await start({ clock, store })
    const { link } = all
    const browser = new Browser()
    const [back, late] = [await browser.back(await link()), await link()]
    await clock.advance(600_000)
    expect(await browser.get(back)).toMatchObject(failed(400, 'authorization_state_invalid'))
    await clock.advance(3_000_000)
    expect(await browser.get(late)).toMatchObject(failed(400, 'authorization_link_invalid'))
  })

  it('needs a link of an operator, which opens once', async () => {
    await using all = await start()
    const { bot, link } = all
    const url = `${bot.url}/_integrations/cloud/oauth/start`
    const browser = new Browser()
    for (const guess of ['', '?link=', '?link=x', `?link=${'A'.repeat(43)}`])
      expect(await browser.get(`${url}${guess}`)).toMatchObject(failed(400, 'authorization_link_invalid'))
    const given = await link()
    // Whatever looks at links before people do must not use them up.
    expect((await fetch(given, { method: 'HEAD', redirect: 'manual' })).status).toBe(405)
    expect(await browser.get(given)).toMatchObject({ status: 302 })
    expect(await browser.get(given)).toMatchObject(failed(400, 'authorization_link_invalid'))
    const state = new URL(await new Browser().back(await link())).searchParams.get('state')
    // A state is no link.
    expect(await browser.get(`${url}?link=${state}`)).toMatchObject(failed(400, 'authorization_link_invalid'))
    const ask = (headers: HeadersInit, alias = 'mine') =>
      fetch(`${bot.url}/admin/installations/${alias}/authorize`, { method: 'POST', headers })
    expect((await ask({})).status).toBe(401)
    const headers = { authorization: 'Bearer the-token-of-tests' }
    expect((await ask(headers, 'nobody')).status).toBe(404)
    const { authorization } = (await (await ask(headers)).json()) as {
      authorization: { url: string; expiresAt: string }
    }
    expect(await browser.get(authorization.url)).toMatchObject({ status: 302 })
    expect(Date.parse(authorization.expiresAt)).toBeGreaterThan(Date.now())
  })

  it('fails if the code was asked for with another verifier', async () => {
    await using all = await start()
    const { link, status } = all
    const browser = new Browser()
    const { location } = await browser.get(await link())
    const forged = new URL(location)
    forged.searchParams.set('code_challenge', 'x'.repeat(43))
    const back = (await browser.get(forged.href)).location
    expect(await browser.get(back)).toMatchObject({ text: expect.stringContaining('No access was given') })
    expect(status()).toMatchObject({ authorization: { status: 'needed' } })
  })

  it.each<[string, { status: number; body: Record<string, unknown> }, number, string]>([
    ['is broken', { status: 500, body: {} }, 503, 'vendor_unavailable'],
    ['asks to wait', { status: 429, body: {} }, 503, 'vendor_rate_limited'],
    ['refuses the code', { status: 400, body: { error: 'invalid_grant' } }, 502, 'authorization_failed'],
    ['does not know the client', { status: 401, body: { error: 'invalid_client' } }, 502, 'vendor_unauthorized'],
    ['gives nothing', { status: 200, body: {} }, 502, 'authorization_failed'],
    [
      'gives other tokens',
      { status: 200, body: { access_token: 'canary', token_type: 'mac' } },
      502,
      'authorization_failed',
    ],
    ['gives no text', { status: 200, body: { access_token: 7, token_type: 'bearer' } }, 502, 'authorization_failed'],
  ])('fails where the platform %s', async (_, answer, status, code) => {
    await using all = await start()
    const { platform, link, bot } = all
    platform.answer(answer)
    expect(await new Browser().authorize(await link())).toMatchObject(failed(status, code))
    expect(JSON.stringify(bot.lines)).not.toContain('canary')
    expect(all.status()).toMatchObject({ authorization: { status: 'needed' } })
    platform.give('access-1')
    expect(await new Browser().authorize(await link())).toMatchObject({ status: 200 })
    expect(await bot.tell()).toBe('access-1')
  })

  it('fails in the words of a platform that refuses with the status of success', async () => {
    await using all = await start()
    all.platform.answer({ status: 200, body: { ok: false, error: 'invalid_code' } })
    const { status, text } = await new Browser().authorize(await all.link())
    expect([status, text]).toEqual([502, expect.stringContaining('invalid_code')])
  })

  it('fails where the platform cannot be reached', async () => {
    await using all = await start()
    const { platform, link } = all
    const browser = new Browser()
    const back = await browser.back(await link())
    await platform[Symbol.asyncDispose]()
    expect(await browser.get(back)).toMatchObject(failed(503, 'vendor_unavailable'))
  })

  it('is refused where nothing could be kept, before anybody is sent away', async () => {
    await using all = await start({ environment: { PLUGBOARD_SECRET_MINE_CLIENT_SECRET: 's' } })
    const { bot } = all
    await expect(bot.running.authorize('mine')).rejects.toMatchObject({ code: 'secret_key_missing' })
    const response = await fetch(`${bot.url}/admin/installations/mine/authorize`, {
      method: 'POST',
      headers: { authorization: 'Bearer the-token-of-tests' },
    })
    expect([response.status, await response.json()]).toMatchObject([409, { error: { code: 'secret_key_missing' } }])
  })

  it('is for installations that ask for it', async () => {
    const definition = new IntegrationDefinition({ name: 'plain' })
    const plain = definition.implementedBy(async () => ({ default: new IntegrationImplementation(definition, {}) }))
    await using bot = await open(new BotDefinition().addIntegration(plain))
    await expect(bot.running.authorize('plain')).rejects.toMatchObject({ code: 'oauth_undeclared' })
    await expect(bot.running.authorize('other')).rejects.toMatchObject({ code: 'installation_unknown' })
    const client = bot.running.clientOf('plain')
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'oauth_undeclared' })
    expect((await fetch(`${bot.url}/_integrations/plain/oauth/start`)).status).toBe(404)
  })

  it('is for the configurations that ask for it', async () => {
    const schema = z.object({})
    const oauth = {
      authorizationUrl: 'https://platform.test/authorize',
      tokenUrl: 'https://platform.test/token',
      configurations: ['person'],
    }
    const configured = { configuration: { schema }, configurations: { person: { schema } } }
    const definition = new IntegrationDefinition({ name: 'both', ...configured, oauth })
    const both = definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, { oauth: () => ({ clientId: 'client-1' }) }),
    }))
    await using bot = await open(
      new BotDefinition()
        .addIntegration(both, { alias: 'app' })
        .addIntegration(both, { alias: 'grown', configurationType: 'person' }),
    )
    expect(bot.running.installations).toMatchObject([
      { active: true, authorization: undefined },
      { active: false, authorization: { status: 'needed' } },
    ])
    await expect(bot.running.authorize('app')).rejects.toMatchObject({ code: 'oauth_undeclared' })
    await expect(bot.running.clientOf('app').getAccessToken()).rejects.toThrow("configured as 'default'")
    expect((await bot.running.authorize('grown')).url).toContain('/_integrations/both/oauth/start')
    const misspelt = { ...configured, oauth: { ...oauth, configurations: ['persons'] } }
    expect(() => new IntegrationDefinition({ name: 'both', ...misspelt })).toThrow("'default', 'person'")
  })

  it.each([
    ['http://platform.test/token', 'https address'],
    ['https://user:password@platform.test/token', 'https address'],
    ['token', 'https address'],
  ])('is not declared with %s', (tokenUrl, told) => {
    const oauth = { authorizationUrl: 'https://platform.test/authorize', tokenUrl }
    expect(() => new IntegrationDefinition({ name: 'cloud', oauth })).toThrow(told)
  })
})
