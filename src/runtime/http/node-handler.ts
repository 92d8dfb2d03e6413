import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { PlugboardError } from '../../errors/index.ts'
import type { ServedBot } from '../bot/running-bot.ts'
import { type FetchHandler, fetchHandler, type HttpOptions } from './fetch-handler.ts'

/** Answers requests of `node:http`, and of what stands on it. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse, next?: (error: unknown) => void) => void

/**
 * A middleware for Express and its like, at any path: `app.use('/bots', nodeHandler(() => bot))`; also a listener for a
 * server of `node:http`. It must come before whatever parses bodies, for signatures are checked on what came; a parser
 * that leaves the bytes in `rawBody`, or in `body` as `express.raw()` does, may come before it. The limits of time are
 * those of the server. Start the bot with the `url` under which platforms reach the path.
 */
export function nodeHandler(running: () => ServedBot | undefined, options: HttpOptions = {}): NodeHandler {
  const handle = fetchHandler(running, options)
  return (request, response, next) => {
    void answer(handle, request, response).then(undefined, next ?? (() => response.destroy()))
  }
}

async function answer(handle: FetchHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const asked = toRequest(request, gone.signal)
  const malformed = { error: { code: 'request_invalid', message: 'the request is malformed' } }
  await send(asked ? await handle(asked) : Response.json(malformed, { status: 400 }), request, response)
}

/** @throws {PlugboardError} with the code `body_parsed`. */
function toRequest(request: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = 'GET', url = '/' } = request
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(request)
  try {
    // Not resolved against a base: a path that begins with two slashes would be taken for a host,
    // and so would one that begins with none.
    const path = url.replace(/^(?!\/)/, '/')
    return new Request(`http://localhost${path}`, { method, headers, body, signal, ...(body && { duplex: 'half' }) })
  } catch {
    return undefined
  }
}

/** The bytes of a body: as they come, or where a parser has left them. */
function bodyOf(request: IncomingMessage): BodyInit {
  const { rawBody, body } = request as { rawBody?: unknown; body?: unknown }
  for (const kept of [rawBody, body]) if (kept instanceof Uint8Array) return new Uint8Array(kept)
  if (request.readableDidRead || request.readableEnded)
    throw new PlugboardError({
      code: 'body_parsed',
      message:
        'a parser has read the body of the request before the bot: mount the bot before it, or let it keep the bytes in rawBody',
    })
  return Readable.toWeb(request) as ReadableStream<Uint8Array>
}

async function send(given: Response, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.statusCode = given.status
  given.headers.forEach((value, name) => response.appendHeader(name, value))
  // What is left of a request that was refused is not read, so nothing can follow it.
  if (!request.complete) response.setHeader('connection', 'close')
  if (!given.body || request.method === 'HEAD') {
    await given.body?.cancel()
    response.end()
    return
  }
  response.flushHeaders()
  const reader = given.body.getReader()
  response.on('close', () => void reader.cancel().catch(() => {}))
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    if (!response.write(value) && !response.destroyed)
      await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
  response.end()
}
