import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createEmulator } from 'emulate'

/** The repository of the tests, its owner, and the account of the bot. */
export const owner = 'ada'
export const repository = 'engine'
export const own = 'plug-bot'
/** The tokens of those who take part. */
export const tokens: Readonly<Record<string, string>> = {
  ada: 'ghp_of_ada',
  [own]: 'ghp_of_the_bot',
  bob: 'ghp_of_bob',
}
export const app = { appId: 12_345, installationId: 100, slug: 'plug-app' }

const issues = `/repos/${owner}/${repository}/issues`
const longestPage = 100

/** What a server does with a request, instead of answering it. */
export type Answer = (response: ServerResponse) => void
interface Listed {
  readonly number: number
  readonly node_id: string
}

/**
 * The emulator of others, and what it does not know: who can be assigned, how issues are deleted, tokens that are wrong, and bad
 * days. Answers are those of GitHub's documentation.
 */
export class Hub implements AsyncDisposable {
  readonly url: string
  /** The private key of the app. */
  readonly privateKey: string
  /** What was asked: method and path with its query. */
  readonly asked: string[] = []
  /** What was written in comments. */
  readonly written: string[] = []
  readonly deleted = new Set<number>()
  /** Whether the bot may delete. */
  mayDelete = true
  readonly #server: Server
  readonly #emulator: { readonly origin: string; close(): Promise<void> }
  readonly #instead: { readonly pattern: RegExp; readonly answers: Answer[] }[] = []

  private constructor(server: Server, emulator: { origin: string; close(): Promise<void> }, privateKey: string) {
    this.#server = server
    this.#emulator = emulator
    this.privateKey = privateKey
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#take(request, response).catch(() => response.destroy())
    })
  }

  static async start(): Promise<Hub> {
    const github = await createEmulator({
      service: 'github',
      port: 0,
      seed: {
        tokens: Object.fromEntries(
          Object.entries(tokens).map(([login, token]) => [
            token,
            { login, scopes: ['repo', 'user', 'admin:repo_hook'] },
          ]),
        ),
        github: {
          users: Object.keys(tokens).map((login) => ({ login })),
          repos: [
            { owner, name: repository },
            { owner, name: 'another' },
          ],
          apps: [
            {
              app_id: app.appId,
              slug: app.slug,
              name: 'Plug',
              permissions: { issues: 'write', metadata: 'read' },
              events: [],
              installations: [{ installation_id: app.installationId, account: owner }],
            },
          ],
        },
      },
    })
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const origin = `http://127.0.0.1:${new URL(github.url).port}`
    const key = github.generatedSecrets.find(({ kind }) => kind === 'github.app_private_key')?.value ?? ''
    const hub = new Hub(server, { origin, close: () => github.close() }, key)
    for (const login of [own, 'bob'])
      await hub.as(owner, 'PUT', `/repos/${owner}/${repository}/collaborators/${login}`, { permission: 'push' })
    return hub
  }

  /** Answers requests that fit a pattern, which is held against `GET /path?query`, otherwise; one by one. */
  instead(pattern: RegExp, ...answers: readonly Answer[]): void {
    this.#instead.push({ pattern, answers: [...answers] })
  }

  forget(): void {
    this.#instead.length = 0
  }

  /** Does something as one of those who take part. */
  async as(login: string, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.#emulator.origin}${path}`, {
      method,
      headers: { authorization: `token ${tokens[login]}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const said = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${said}`)
    return said === '' ? {} : (JSON.parse(said) as Record<string, unknown>)
  }

  /** Opens an issue. Gives its number. */
  async open(login: string, draft: object): Promise<number> {
    return Number((await this.as(login, 'POST', issues, draft))['number'])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
    await this.#emulator.close()
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const [method = '', path = ''] = [request.method, request.url]
    this.asked.push(`${method} ${path}`)
    const instead = this.#instead.find(
      ({ pattern, answers }) => answers.length > 0 && pattern.test(`${method} ${path}`),
    )
    if (instead) return instead.answers.shift()?.(response)
    if (/nobody/.test(request.headers.authorization ?? '')) return says(401, { message: 'Bad credentials' })(response)
    if (method === 'POST' && path.endsWith('/comments')) this.written.push(String(JSON.parse(body).body))
    const number = Number(new RegExp(`^${issues}/(\\d+)`).exec(path)?.[1])
    if (this.deleted.has(number)) return says(410, { message: 'This issue was deleted' })(response)
    const assignee = /\/assignees\/([\w-]+)$/.exec(path)?.[1]
    if (method === 'GET' && assignee !== undefined)
      return Object.hasOwn(tokens, assignee)
        ? void response.writeHead(204).end()
        : says(404, { message: 'Not Found' })(response)
    if (path === '/graphql') return this.#delete(String(JSON.parse(body).variables.issueId), response)
    if (method === 'GET' && path.startsWith(`${issues}?`)) return this.#list(request, response)
    await this.#forward(request, body, response)
  }

  /** The mutation `deleteIssue`. */
  async #delete(id: string, response: ServerResponse): Promise<void> {
    const found = (await this.#all()).find(({ node_id }) => node_id === id)
    const fails = (type: string, message: string) =>
      says(200, { data: { deleteIssue: null }, errors: [{ type, path: ['deleteIssue'], message }] })(response)
    if (!found) return fails('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
    if (!this.mayDelete)
      return fails('FORBIDDEN', `${own} does not have the correct permissions to execute DeleteIssue`)
    this.deleted.add(found.number)
    says(200, { data: { deleteIssue: { clientMutationId: null } } })(response)
  }

  /** Without what was deleted, which moves all that follows. */
  async #list({ url, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams } = new URL(url ?? '', this.url)
    const [page, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('per_page') ?? 30)]
    const all = await this.#all(headers.authorization)
    const isMore = all.length > page * size
    says(200, all.slice((page - 1) * size, page * size), {
      ...(isMore && { link: `<${this.url}${issues}?page=${page + 1}>; rel="next"` }),
    })(response)
  }

  async #all(authorization = `token ${tokens[owner]}`): Promise<Listed[]> {
    const found: Listed[] = []
    for (let page = 1; ; page += 1) {
      const query = `state=all&sort=created&direction=asc&per_page=${longestPage}&page=${page}`
      const response = await fetch(`${this.#emulator.origin}${issues}?${query}`, { headers: { authorization } })
      const some = (await response.json()) as Listed[]
      found.push(...some.filter(({ number }) => !this.deleted.has(number)))
      if (some.length < longestPage) return found
    }
  }

  async #forward({ method = 'GET', url = '', headers }: IncomingMessage, body: string, response: ServerResponse) {
    const { authorization = '', accept = '' } = headers
    const answer = await fetch(`${this.#emulator.origin}${url}`, {
      method,
      redirect: 'manual',
      headers: { authorization, accept, 'content-type': 'application/json' },
      ...(body !== '' && { body }),
    })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  }
}

/** Answers with JSON. */
export const says =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(body))
