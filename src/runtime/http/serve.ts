import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
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
}

/** A server that listens. */
export interface Server extends AsyncDisposable {
  /** Where it is reached: `http://127.0.0.1:3000`. */
  readonly url: string
  /** Stops listening, and waits for what is being answered. */
  close(): Promise<void>
}

const requestTimeout = 30_000
const keepAliveTimeout = 72_000

/**
 * Serves a bot over HTTP. Until `running` gives one, requests are answered with 503.
 * @throws {PlugboardError} with the code `address_in_use`.
 */
export async function serve(running: () => ServedBot | undefined, options: ServeOptions = {}): Promise<Server> {
  const { host = '127.0.0.1', port = 3000, orAnyPort = false } = options
  const handle = fetchHandler(running, options)
  const open = new Set<AbortController>()
  const listen = async (wanted: number): Promise<FastifyInstance> => {
    const app = fastify({
      bodyLimit: options.bodyLimit ?? 1_048_576,
      requestTimeout,
      keepAliveTimeout,
      forceCloseConnections: 'idle',
      exposeHeadRoutes: false,
    })
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    app.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
      const status = error.statusCode ?? 500
      const code = status === 413 ? 'body_too_large' : status < 500 ? 'request_invalid' : 'internal'
      void reply
        .code(status)
        .send({ error: { code, message: status < 500 ? error.message : 'the request could not be handled' } })
    })
    app.all('/*', (request, reply) => answer(handle, open, request, reply))
    await app.listen({ host, port: wanted })
    return app
  }
  const app = await listen(port).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    if (orAnyPort && port !== 0) return listen(0)
    throw new PlugboardError({
      code: 'address_in_use',
      message: `port ${port} of ${host} is taken. Choose another, or 0 for any free one.`,
      cause: error,
    })
  })
  const address = app.server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  const close = async (): Promise<void> => {
    // A stream of events has no end of its own.
    for (const controller of open) controller.abort()
    await app.close()
  }
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, close, [Symbol.asyncDispose]: close }
}

async function answer(
  handle: FetchHandler,
  open: Set<AbortController>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const controller = new AbortController()
  open.add(controller)
  reply.raw.on('close', () => {
    controller.abort()
    open.delete(controller)
  })
  const { method } = request
  const body =
    method === 'GET' || method === 'HEAD' || !Buffer.isBuffer(request.body) ? null : new Uint8Array(request.body)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  const response = await handle(
    new Request(new URL(request.url, `http://${request.host || 'localhost'}`), {
      method,
      headers,
      body,
      signal: controller.signal,
    }),
  )
  return reply.send(response)
}
