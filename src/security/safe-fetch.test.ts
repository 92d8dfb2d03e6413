import type dns from 'node:dns'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { safeFetch, type SafeFetchOptions } from './safe-fetch.ts'

type Addresses = readonly { readonly address: string; readonly family: number }[]
/** What names resolve to, one answer after another. */
const names = new Map<string, Addresses[]>()
const lookedUp: string[] = []

vi.mock('node:dns', async (original) => {
  const given = await original<typeof dns>()
  const lookup = (host: string, _: unknown, callback: (error: Error | null, addresses: Addresses) => void): void => {
    lookedUp.push(host)
    const answers = names.get(host)
    const answer = answers && answers.length > 1 ? answers.shift() : answers?.[0]
    callback(answer ? null : new Error(`getaddrinfo ENOTFOUND ${host}`), answer ?? [])
  }
  return { ...given, lookup }
})

const here = { address: '127.0.0.1', family: 4 }
const seen: {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}[] = []
let answer: (request: IncomingMessage, response: ServerResponse) => void
let connections = 0
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { method = '', url = '', headers } = request
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    answer(request, response)
  })
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  server.on('connection', () => {
    connections += 1
  })
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  seen.length = 0
  lookedUp.length = 0
  connections = 0
  names.clear()
  names.set('friend.test', [[here]])
  answer = (_, response) => response.end('hello')
})

const open: SafeFetchOptions = { allow: ['127.0.0.1'] }
const at = (path: string, host = '127.0.0.1'): string => `http://${host}:${port}${path}`
const redirectTo =
  (location: string, status = 302) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url === '/go') response.writeHead(status, { location }).end('moved')
    else response.end('arrived')
  }

