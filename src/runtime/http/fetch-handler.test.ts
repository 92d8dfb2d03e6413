import { timingSafeEqual } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { fetchHandler, type HttpOptions } from './fetch-handler.ts'
import { startNarrators } from './narrators.fixture.ts'
import { nodeHandler } from './node-handler.ts'

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>()
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) }
})

const token = 'the-token-of-tests'
const authorized = { authorization: `Bearer ${token}` }

/** Asks a running bot, and ends it. */
async function ask(path: string, init: RequestInit = {}, options: HttpOptions = { adminToken: token }) {
  await using running = await startNarrators()
  const response = await fetchHandler(() => running, options)(new Request(`http://host${path}`, init))
  return { status: response.status, headers: response.headers, body: (await response.json()) as never }
}
const failed = (status: number, code: string) => ({ status, body: { error: { code, message: expect.any(String) } } })

/** A body of unknown length. */
const chunks = (length: number): ReadableStream =>
  new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < length; sent += 1) controller.enqueue(new Uint8Array([97]))
      controller.close()
    },
  })

describe('the HTTP face of a bot', () => {
  it('is healthy before the bot runs, and ready when it does', async () => {
    const before = fetchHandler(() => undefined)
    const health = await before(new Request('http://host/health'))
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
    const ready = await before(new Request('http://host/ready'))
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'starting' }])
    const other = await before(new Request('http://host/desk/'))
    expect([other.status, await other.json()]).toMatchObject([503, { error: { code: 'not_running' } }])
    expect(await ask('/ready')).toMatchObject({ status: 200, body: { status: 'ready', bot: 'narrators' } })
  })

  it('answers 503 when the bot has stopped', async () => {
    const running = await startNarrators()
    await running.stop()
    const response = await fetchHandler(() => running)(new Request('http://host/desk/'))
    expect([response.status, await response.json()]).toMatchObject([503, { error: { code: 'not_running' } }])
  })

  it('gives an installation what follows its prefix, as it came', async () => {
    const init = { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'grüße' }
    expect(await ask('/desk/a%2Fb//c/?q=%20&q=2', init)).toMatchObject({
      status: 200,
      body: {
        method: 'PUT',
        path: '/a%2Fb//c/',
        query: 'q=%20&q=2',
        type: 'text/plain',
        body: 'grüße',
        length: 7,
      },
    })
    expect((await ask('/desk')).body).toMatchObject({ path: '/', length: 0 })
    expect((await ask('/desk/')).body).toMatchObject({ path: '/' })
    expect((await ask('/%64esk/')).body).toMatchObject({ path: '/' })
  })

  it.each([
    ['/nobody/', 404, 'not_found'],
    ['/low/', 404, 'not_found'],
    ['/constructor/', 404, 'not_found'],
    ['/asleep/', 503, 'installation_inactive'],
    ['/desk/fail', 500, 'internal'],
    ['/desk/odd', 500, 'internal'],
    ['/%zz/', 400, 'request_invalid'],
    ['/desk/%', 400, 'request_invalid'],
    ['/admin/%E0%A4%A', 400, 'request_invalid'],
  ])('answers %s with %i %s', async (path, status, code) => {
    expect(await ask(path)).toMatchObject(failed(status, code))
  })

  it('refuses a body over the limit, whether its length is told, hidden or a lie', async () => {
    const options = { bodyLimit: 4 }
    const tooLarge = failed(413, 'body_too_large')
    expect(await ask('/desk/', { method: 'POST', body: 'abcde' }, options)).toMatchObject(tooLarge)
    const hidden = { method: 'POST', body: chunks(5), duplex: 'half' }
    expect(await ask('/desk/', hidden, options)).toMatchObject(tooLarge)
    const lie = { method: 'POST', body: chunks(5), duplex: 'half', headers: { 'content-length': '1' } }
    expect(await ask('/desk/', lie, options)).toMatchObject(tooLarge)
    const four = { method: 'POST', body: chunks(4), duplex: 'half' }
    expect(await ask('/desk/', four, options)).toMatchObject({ status: 200, body: { body: 'aaaa' } })
  })
})

