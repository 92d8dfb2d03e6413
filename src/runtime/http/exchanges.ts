import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FetchHandler } from './fetch-handler.ts'

/** The requests that are being answered, and the connections that they come through. */
export class Exchanges {
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
    method === 'GET' || method === 'HEAD' || !(request.body instanceof Uint8Array)
      ? null
      : (request.body as Uint8Array<ArrayBuffer>)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  try {
    // Not resolved against a base: a path that begins with two slashes would be taken for a host,
    // and so would one that begins with none.
    return new Request(`http://localhost${request.url.replace(/^(?!\/)/, '/')}`, { method, headers, body, signal })
  } catch {
    return undefined
  }
}
