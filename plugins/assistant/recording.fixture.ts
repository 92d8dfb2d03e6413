import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was sent over the wire. */
export interface Recorded {
  readonly path: string
  readonly body: string
}

/** A server that hands everything on to another one, and keeps what it was sent, byte by byte. */
export async function recording(to: string) {
  const recorded: Recorded[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      recorded.push({ path: String(request.url), body })
      const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
      fetch(`${to}${request.url}`, { method: 'POST', headers: headers as Record<string, string>, body })
        .then(async (answer) => {
          const type = answer.headers.get('content-type') ?? 'application/json'
          response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()))
        })
        .catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recorded,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
