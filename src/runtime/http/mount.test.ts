import { createHash, createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { describe, expect, it, vi } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, type WebhookResponse } from 'plugboard'
import {
  fastifyPlugin,
  fetchHandler,
  type HttpOptions,
  nodeHandler,
  type RunningBot,
  serve,
  startBot,
} from 'plugboard/runtime'

const secret = 'shared'
const signed = (body: Uint8Array): string => createHmac('sha256', secret).update(body).digest('hex')

/** A bot whose webhook demands a signature of what came, byte by byte, and gives a stream at `/stream`. */
function startSigned(left: () => void = () => {}): Promise<RunningBot> {
  const definition = new IntegrationDefinition({ name: 'desk' })
  const desk = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      webhook: { verify: ({ req }) => req.method === 'GET' || req.headers['x-signature'] === signed(req.rawBody) },
      handler: async ({ req, signal }): Promise<WebhookResponse> => {
        if (req.path === '/stream')
          return {
            headers: { 'content-type': 'text/event-stream' },
            body: new ReadableStream({
              start(controller) {
                controller.enqueue(new TextEncoder().encode(': open\n\n'))
                signal.addEventListener('abort', () => {
                  left()
                  try {
                    controller.close()
                  } catch {
                    // The reader has gone already.
                  }
                })
              },
            }),
          }
        const { method, path, query, rawBody } = req
        const digest = createHash('sha256').update(rawBody).digest('hex')
        return {
          status: 201,
          headers: { 'content-type': 'application/json', 'x-own': 'yes' },
          body: JSON.stringify({ method, path, query, type: req.headers['content-type'], digest }),
        }
      },
    }),
  }))
  return startBot(new BotDefinition({ name: 'mounted' }).addIntegration(desk), {
    log: () => {},
    environment: {},
  })
}

interface Host extends AsyncDisposable {
  /** Where the bot is reached. */
  readonly url: string
}
type Running = () => RunningBot | undefined
const port = (address: AddressInfo | string | null): number => (address as AddressInfo).port
const closing = (close: () => unknown) => ({ [Symbol.asyncDispose]: async () => void (await close()) })

/** The ways in which a bot can be reached over HTTP. */
const hosts: Readonly<Record<string, (running: Running, options?: HttpOptions) => Promise<Host>>> = {
  'a server of its own': async (running, options) => {
    const server = await serve(running, { ...options, port: 0 })
    return { url: server.url, ...closing(() => server.close()) }
  },
  'Fastify, beside other routes and parsers': async (running, options) => {
    const app = fastify()
    app.addContentTypeParser('text/x-own', { parseAs: 'string' }, (_, __, done) => done(new Error('not for the bot')))
    app.post('/own', (request, reply) => reply.send(request.body))
    await app.register(fastifyPlugin(running, options), { prefix: '/some/bots' })
    await app.listen({ port: 0 })
    return { url: `http://127.0.0.1:${port(app.server.address())}/some/bots`, ...closing(() => app.close()) }
  },
  'Express, before its parsers': async (running, options) => {
    const app = express()
    app.use('/some/bots', nodeHandler(running, options))
    app.use(express.json())
    const server = app.listen(0)
    return {
      url: `http://127.0.0.1:${port(server.address())}/some/bots`,
      ...closing(() => {
        server.closeAllConnections()
        server.close()
      }),
    }
  },
  'Express, after a parser that keeps the bytes': async (running, options) => {
    const app = express()
    app.use(
      express.json({
        limit: '5mb',
        verify: (request, _, buffer) => void Object.assign(request, { rawBody: buffer }),
      }),
    )
    app.use('/some/bots', nodeHandler(running, options))
    const server = app.listen(0)
    return {
      url: `http://127.0.0.1:${port(server.address())}/some/bots`,
      ...closing(() => {
        server.closeAllConnections()
        server.close()
      }),
    }
  },
  'node:http': async (running, options) => {
    const server = createServer(nodeHandler(running, { ...options, basePath: '/some/bots' }))
    await new Promise<void>((resolve) => {
      server.listen(0, resolve)
    })
    return {
      url: `http://127.0.0.1:${port(server.address())}/some/bots`,
      ...closing(() => {
        server.closeAllConnections()
        server.close()
      }),
    }
  },
}

// Bytes that no parser gives back as they came: spaces, an escape, and two keys of one name.
const body = new TextEncoder().encode('{ "a" : "\\u00df",\r\n  "a":1.0 }')
const encoded = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const post = (bytes: Uint8Array, type = 'application/json') => ({
  method: 'POST',
  headers: { 'content-type': type, 'x-signature': signed(bytes) },
  body: bytes as BodyInit,
})

