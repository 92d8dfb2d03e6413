import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Gateway } from './gateway.fixture.ts'
import { type Answer, answerTo, type World } from './http-api-answers.fixture.ts'

/** A call. A file that was uploaded is its name, type and text. */
export interface Called {
  /** The method and the path, without the version; ids as they were. */
  readonly route: string
  readonly body: Record<string, unknown>
  readonly authorization: string | undefined
}

/** How one call is answered instead: with a status and a body, or by whatever is done with the connection. */
export type Instead = Answer | ((response: ServerResponse, request: IncomingMessage) => void)

/** The token of the one bot that it knows. */
export const token = 'MTI5MDAwMDAwMDAwMDAwMDAwMQ.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB'

export const limited = (retry_after: number, global = false): Answer => ({
  status: 429,
  body: { message: 'You are being rate limited.', retry_after, global },
})
export const failed = (status: number, code: number, message: string, more: object = {}): Answer => ({
  status,
  body: { message, code, ...more },
})

/** A server of the HTTP API. It answers with what the official documentation says, and keeps the limits that Discord has. */
export class HttpApi implements AsyncDisposable {
  readonly calls: Called[] = []
  readonly world: Omit<World, 'gatewayUrl'> = {
    messages: new Map(),
    nonces: new Map(),
    threads: new Map(),
    expired: new Set(),
  }
  readonly gateway = new Gateway(token, () => this.gatewayUrl)
  readonly #instead: { readonly pattern: RegExp; readonly answers: Instead[] }[] = []
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })

  static async start(): Promise<HttpApi> {
    const api = new HttpApi()
    api.#server.on('upgrade', (request, stream, head) => api.gateway.connect(request, stream, head))
    await new Promise<void>((resolve) => {
      api.#server.listen(0, '127.0.0.1', resolve)
    })
    return api
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v10`
  }

  get gatewayUrl(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  /** The calls of a route. */
  called(pattern: RegExp): Called[] {
    return this.calls.filter(({ route }) => pattern.test(route))
  }

  /** What was sent: new messages and answers. */
  sent(): Record<string, unknown>[] {
    return this.called(/^POST \S+\/messages$|^PATCH \S+@original$|^POST \/webhooks\/\d+\/[^/]+$/).map(
      ({ body }) => body,
    )
  }

  /** Answers the next calls of a route otherwise, one after another. */
  instead(pattern: RegExp, ...answers: readonly Instead[]): void {
    this.#instead.push({ pattern, answers: [...answers] })
  }

  /** Answers everything as before. */
  forget(): void {
    this.#instead.length = 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.gateway.stop()
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURI((request.url ?? '').replace(/^\/api\/v10/, ''))
    const route = `${request.method} ${path}`
    const body = await bodyOf(request)
    const { authorization } = request.headers
    this.calls.push({ route, body, authorization })
    const instead = this.#instead
      .find(({ pattern, answers }) => pattern.test(route) && answers.length > 0)
      ?.answers.shift()
    if (typeof instead === 'function') return instead(response, request)
    const isAllowed = authorization === `Bot ${token}` || /^\S+ \/(?:webhooks|interactions)\//.test(route)
    const answer =
      instead ??
      (isAllowed
        ? answerTo(route, body, { ...this.world, gatewayUrl: this.gatewayUrl })
        : failed(401, 0, '401: Unauthorized'))
    if (answer.body === undefined) response.writeHead(answer.status).end()
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  if (body.length === 0) return {}
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/')) return JSON.parse(body.toString()) as Record<string, unknown>
  const given = await new Response(body, { headers: { 'content-type': type } }).formData()
  const files: object[] = []
  const payload = given.get('payload_json')
  for (const value of given.values())
    if (typeof value !== 'string') files.push({ name: value.name, type: value.type, content: await value.text() })
  return { ...(JSON.parse(typeof payload === 'string' ? payload : '{}') as object), files }
}