describe('the admin endpoints', () => {
  const unauthorized = failed(401, 'admin_unauthorized')

  it('are closed where there is no token, whatever is given', async () => {
    expect(await ask('/admin/bindings', {}, {})).toMatchObject(unauthorized)
    expect(await ask('/admin/bindings', { headers: { authorization: 'Bearer ' } }, { adminToken: '' })).toMatchObject(
      unauthorized,
    )
    expect(
      await ask('/admin/bindings', { headers: { authorization: 'Bearer undefined' } }, { adminToken: undefined }),
    ).toMatchObject(unauthorized)
  })

  it.each([undefined, 'Bearer wrong', `Bearer ${token}x`, `Basic ${token}`, token, `Bearer ${token.slice(0, -1)}`])(
    'refuse %s',
    async (authorization) => {
      const refused = await ask('/admin/bindings', { headers: authorization ? { authorization } : {} })
      expect(refused).toMatchObject(unauthorized)
      expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    },
  )

  it.each(['abc', 'fifteen-letters', 'with spaces within', 'ends-in-a-line-break\n', 'of-other-letters-é'])(
    'are not served with the token %j, which could be guessed or not be sent',
    (weak) => {
      for (const make of [fetchHandler, nodeHandler])
        expect(() => make(() => undefined, { adminToken: weak })).toThrow(
          expect.objectContaining({ code: 'admin_token_invalid', message: expect.stringContaining('secret key') }),
        )
    },
  )

  it('compare the token in constant time, whatever its length', async () => {
    vi.mocked(timingSafeEqual).mockClear()
    await ask('/admin/bindings', { headers: { authorization: 'Bearer x' } })
    await ask('/admin/bindings', { headers: authorized })
    expect(vi.mocked(timingSafeEqual).mock.results).toMatchObject([{ value: false }, { value: true }])
  })

  it('list bindings and installations', async () => {
    const bindings = await ask('/admin/bindings', { headers: authorized })
    expect(bindings).toMatchObject({
      status: 200,
      body: {
        bindings: [
          { consumer: 'narrator', need: 'voice', to: ['high'], generation: 1 },
          { consumer: 'shouter', need: 'voice', to: ['high'] },
          { consumer: 'bot', need: 'voice', to: ['high'] },
        ],
      },
    })
    const { installations } = (await ask('/admin/installations', { headers: authorized })).body as {
      installations: { alias: string; active: boolean; reason?: string }[]
    }
    expect(installations.map(({ alias, active }) => `${alias} ${active}`)).toEqual([
      'high true',
      'low true',
      'former true',
      'asleep false',
      'listener true',
      'desk true',
    ])
    expect(installations.find(({ alias }) => alias === 'asleep')?.reason).toContain('key')
  })

  it('register an installation', async () => {
    const registered = await ask('/admin/installations/high/register', { method: 'POST', headers: authorized })
    expect(registered).toMatchObject({ status: 200, body: { installation: { alias: 'high', active: true } } })
    const unknown = await ask('/admin/installations/nobody/register', { method: 'POST', headers: authorized })
    expect(unknown).toMatchObject(failed(404, 'installation_unknown'))
  })

  it.each([
    ['GET', '/admin'],
    ['GET', '/admin/'],
    ['POST', '/admin/bindings'],
    ['GET', '/admin/bindings/bot/voice'],
    ['PUT', '/admin/bindings/bot'],
    ['PUT', '/admin/bindings/bot/voice/'],
    ['DELETE', '/admin/installations'],
    ['GET', '/admin/installations/high/register'],
    ['POST', '/admin/installations/high'],
  ])('have no %s %s', async (method, path) => {
    expect(await ask(path, { method, headers: authorized })).toMatchObject(failed(404, 'not_found'))
  })
})

