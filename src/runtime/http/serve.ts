import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { PlugboardError } from '../../errors/index.ts'
import { Exchanges } from './exchanges.ts'
import { answerAll, refuse } from './fastify-plugin.ts'
import { fetchHandler, type HttpOptions } from './fetch-handler.ts'
import type { ServedBot } from '../bot/running-bot.ts'

/** Where to listen. */
export interface ServeOptions extends Omit<HttpOptions, 'basePath'> {
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
/** Why nobody can listen there, by what the system says. */
const unavailable: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'nobody knows that name',
  EAI_AGAIN: 'nobody knows that name',
  EACCES: 'ports below 1024 are for privileged users',
}
/** How often Node looks for requests that take too long; its own default would double the time that they get. */
const checkingInterval = 2000

/**
 * Serves a bot over HTTP. Until `running` gives one, requests are answered with 503.
 * @throws {PlugboardError} with the code `address_in_use`, or `address_unavailable` where this machine has none such, or
 * `admin_token_invalid`.
 */
export async function serve(running: () => ServedBot | undefined, options: ServeOptions = {}): Promise<Server> {
  const { host = '127.0.0.1', port = 3000, orAnyPort = false, closeTimeout = 10_000 } = options
  const exchanges = new Exchanges(fetchHandler(running, options))
  const app = await listen(exchanges, running, options, host, port).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? (error.code as string) : undefined
    if (code !== undefined && Object.hasOwn(unavailable, code))
      throw new PlugboardError({
        code: 'address_unavailable',
        message: `cannot listen on port ${port} of ${host}: ${unavailable[code]}. Choose another.`,
        cause: error,
      })
    if (code !== 'EADDRINUSE') throw error
    if (orAnyPort && port !== 0) return listen(exchanges, running, options, host, 0)
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
  running: () => ServedBot | undefined,
  { bodyLimit, requestTimeout = 30_000 }: ServeOptions,
  host: string,
  port: number,
): Promise<FastifyInstance> {
  // Not before: it takes longer to load than zod, and a bot that talks in the terminal or stands in another server has no use for it.
  const { fastify } = await import('fastify')
  const app = fastify({
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
  exchanges.watch(app.server)
  answerAll(app, exchanges, running, { bodyLimit })
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw error
  }
  return app
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
