import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PlugboardError } from '../../errors/index.ts'
import { type FetchHandler, fetchHandler, type HttpOptions } from './fetch-handler.ts'
import type { ServedBot } from '../bot/running-bot.ts'

/** Where to listen. */
export interface ServeOptions extends HttpOptions {
  /** Default: 127.0.0.1, which only this machine reaches. */
  host?: string
  /** 0 takes any free port. Default: 3000. */
  port?: number
  /** Whether to take any free port if `port` is taken. Default: false. */
  orAnyPort?: boolean
  /** Milliseconds in which a request must have come in whole, or its connection is dropped. Default: 30,000. */
  requestTimeout?: number
  /** Milliseconds that `close()` leaves to what is being answered before it is aborted. Default: 10,000. */
  closeTimeout?: number
}

/** A server that listens. */
export interface Server extends AsyncDisposable {
  /** Where it is reached: `http://127.0.0.1:3000`. */
  readonly url: string
  /**
   * Stops listening, ends streams, and waits for what is being answered: at most `closeTimeout`, then it is aborted.
   * A second call is the same close.
   */
  close(): Promise<void>
}

const longestHeaders = 10_000
const keepAliveTimeout = 72_000
/** How often Node looks for requests that take too long; its own default would double the time that they get. */
const checkingInterval = 2000

/**
 * Serves a bot over HTTP. Until `running` gives one, requests are answered with 503.
 * @throws {PlugboardError} with the code `address_in_use`.
 */
export async function serve(running: () => ServedBot | undefined, options: ServeOptions = {}): Promise<Server> {
  const { host = '127.0.0.1', port = 3000, orAnyPort = false, closeTimeout = 10_000 } = options
  const exchanges = new Exchanges(fetchHandler(running, options))
  const app = await listen(exchanges, options, host, port).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    if (orAnyPort && port !== 0) return listen(exchanges, options, host, 0)
    throw new PlugboardError({
      code: 'address_in_use',
      message: `port ${port} of ${host} is taken. Choose another, or 0 for any free one.`,
      cause: error,
    })
  })
  const address = app.server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => {
    closed ??= closeGently(app, exchanges, closeTimeout)
    return closed
  }
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, close, [Symbol.asyncDispose]: close }
}

async function listen(
  exchanges: Exchanges,
  { bodyLimit = 1_048_576, requestTimeout = 30_000 }: ServeOptions,
  host: string,
  port: number,
): Promise<FastifyInstance> {
  // Not before: it takes longer to load than zod, and a bot that talks in the terminal or stands in another server has no use for it.
  const { fastify } = await import('fastify')
  const app = fastify({
    bodyLimit,
    requestTimeout,
    keepAliveTimeout,
    http: {
      connectionsCheckingInterval: Math.min(checkingInterval, requestTimeout),
      headersTimeout: Math.min(longestHeaders, requestTimeout),
    },
    clientErrorHandler: refuseConnection,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    return503OnClosing: false,
    frameworkErrors: (error, _, reply) => void refuse(error, reply),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  app.setErrorHandler((error: FastifyError, _, reply) => refuse(error, reply))
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ error: { code: 'not_found', message: 'there is nothing at this path' } }),
  )
  app.addHook('onSend', async (_, reply) => {
    if (exchanges.closing) reply.header('connection', 'close')
  })
  exchanges.watch(app.server)
  app.all('/*', (request, reply) => exchanges.answer(request, reply))
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw error
  }
  return app
}

function refuse(error: FastifyError, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500
  const code = status === 413 ? 'body_too_large' : status < 500 ? 'request_invalid' : 'internal'
  return reply
    .code(status)
    .send({ error: { code, message: status < 500 ? error.message : 'the request could not be handled' } })
}

/** Answers what never became a request, and drops its connection. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  const [status, message] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ['408 Request Timeout', 'the request did not come in whole in time']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'the headers of the request are too large']
        : ['400 Bad Request', 'this is no request, or its length is wrong']
  const body = JSON.stringify({ error: { code: 'request_invalid', message } })
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\n`
  if (socket.writable) socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`)
  socket.destroy(error)
}

async function closeGently(app: FastifyInstance, exchanges: Exchanges, closeTimeout: number): Promise<void> {
  exchanges.close()
  const timer = setTimeout(() => {
    exchanges.abort()
    app.server.closeAllConnections()
  }, closeTimeout)
  try {
    await app.close()
  } finally {
    clearTimeout(timer)
  }
}

/** The requests that are being answered, and the connections that they come through. */
class Exchanges {
  readonly #handle: FetchHandler
  readonly #open = new Set<AbortController>()
  /** Those whose response has begun: aborting them ends a stream and does nothing to what is complete. */
  readonly #responding = new Set<AbortController>()
  /** Connections, each with how many requests of it are being answered. */
  readonly #connections = new Map<Socket, number>()
  closing = false

  constructor(handle: FetchHandler) {
    this.#handle = handle
  }

  /** Keeps an eye on who is connected: Node takes a connection that has not asked anything yet for a busy one. */
  watch(server: HttpServer): void {
    server.on('connection', (socket) => {
      if (this.closing) socket.destroy()
      this.#connections.set(socket, 0)
      socket.on('close', () => this.#connections.delete(socket))
    })
    server.on('request', ({ socket }, response) => {
      this.#connections.set(socket, (this.#connections.get(socket) ?? 0) + 1)
      response.on('close', () => {
        const left = (this.#connections.get(socket) ?? 1) - 1
        if (this.#connections.has(socket)) this.#connections.set(socket, left)
        // A stream has sent its headers before the server began to close, so its reader would keep the connection.
        if (this.closing && left === 0) socket.destroySoon()
      })
    })
  }

  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (this.closing) return reply.code(503).send({ error: { code: 'not_running', message: 'the bot is stopping' } })
    const controller = new AbortController()
    this.#open.add(controller)
    reply.raw.on('close', () => {
      controller.abort()
      this.#open.delete(controller)
      this.#responding.delete(controller)
    })
    const asked = toRequest(request, controller.signal)
    if (!asked) return reply.code(400).send({ error: { code: 'request_invalid', message: 'the request is malformed' } })
    const response = await this.#handle(asked)
    this.#responding.add(controller)
    if (this.closing) controller.abort()
    return reply.send(response)
  }

  /** A stream of events has no end of its own, so it is ended; what is still being handled may finish. */
  close(): void {
    this.closing = true
    for (const controller of this.#responding) controller.abort()
    for (const [socket, asking] of this.#connections) if (asking === 0) socket.destroySoon()
  }

  abort(): void {
    for (const controller of this.#open) controller.abort()
  }
}

/** The request in the fetch style; undefined where its method or address cannot be said in it. */
function toRequest(request: FastifyRequest, signal: AbortSignal): Request | undefined {
  const { method } = request
  const body =
    method === 'GET' || method === 'HEAD' || !Buffer.isBuffer(request.body) ? null : new Uint8Array(request.body)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  try {
    // Not resolved against a base: a path that begins with two slashes would be taken for a host.
    return new Request(`http://localhost${request.url}`, { method, headers, body, signal })
  } catch {
    return undefined
  }
}
