import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Act } from 'plugboard/testing'

/** How it answers; not at all without a status. */
interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** Pigeon on this machine: it knows two people, wants a token, and can be told to answer otherwise. */
export async function standIn({ token, secret }: { token: string; secret: string }) {
  const sent: unknown[] = []
  let instead: Answer | undefined
  let count = 0
  const server = createServer((request, response) => void answerTo(request, response))
  const answerTo = async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await request.setEncoding('utf8').toArray()).join('')
    const isKnown = request.url === '/messages' || /^\/people\/(ada|grace)$/.test(request.url ?? '')
    const status = request.headers.authorization === `Bearer ${token}` ? (isKnown ? 200 : 404) : 401
    const answer: Answer = instead ?? { status }
    if (answer.status === undefined) return
    if (request.url === '/messages' && answer.status === 200) sent.push(JSON.parse(body))
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(answer.body ?? JSON.stringify({ id: `m${sent.length}` }))
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo

  /** A request to the webhook, signed as Pigeon does. */
  const signed = (body: string) => {
    count += 1
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    return { body, headers: { 'x-pigeon-signature': signature, 'x-pigeon-delivery': `d${count}` } }
  }
  /** Has a person write, as Pigeon tells the webhook of it. */
  const write: Act = ({ receive, entity, text }) => {
    const { id: from } = (entity ?? { id: 'ada' }) as { id: string }
    return receive(signed(JSON.stringify({ id: `p${count}`, loft: `loft of ${from}`, from, text })))
  }
  const answering = (answer: Answer) => ({
    before: () => void (instead = answer),
    after: () => void (instead = undefined),
  })
  return { url: `http://127.0.0.1:${port}`, sent, signed, write, answering, stop: () => server.close() }
}
