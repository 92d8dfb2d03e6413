import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { ServedBot } from '../bot/running-bot.ts'
import { type Desk, startNarrators } from './narrators.fixture.ts'
import { serve, type ServeOptions } from './serve.ts'

/** A bot that is served on a free port. */
async function served({ desk, ...options }: ServeOptions & { desk?: Partial<Desk> } = {}) {
  const running = await startNarrators(desk)
  const server = await serve(() => running, { port: 0, ...options })
  return {
    url: server.url,
    server,
    async [Symbol.asyncDispose]() {
      await server.close()
      await running.stop()
    },
  }
}

/** Writes bytes to a server as they are, and gives all that comes back until it closes the connection. */
async function raw(url: string, ...parts: readonly string[]): Promise<string> {
  const socket = open(url)
  for (const part of parts) socket.write(part)
  return received(socket)
}
function open(url: string): Socket {
  const { hostname, port } = new URL(url)
  return connect(Number(port), hostname)
}
async function received(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => {})
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}
const heads = (method: string, path: string, ...headers: string[]): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: host', 'Connection: close', ...headers, '', ''].join('\r\n')
const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1))
const failed = (code: string) => ({ error: { code, message: expect.any(String) } })

describe('a served bot', () => {
  it('answers over HTTP with method, path, query, headers and body as they came', async () => {
    await using bot = await served()
    const response = await fetch(`${bot.url}/desk/a%2Fb?x=1&x=2`, {
      method: 'DELETE',
      headers: { 'content-type': 'text/x-own' },
      body: 'ß',
    })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({
      method: 'DELETE',
      path: '/a%2Fb',
      query: 'x=1&x=2',
      type: 'text/x-own',
      body: 'ß',
      length: 2,
    })
    expect(await (await fetch(`${bot.url}/desk/`, { method: 'POST', body: new Uint8Array([1, 2]) })).json()).toEqual({
      method: 'POST',
      path: '/',
      query: '',
      body: '\u0001\u0002',
      length: 2,
    })
    const head = await fetch(`${bot.url}/desk/`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('answers 503 until it runs', async () => {
    const running: ServedBot[] = []
    await using server = await serve(() => running[0], { port: 0 })
    expect((await fetch(`${server.url}/ready`)).status).toBe(503)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    await using started = await startNarrators()
    running.push(started)
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
  })

  it.each([
    ['/desk/%zz', 400],
    ['/%', 400],
    ['/admin/%E0%A4%A', 400],
    ['//', 404],
    ['//desk/', 404],
    ['*', 404],
    [`/${'a'.repeat(5000)}/`, 404],
  ])('answers the path %.20s with %i as JSON', async (path, status) => {
    await using bot = await served()
    const answer = await raw(bot.url, heads('GET', path))
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(bodyOf(answer)).toEqual(failed(status === 400 ? 'request_invalid' : 'not_found'))
  })

  it('refuses what cannot be handled as a request with 400', async () => {
    await using bot = await served()
    expect(await raw(bot.url, heads('TRACE', '/desk/'))).toMatch(/^HTTP\/1.1 400 /)
    expect(await raw(bot.url, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /)
    const missing = await fetch(`${bot.url}/desk/`, { method: 'PROPFIND' })
    expect([missing.status, await missing.json()]).toEqual([404, failed('not_found')])
  })

  it('refuses a body over the limit, whether its length is told or hidden', async () => {
    await using bot = await served({ bodyLimit: 4 })
    const told = await fetch(`${bot.url}/desk/`, { method: 'POST', body: 'abcde' })
    expect([told.status, await told.json()]).toEqual([413, failed('body_too_large')])
    const hidden = await raw(
      bot.url,
      heads('POST', '/desk/', 'Transfer-Encoding: chunked'),
      '3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n',
    )
    expect(hidden).toMatch(/^HTTP\/1.1 413 /)
    expect(hidden).toContain('body_too_large')
    expect((await fetch(`${bot.url}/desk/`, { method: 'POST', body: 'abcd' })).status).toBe(200)
  })

  it('refuses a body that is longer than it says', async () => {
    await using bot = await served({ bodyLimit: 4 })
    const answer = await raw(bot.url, `${heads('POST', '/desk/', 'Content-Length: 3')}abcdefgh`)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(bodyOf(answer)).toEqual(failed('request_invalid'))
  })

  it('refuses headers that are too large', async () => {
    await using bot = await served()
    const answer = await raw(bot.url, heads('GET', '/desk/', `X-Long: ${'a'.repeat(20_000)}`))
    expect(answer).toMatch(/^HTTP\/1.1 431 /)
    expect(bodyOf(answer)).toEqual(failed('request_invalid'))
  })

  it('drops a request that does not come in whole in time', async () => {
    await using bot = await served({ requestTimeout: 100 })
    expect(await raw(bot.url, heads('POST', '/desk/', 'Content-Length: 10'), 'abc')).toMatch(/^HTTP\/1.1 408 /)
    expect(await raw(bot.url, 'GET /desk/ HTTP/1.1\r\nHost: host\r\n')).toMatch(/^HTTP\/1.1 408 /)
  })

  it('sends a stream as it comes, and ends it when its reader goes', async () => {
    const ended = Promise.withResolvers<void>()
    await using bot = await served({ desk: { ended: () => ended.resolve() } })
    const reading = new AbortController()
    const response = await fetch(`${bot.url}/desk/stream`, { signal: reading.signal })
    const { value } = (await response.body?.getReader().read()) ?? {}
    expect(new TextDecoder().decode(value)).toBe(': open\n\n')
    reading.abort()
    await ended.promise
  })
})

describe('a server that closes', () => {
  it('ends its streams, and lets go of their connections, however late they end', async () => {
    const gate = Promise.withResolvers<void>()
    await using bot = await served({ desk: { ended: () => gate.promise }, closeTimeout: 600_000 })
    using agent = disposable(new Agent({ keepAlive: true }))
    const [response] = (await once(request(`${bot.url}/desk/stream`, { agent }).end(), 'response')) as [IncomingMessage]
    await once(response, 'data')
    const closed = bot.server.close()
    await unreachable(bot.url)
    gate.resolve()
    await once(response, 'end')
    await closed
    expect(response.complete).toBe(true)
  })

  it('does not wait for who has not asked anything', async () => {
    await using bot = await served({ closeTimeout: 600_000 })
    const silent = open(bot.url)
    const half = open(bot.url)
    await Promise.all([once(silent, 'connect'), once(half, 'connect')])
    half.write('GET /desk/ HTTP/1.1\r\n')
    // Answered, so the server has taken the connections before.
    expect((await fetch(`${bot.url}/health`)).status).toBe(200)
    const left = [received(silent), received(half)]
    await bot.server.close()
    expect(await Promise.all(left)).toEqual(['', ''])
  })

  it('waits for what is being answered, and tells its connection to close', async () => {
    const arrived = Promise.withResolvers<AbortSignal>()
    const gate = Promise.withResolvers<void>()
    const wait: Desk['wait'] = (signal) => {
      arrived.resolve(signal)
      return gate.promise
    }
    await using bot = await served({ desk: { wait } })
    using agent = disposable(new Agent({ keepAlive: true }))
    const asked = request(`${bot.url}/desk/wait`, { agent }).end()
    const signal = await arrived.promise
    const closed = bot.server.close()
    await unreachable(bot.url)
    expect(signal.aborted).toBe(false)
    gate.resolve()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    expect([response.statusCode, response.headers.connection]).toEqual([200, 'close'])
    response.resume()
    await closed
  })

  it('aborts what is being answered when its time is up', async () => {
    const arrived = Promise.withResolvers<void>()
    const wait: Desk['wait'] = (signal) => {
      arrived.resolve()
      return once(signal, 'abort').then(() => signal.throwIfAborted())
    }
    await using bot = await served({ desk: { wait }, closeTimeout: 0 })
    const answered = fetch(`${bot.url}/desk/wait`)
    answered.catch(() => {})
    await arrived.promise
    await bot.server.close()
    await expect(answered).rejects.toThrow('fetch failed')
  })

  it('closes once, however often it is told to', async () => {
    await using bot = await served()
    const first = bot.server.close()
    expect(bot.server.close()).toBe(first)
    await first
  })
})

describe('an address that is taken', () => {
  it('is refused by its code, and the port is told', async () => {
    await using first = await serve(() => undefined, { port: 0 })
    const port = Number(new URL(first.url).port)
    await expect(serve(() => undefined, { port })).rejects.toMatchObject({
      code: 'address_in_use',
      message: expect.stringContaining(String(port)),
    })
  })

  it('is refused by another code where this machine has none such', async () => {
    await expect(serve(() => undefined, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      code: 'address_unavailable',
      message: expect.stringContaining('192.0.2.1'),
    })
  })

  it('gives way to any free port where that is wanted', async () => {
    await using first = await serve(() => undefined, { port: 0 })
    await using second = await serve(() => undefined, { port: Number(new URL(first.url).port), orAnyPort: true })
    expect(second.url).not.toBe(first.url)
    expect((await fetch(`${second.url}/health`)).status).toBe(200)
  })
})

/** Resolves when a server takes no connection any more. */
async function unreachable(url: string): Promise<void> {
  for (;;) {
    const socket = open(url)
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (!connected) return
  }
}

const disposable = <T extends { destroy(): void }>(value: T): T & Disposable =>
  Object.assign(value, { [Symbol.dispose]: () => value.destroy() })