describe('a guarded request', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0x7f.0.1:PORT/',
    'http://①②⑦.⓪.⓪.①:PORT/',
    'http://127.0.0.1.:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://[fd00::1]:PORT/',
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
  ])('refuses %s before anything is sent', async (url) => {
    await expect(safeFetch(url.replace('PORT', String(port)))).rejects.toMatchObject({
      code: 'address_refused',
      retryable: false,
    })
    expect(connections).toBe(0)
    expect(lookedUp).toEqual([])
  })

  it('refuses a name by what it resolves to, without telling what that is', async () => {
    names.set('evil.test', [[here]])
    names.set('mixed.test', [
      [
        { address: '1.1.1.1', family: 4 },
        { address: 'fd00::5', family: 6 },
      ],
    ])
    for (const host of ['evil.test', 'mixed.test']) {
      const failure = await safeFetch(at('/', host)).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'address_refused', message: `'${host}' is not at a public address` })
    }
    expect(connections).toBe(0)
  })

  it('connects to the very addresses that it looked at, so that a name cannot change in between', async () => {
    names.set('rebound.test', [[{ address: '192.0.2.7', family: 4 }], [here]])
    // What is allowed is the first answer alone; the second, where somebody listens, would be the rebound one.
    const options = { allow: ['192.0.2.7'], timeout: 200 }
    await expect(safeFetch(at('/', 'rebound.test'), options)).rejects.toMatchObject({ retryable: true })
    expect(lookedUp).toEqual(['rebound.test'])
    expect(connections).toBe(0)
  })

  it.each([
    ['an address', () => at('/', '127.0.0.2')],
    ['an address of IPv4 in one of IPv6', () => at('/', '[::ffff:127.0.0.2]')],
    ['a name', () => at('/', 'evil.test')],
  ])('refuses a redirect to %s that is not public', async (_, location) => {
    names.set('evil.test', [[{ address: '127.0.0.2', family: 4 }]])
    answer = redirectTo(location())
    await expect(safeFetch(at('/go'), open)).rejects.toMatchObject({ code: 'address_refused' })
    expect(seen).toHaveLength(1)
  })

  it.each(['ftp://friend.test/', 'file:///etc/passwd', 'data:,x', 'http://user:pass@friend.test/', 'nonsense', '//x'])(
    'refuses %s as no address of the web, also by redirect',
    async (url) => {
      await expect(safeFetch(url)).rejects.toMatchObject({ code: 'request_invalid' })
      if (!url.includes(':')) return
      answer = redirectTo(url)
      await expect(safeFetch(at('/go'), open)).rejects.toMatchObject({ code: 'request_invalid' })
    },
  )

  it('gives what was answered, as fetch does', async () => {
    answer = (_, response) =>
      response
        .writeHead(
          418,
          'Short and stout',
          [
            ['x-own', 'a'],
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ].flat(),
        )
        .end('ß')
    const response = await safeFetch(at('/tea?x=%20', 'friend.test'), {
      ...open,
      method: 'POST',
      headers: { 'x-mine': '1', host: 'inner', connection: 'upgrade', 'proxy-authorization': 'x' },
      body: JSON.stringify({ a: 1 }),
    })
    expect(response).toBeInstanceOf(Response)
    expect([response.status, response.statusText, response.url, response.redirected]).toEqual([
      418,
      'Short and stout',
      at('/tea?x=%20', 'friend.test'),
      false,
    ])
    expect([response.headers.get('x-own'), response.headers.getSetCookie()]).toEqual(['a', ['a=1', 'b=2']])
    expect(await response.text()).toBe('ß')
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/tea?x=%20',
        body: '{"a":1}',
        headers: { host: `friend.test:${port}`, 'content-length': '7', 'x-mine': '1' },
      },
    ])
    expect(seen[0]?.headers).not.toHaveProperty('proxy-authorization')
    const head = await safeFetch(at('/'), { ...open, method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([418, ''])
  })

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'body'],
    [308, 'PUT', 'PUT', 'body'],
  ])('follows %i from %s as %s', async (status, method, then, body) => {
    answer = redirectTo('/there', status)
    const response = await safeFetch(at('/go'), { ...open, method, body: 'body' })
    expect([await response.text(), response.redirected, response.url]).toEqual(['arrived', true, at('/there')])
    expect(seen[1]).toMatchObject({ method: then, url: '/there', body })
  })

  it('does not take credentials along to another origin', async () => {
    const headers = { authorization: 'Bearer x', cookie: 'a=1', 'x-other': '1' }
    answer = redirectTo(at('/there', 'friend.test'))
    await safeFetch(at('/go'), { ...open, headers })
    expect(seen[1]?.headers).toMatchObject({ 'x-other': '1' })
    for (const name of ['authorization', 'cookie']) expect(seen[1]?.headers).not.toHaveProperty(name)
    answer = redirectTo('/there')
    await safeFetch(at('/go'), { ...open, headers })
    expect(seen.at(-1)?.headers).toMatchObject(headers)
  })

  it('follows so many redirects and no more, none at all, or gives the first', async () => {
    answer = (_, response) => response.writeHead(302, { location: '/again' }).end()
    await expect(safeFetch(at('/'), { ...open, redirects: 3 })).rejects.toMatchObject({ code: 'vendor_failed' })
    expect(seen).toHaveLength(4)
    await expect(safeFetch(at('/'), { ...open, redirect: 'error' })).rejects.toMatchObject({ code: 'vendor_failed' })
    expect((await safeFetch(at('/'), { ...open, redirect: 'manual' })).status).toBe(302)
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('unpacks %s, and counts what is unpacked', async (encoding, pack) => {
    const text = 'x'.repeat(100_000)
    answer = (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(pack(text))
    const response = await safeFetch(at('/'), { ...open, limit: 100_000 })
    expect([await response.text(), response.headers.get('content-encoding')]).toEqual([text, null])
    const small = await safeFetch(at('/'), { ...open, limit: 99_999 })
    await expect(small.text()).rejects.toMatchObject({ code: 'response_too_large' })
  })

  it('reads no more than it may, whether the length is told or not', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': 11 }).end('12345678901')
    await expect(safeFetch(at('/'), { ...open, limit: 10 })).rejects.toMatchObject({ code: 'response_too_large' })
    answer = (_, response) => {
      response.write('123456')
      response.end('78901')
    }
    const response = await safeFetch(at('/'), { ...open, limit: 10 })
    await expect(response.text()).rejects.toMatchObject({ code: 'response_too_large' })
  })

  it('ends in time, before the answer or in the middle of it', async () => {
    answer = () => {}
    const late = { code: 'timeout', retryable: true }
    await expect(safeFetch(at('/'), { ...open, timeout: 50 })).rejects.toMatchObject(late)
    answer = (_, response) => void response.write('half')
    const response = await safeFetch(at('/'), { ...open, timeout: 300 })
    await expect(response.text()).rejects.toMatchObject(late)
  })

  it('ends when its caller wants it to', async () => {
    const caller = new AbortController()
    answer = () => caller.abort()
    await expect(safeFetch(at('/'), { ...open, signal: caller.signal })).rejects.toMatchObject({ code: 'aborted' })
    await expect(safeFetch(at('/'), { ...open, signal: caller.signal })).rejects.toMatchObject({ code: 'aborted' })
  })

  it('says that a host cannot be reached, and that a connection broke', async () => {
    const unavailable = { code: 'vendor_unavailable', retryable: true }
    await expect(safeFetch('http://nobody.test/')).rejects.toMatchObject(unavailable)
    await expect(safeFetch('http://127.0.0.1:1/', open)).rejects.toMatchObject(unavailable)
    answer = (request) => request.socket.destroy()
    await expect(safeFetch(at('/'), open)).rejects.toMatchObject(unavailable)
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => request.socket.destroy())
    }
    const response = await safeFetch(at('/'), open)
    await expect(response.text()).rejects.toMatchObject(unavailable)
    answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
    await expect(safeFetch(at('/'), open).then((bad) => bad.text())).rejects.toMatchObject(unavailable)
    answer = (_, response) => response.writeHead(999).end()
    await expect(safeFetch(at('/'), open)).rejects.toMatchObject({ code: 'vendor_failed' })
  })
})