describe('a binding changed over HTTP', () => {
  const put = (body: string): RequestInit => ({ method: 'PUT', headers: authorized, body })

  it('is used by the next call', async () => {
    await using running = await startNarrators()
    const handle = fetchHandler(() => running, { adminToken: token })
    expect(await running.interfaces.voice.speak({ text: 'hi' })).toEqual({ text: 'high: hi' })
    const response = await handle(new Request('http://host/admin/bindings/bot/voice', put('"low"')))
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { binding: { consumer: 'bot', need: 'voice', to: ['low'], generation: 2, lacking: ['shout'] } },
    ])
    expect(await running.interfaces.voice.speak({ text: 'hi' })).toEqual({ text: 'low: hi' })
    const again = await handle(
      new Request('http://host/admin/bindings/bot/voice', put('{"to":["high","low"],"timeout":1000}')),
    )
    expect(await again.json()).toMatchObject({ binding: { to: ['high', 'low'], policies: ['timeout'], generation: 3 } })
  })

  it('is taken back over HTTP, as often as it is asked', async () => {
    await using running = await startNarrators()
    const handle = fetchHandler(() => running, { adminToken: token })
    await handle(new Request('http://host/admin/bindings/bot/voice', put('"low"')))
    for (const _ of ['first', 'again']) {
      const response = await handle(
        new Request('http://host/admin/bindings/bot/voice', { method: 'DELETE', headers: authorized }),
      )
      expect([response.status, await response.json()]).toMatchObject([
        200,
        { binding: { consumer: 'bot', need: 'voice', to: ['high'], source: 'default', generation: 3 } },
      ])
    }
    expect(await running.interfaces.voice.speak({ text: 'hi' })).toEqual({ text: 'high: hi' })
  })

  it.each(['bot/ears', 'nobody/voice', 'constructor/voice'])('%s is none that could be taken back', async (need) => {
    expect(await ask(`/admin/bindings/${need}`, { method: 'DELETE', headers: authorized })).toMatchObject(
      failed(404, 'need_unknown'),
    )
  })

  it.each([
    ['bot/voice', 'low', 400, 'request_invalid'],
    ['bot/voice', '', 400, 'request_invalid'],
    ['bot/voice', '{"to":"low"', 400, 'request_invalid'],
    ['bot/voice', '{}', 422, 'binding_policy_invalid'],
    ['bot/voice', '{"to":"low","timeout":"soon"}', 422, 'binding_policy_invalid'],
    ['bot/ears', '"low"', 404, 'need_unknown'],
    ['nobody/voice', '"low"', 404, 'need_unknown'],
    ['constructor/voice', '"low"', 404, 'need_unknown'],
  ])('%s to %s is refused with %i %s', async (need, body, status, code) => {
    expect(await ask(`/admin/bindings/${need}`, put(body))).toMatchObject(failed(status, code))
  })

  it.each([
    ['bot', '"nobody"', 'alias_unknown'],
    ['bot', '"listener"', 'binding_interface'],
    ['bot', '"former"', 'binding_version'],
    ['bot', '"asleep"', 'binding_inactive'],
    ['shouter', '"low"', 'binding_capability'],
    ['bot', '["high","listener"]', 'binding_interface'],
  ])('of %s to %s is refused with the problem, and nothing changes', async (consumer, body, code) => {
    await using running = await startNarrators()
    const handle = fetchHandler(() => running, { adminToken: token })
    const response = await handle(new Request(`http://host/admin/bindings/${consumer}/voice`, put(body)))
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { error: { code: 'composition_invalid', problems: [{ code, message: expect.any(String) }] } },
    ])
    expect(running.bindings.list().map(({ to, generation }) => [to, generation])).toEqual([
      [['high'], 1],
      [['high'], 1],
      [['high'], 1],
    ])
  })

  it('is refused where an entity in the configuration of the plugin does not fit it', async () => {
    await using running = await startNarrators({}, { id: 'a' })
    const handle = fetchHandler(() => running, { adminToken: token })
    const response = await handle(new Request('http://host/admin/bindings/narrator/voice', put('"low"')))
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { error: { code: 'configuration_invalid', problems: [{ path: expect.stringContaining('tone') }] } },
    ])
    expect(running.bindings.list()[0]).toMatchObject({ to: ['high'], generation: 1 })
  })
})
