import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { appToken, SocketMode } from './socket/socket-mode.fixture.ts'
import { Workspace } from './web-api-answers.fixture.ts'

/** A call of a method. What is JSON in the form is parsed. */
export interface ApiCall {
  readonly method: string
  readonly parameters: Record<string, unknown>
}

/** How one call is answered instead: with a refusal, or by whatever is done with the connection. */
type Answering =
  | { readonly error: string; readonly needed?: string }
  | ((response: ServerResponse, request: IncomingMessage) => void)

/** The token of the one bot that it knows. */
export const token = 'xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy'

/** A server of the Web API. It answers with what the official documentation says, and keeps the limits that are documented. */
export class WebApi implements AsyncDisposable {
  readonly calls: ApiCall[] = []
  readonly workspace = new Workspace()
  readonly socketMode = new SocketMode()
  /** What was posted to the addresses of commands and buttons. */
  readonly responses: unknown[] = []
  /** Called before each answer. */
  onCall: (method: string) => void = () => {}
  readonly #instead = new Map<string, Answering[]>()
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })

  static async start(): Promise<WebApi> {
    const api = new WebApi()
    api.#server.on('upgrade', (request, stream, head) => api.socketMode.connect(request, stream, head))
    await new Promise<void>((resolve) => {
      api.#server.listen(0, '127.0.0.1', resolve)
    })
    return api
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get url(): string {
    return `${this.origin}/api/`
  }

  /** The parameters of the calls of a method. */
  called(method: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.method === method).map(({ parameters }) => parameters)
  }

  /** Answers the next calls of a method otherwise, one after another; of `file <id>`, those for a file. */
  instead(method: string, ...answers: readonly Answering[]): void {
    this.#instead.set(method, [...(this.#instead.get(method) ?? []), ...answers])
  }

  /** Answers a method as before. */
  forget(method: string): void {
    this.#instead.delete(method)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socketMode.stop()
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const body = await bodyOf(request)
    const [, folder, rest = ''] = /^\/(api|upload|files-pri|response)\/(.*)$/.exec(path) ?? []
    if (folder === 'response') {
      const instead = this.#instead.get('response')?.shift()
      if (typeof instead === 'function') return instead(response, request)
      this.responses.push(JSON.parse(body.toString()))
      response.end('ok')
      return
    }
    if (folder === 'upload') {
      const file = this.workspace.files.get(rest)
      if (file) file.content = body.toString()
      response.writeHead(file ? 200 : 404).end('OK')
      return
    }
    const isOfApp = path === '/api/apps.connections.open'
    const isKnown = request.headers.authorization === `Bearer ${isOfApp ? appToken : token}`
    if (folder === 'files-pri') {
      const file = this.workspace.files.get(rest)
      const broken = this.#instead.get(`file ${rest}`)?.shift()
      if (typeof broken === 'function') return broken(response, request)
      response.writeHead(isKnown && file ? 200 : 302, {
        'content-type': file?.mimetype ?? 'text/html',
        location: '/login',
      })
      response.end(isKnown ? file?.content : '')
      return
    }
    const parameters = Object.fromEntries(
      [...new URLSearchParams(body.toString())].map(([name, value]) => [name, parsed(value)]),
    )
    this.calls.push({ method: rest, parameters })
    this.onCall(rest)
    const instead = this.#instead.get(rest)?.shift()
    if (typeof instead === 'function') return instead(response, request)
    const answer = instead
      ? { ok: false, ...instead }
      : isKnown
        ? this.workspace.answer(rest, parameters, this.origin)
        : { ok: false, error: 'invalid_auth' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Lists and objects are JSON in the form, and all else is text. */
function parsed(value: string): unknown {
  if (!/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Says that the next call is to come later. */
export const limited =
  (seconds: number) =>
  (response: ServerResponse): void =>
    void response.writeHead(429, { 'retry-after': `${seconds}` }).end('{"ok":false,"error":"ratelimited"}')
