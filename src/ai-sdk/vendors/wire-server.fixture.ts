/** A server that answers as a test says, for what no mock of a vendor can be made to do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'

export type Answering = (response: ServerResponse) => void

/** What was asked of the server. */
export interface WireRequest {
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** Starts the server for the tests of a file. */
export function wireServer() {
  const wire = { origin: '', answering: (() => {}) as Answering, requests: [] as WireRequest[] }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += String(chunk)))
    request.on('end', () => {
      wire.requests.push({
        url: request.url,
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      })
      wire.answering(response)
    })
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    wire.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    wire.requests = []
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return wire
}

/** Answers with a body. */
export const says =
  (status: number, body: object | string, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body))

/** Sends the pieces of a stream, and then does what is to be done. */
export const streaming =
  (frames: readonly (object | string)[], then: (response: ServerResponse) => void): Answering =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const lines = frames.map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`)
    response.write(lines.join(''), () => then(response))
  }
