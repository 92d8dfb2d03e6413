import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerTo, type Refusing } from './bot-api-answers.fixture.ts'

/** A call of a method. A file that was uploaded is its name, type and size. */
export interface ApiCall {
  readonly method: string
  readonly parameters: Record<string, unknown>
}

/** How one call is answered instead: with a refusal, or by whatever is done with the connection. */
type Answering = Refusing | ((response: ServerResponse, request: IncomingMessage) => void)

/** The token of the bot. */
export const token = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcA'

/**
 * A server of the Bot API. It answers with what the official documentation says, keeps its limits, numbers updates, holds
 * calls for updates open, and sends them to the webhook with the secret that it was given.
 */
export class BotApi implements AsyncDisposable {
  readonly calls: ApiCall[] = []
  /** The tokens that it knows. */
  readonly tokens = new Set([token])
  /** What is at the paths that `getFile` gives. */
  readonly files = new Map<string, { readonly path: string; readonly content: string; readonly size?: number }>()
  webhook: { url: string; secret_token?: string } | undefined
  /** Reactions of the bot, the last one for each message. */
  readonly reactions: { messageId: unknown; emoji: string; before: string }[] = []
  /** What messages say that were changed; undefined for those that are gone. */
  readonly #edited = new Map<unknown, string | undefined>()
  /** What it says of updates that it could not deliver. */
  webhookTrouble: { last_error_date?: number; last_error_message?: string } = {}
  readonly #instead = new Map<string, Answering[]>()
  readonly #updates: { update_id: number }[] = []
  readonly #waiting = new Set<() => void>()
  #updateId = 870_000
  #messageId = 100
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })

  static async start(): Promise<BotApi> {
    const api = new BotApi()
    await new Promise<void>((resolve) => {
      api.#server.listen(0, '127.0.0.1', resolve)
    })
    return api
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The parameters of the calls of a method. */
  called(method: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.method === method).map(({ parameters }) => parameters)
  }

  /** Answers the next calls of a method otherwise, one after another. */
  instead(method: string, ...answers: readonly Answering[]): void {
    this.#instead.set(method, [...(this.#instead.get(method) ?? []), ...answers])
  }

  /** Answers a method as before. */
  forget(method: string): void {
    this.#instead.delete(method)
  }

  /** Puts an update before the bot: for whoever asks, or to the webhook; then it gives the status. */
  async tell(
    update: object,
    { id, secret }: { id?: number; secret?: string | null } = {},
  ): Promise<number | undefined> {
    const told = { update_id: id ?? (this.#updateId += 1), ...update }
    if (!this.webhook) {
      this.#updates.push(told)
      for (const wake of this.#waiting) wake()
      return undefined
    }
    const given = secret === undefined ? this.webhook.secret_token : secret
    const { status } = await this.post(JSON.stringify(told), given)
    return status
  }

  /** Sends something to the webhook. */
  post(body: string, secret?: string | null): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      ...(typeof secret === 'string' && { 'x-telegram-bot-api-secret-token': secret }),
    }
    return fetch(this.webhook?.url ?? '', { method: 'POST', headers, body })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind, path = ''] = /^\/(bot|file\/bot)(.*)$/.exec(request.url ?? '') ?? []
    const [asked, ...rest] = path.split('/')
    const method = decodeURIComponent(rest.join('/'))
    const parameters = await parametersOf(request)
    // It is asked for at no certain moment.
    if (method !== 'getWebhookInfo') this.calls.push({ method: kind === 'bot' ? method : `file ${method}`, parameters })
    const instead = this.#instead.get(method)?.shift()
    if (typeof instead === 'function') return instead(response, request)
    if (instead) return send(response, instead.error_code, { ok: false, ...instead })
    if (!this.tokens.has(asked ?? ''))
      return send(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' })
    if (kind !== 'bot') return this.#giveFile(method, response)
    if (method === 'getUpdates') return this.#giveUpdates(parameters, response)
    if (method === 'getWebhookInfo')
      return send(response, 200, { ok: true, result: { url: '', ...this.webhook, ...this.webhookTrouble } })
    if (method === 'setWebhook') this.webhook = parameters as never
    if (method === 'deleteWebhook') this.webhook = undefined
    const trouble = this.#troubleWith(method, parameters)
    if (trouble) return send(response, 400, { ok: false, error_code: 400, description: `Bad Request: ${trouble}` })
    const answer = answerTo(method, parameters, { next: () => (this.#messageId += 1), files: this.files })
    send(response, answer.ok ? 200 : answer.error_code, answer)
  }

  /** What is wrong with changing a message, if anything is; else it is changed. */
  #troubleWith(
    method: string,
    { message_id: id, text, entities, reaction }: Record<string, unknown>,
  ): string | undefined {
    const isGone = this.#edited.has(id) && this.#edited.get(id) === undefined
    if (method === 'deleteMessage') {
      if (isGone) return 'message to delete not found'
      this.#edited.set(id, undefined)
    }
    if (method === 'editMessageText') {
      const now = JSON.stringify([text, entities])
      if (isGone) return 'message to edit not found'
      if (this.#edited.get(id) === now) return 'message is not modified: specified new message content is the same'
      this.#edited.set(id, now)
    }
    if (method === 'setMessageReaction') {
      const [{ emoji = '' } = {}] = reaction as { emoji?: string }[]
      if (emoji.includes('\uFE0F')) return 'REACTION_INVALID'
      const before = this.reactions.findLast(({ messageId }) => messageId === id)?.emoji ?? ''
      this.reactions.push({ messageId: id, emoji, before })
    }
    return undefined
  }

  async #giveUpdates({ offset = 0, timeout = 0 }: Record<string, unknown>, response: ServerResponse): Promise<void> {
    // Whoever asks from some update on has taken those before.
    while (this.#updates[0] && this.#updates[0].update_id < Number(offset)) this.#updates.shift()
    if (this.#updates.length === 0 && Number(timeout) > 0)
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve)
        response.on('close', resolve)
      })
    send(response, 200, { ok: true, result: this.#updates })
  }

  #giveFile(path: string, response: ServerResponse): void {
    const file = [...this.files.values()].find((one) => one.path === path)
    if (file) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.content)
    else send(response, 404, { ok: false, error_code: 404, description: 'Not Found' })
  }
}

function send(response: ServerResponse, status: number, answer: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

async function parametersOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  if (body.length === 0) return {}
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/')) return JSON.parse(body.toString()) as Record<string, unknown>
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  const uploads = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [] : [[name, value] as const]))
  const fields = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
  const files = new Map<string, unknown>()
  for (const [name, file] of uploads) files.set(`attach://${name}`, { name: file.name, content: await file.text() })
  return Object.fromEntries(fields.map(([name, value]) => [name, files.get(value) ?? parsed(value)]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