describe.each(Object.entries(hosts))('a bot in %s', (_, host) => {
  it('gets every byte as it came, and what follows its path', async () => {
    await using bot = await startSigned()
    await using at = await host(() => bot)
    const response = await fetch(`${at.url}/desk/a%2Fb/?x=%20&x=2`, post(body))
    expect([response.status, response.headers.get('x-own')]).toEqual([201, 'yes'])
    expect(await response.json()).toEqual({
      method: 'POST',
      path: '/a%2Fb/',
      query: 'x=%20&x=2',
      type: 'application/json',
      digest: createHash('sha256').update(body).digest('hex'),
    })
    const forged = { ...post(body), body: new Uint8Array([...body, 32]) }
    expect((await fetch(`${at.url}/desk/`, forged)).status).toBe(401)
  })

  it('answers what is its own, and 503 until it runs', async () => {
    const running: RunningBot[] = []
    await using at = await host(() => running[0], { adminToken: 'the-token-of-tests' })
    expect((await fetch(`${at.url}/health`)).status).toBe(200)
    expect((await fetch(`${at.url}/ready`)).status).toBe(503)
    expect((await fetch(`${at.url}/desk/`)).status).toBe(503)
    await using bot = await startSigned()
    running.push(bot)
    expect((await fetch(`${at.url}/ready`)).status).toBe(200)
    expect((await fetch(`${at.url}/admin/installations`)).status).toBe(401)
    const headers = { authorization: 'Bearer the-token-of-tests' }
    expect((await fetch(`${at.url}/admin/installations`, { headers })).status).toBe(200)
    expect((await fetch(`${at.url}/nobody/`)).status).toBe(404)
    expect((await fetch(`${at.url}/desk/`, { method: 'HEAD' })).status).toBe(401)
  })

  it('refuses a body over the limit', async () => {
    await using bot = await startSigned()
    await using at = await host(() => bot, { bodyLimit: 1000 })
    const response = await fetch(
      `${at.url}/desk/`,
      post(new TextEncoder().encode(JSON.stringify({ a: 'x'.repeat(2000) }))),
    )
    expect([response.status, await response.json()]).toMatchObject([413, { error: { code: 'body_too_large' } }])
  })

  it('streams, and learns that a reader has gone', async () => {
    const left = vi.fn()
    await using bot = await startSigned(left)
    await using at = await host(() => bot)
    const reader = new AbortController()
    const response = await fetch(`${at.url}/desk/stream`, { signal: reader.signal })
    const stream = response.body?.getReader()
    expect(new TextDecoder().decode((await stream?.read())?.value)).toBe(': open\n\n')
    expect(left).not.toHaveBeenCalled()
    reader.abort()
    await vi.waitFor(() => expect(left).toHaveBeenCalled())
  })
})

describe.each(Object.entries(hosts))('installations that share a webhook, in %s,', (_, host) => {
  it('each get what is for them', async () => {
    const definition = new IntegrationDefinition({
      name: 'acme/desk',
      identifier: { extractScript: 'parse_json!(.body).team', fallbackHandlerScript: 'parse_json!(.body).challenge' },
    })
    const desk = definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, {
        register: ({ client, ctx }) => client.configureIntegration({ identifier: `team ${ctx.integrationAlias}` }),
        handler: async ({ ctx, req }) => ({ status: 201, body: `${ctx.integrationAlias} ${req.path}` }),
      }),
    }))
    await using bot = await startBot(
      new BotDefinition().addIntegration(desk, { alias: 'one' }).addIntegration(desk, { alias: 'two' }),
      { log: () => {}, environment: {} },
    )
    await using at = await host(() => bot)
    const send = async (given: object): Promise<unknown> => {
      const response = await fetch(`${at.url}/_integrations/acme.desk/webhook`, post(encoded(given)))
      return [response.status, await response.text()]
    }
    expect(await send({ team: 'team one' })).toEqual([201, 'one /webhook'])
    expect(await send({ team: 'team two' })).toEqual([201, 'two /webhook'])
    expect(await send({ challenge: 'c' })).toEqual([200, 'c'])
    expect(await send({ team: 'team three' })).toMatchObject([404, expect.stringContaining('identifier_unknown')])
  })
})

describe('a bot that is mounted', () => {
  it('leaves the other routes of Fastify their parsers, and lets go of its streams when the server closes', async () => {
    await using bot = await startSigned()
    const app = fastify()
    app.post('/own', (request, reply) => reply.send(request.body))
    await app.register(
      fastifyPlugin(() => bot),
      { prefix: '/bots' },
    )
    await app.listen({ port: 0 })
    const url = `http://127.0.0.1:${port(app.server.address())}`
    const own = await fetch(`${url}/own`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    })
    expect(await own.json()).toEqual({ a: 1 })
    const response = await fetch(`${url}/bots/desk/stream`)
    await Promise.all([response.text(), app.close()])
  })

  it('says so where a parser of Express has taken the bytes away', async () => {
    await using bot = await startSigned()
    const app = express()
    app.use(express.json())
    app.use(nodeHandler(() => bot))
    const errors: unknown[] = []
    app.use((error: unknown, _: express.Request, response: express.Response, __: express.NextFunction) => {
      errors.push(error)
      response.sendStatus(500)
    })
    const server = app.listen(0)
    expect((await fetch(`http://127.0.0.1:${port(server.address())}/desk/`, post(body))).status).toBe(500)
    expect(errors).toMatchObject([{ code: 'body_parsed' }])
    server.closeAllConnections()
    server.close()
  })

  it.each([
    ['/bots/health', 200],
    ['/bots/', 200],
    ['/bots', 200],
    ['/botsy/health', 404],
    ['/health', 404],
  ])('in a server of the fetch style answers %s below its path with %i', async (path, status) => {
    await using bot = await startSigned()
    const handler = fetchHandler(() => bot, { basePath: '/bots/' })
    expect((await handler(new Request(`http://host${path}`))).status).toBe(status)
  })
})
