import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { accessToken, errorBody, phoneNumberId, problemOf, type Refusing } from './cloud-api-answers.fixture.ts'

/** What is asked: a message, that one is shown as read, a file handed in, where a file is, the file, the number. */
type Kind = 'message' | 'read' | 'upload' | 'media' | 'download' | 'number'

/** A call. A file that was handed in is its name, type and content. */
interface ApiCall {
  readonly kind: Kind
  readonly parameters: Record<string, unknown>
}

/** How one call is answered instead: with a refusal, or by whatever is done with the connection. */
export type Answering = Refusing | ((response: ServerResponse, request: IncomingMessage) => void)

/**
 * A server of the Cloud API: it answers with what the official documentation says, keeps its limits, and has the files that people
 * send.
 */
export class CloudApi implements AsyncDisposable {
  readonly calls: ApiCall[] = []
  /** What people have sent, by id. */
  readonly files = new Map<string, { readonly type: string; readonly content: string; readonly url?: string }>()
  /** By what WhatsApp knows people who are written to, where that is not the number. */
  readonly known = new Map<string, { readonly wa_id?: string; readonly user_id?: string }>()
  /** What goes with the messages, by what they are called. */
  readonly marks = new Map<string, string>()
  /** Reactions of the number, the last one for each message. */
  readonly reactions: { messageId: string; emoji: string; before: string }[] = []
  readonly #instead = new Map<Kind, Answering[]>()
  #count = 0
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })

  static async start(): Promise<CloudApi> {
    const api = new CloudApi()
    await new Promise<void>((resolve) => {
      api.#server.listen(0, '127.0.0.1', resolve)
    })
    return api
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The parameters of the calls of a kind. */
  called(kind: Kind): Record<string, unknown>[] {
    return this.calls.filter((call) => call.kind === kind).map(({ parameters }) => parameters)
  }

  /** Answers the next calls of a kind otherwise, one after another. */
  instead(kind: Kind, ...answers: readonly Answering[]): void {
    this.#instead.set(kind, [...(this.#instead.get(kind) ?? []), ...answers])
  }

  /** Answers as before. */
  forget(kind: Kind): void {
    this.#instead.delete(kind)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', 'http://graph')
    const parameters = await parametersOf(request)
    const [version = '', node = '', edge] = pathname.slice(1).split('/')
    const kind = kindOf({ version, node, edge, parameters })
    if (!kind) return send(response, 404, errorBody({ status: 404, code: 2500, message: 'Unknown path components' }))
    this.calls.push({ kind, parameters })
    const instead = this.#instead.get(kind)?.shift()
    if (typeof instead === 'function') return instead(response, request)
    if (instead) return refuse(response, instead)
    const token = request.headers.authorization?.replace('Bearer ', '')
    if (token !== accessToken)
      return refuse(response, { status: 401, code: 190, message: `Malformed access token ${token}` })
    if (kind === 'download') return this.#giveFile(node, response)
    if (kind === 'media') return this.#findFile(node, response)
    if (kind === 'number')
      return send(response, 200, {
        id: phoneNumberId,
        display_phone_number: '+1 555-078-3881',
        verified_name: 'Lucky Shrub',
      })
    if (kind === 'upload') return this.#takeFile(parameters, response)
    if (kind === 'read') return this.#read(parameters, response)
    this.#take(parameters, response)
  }

  #takeFile({ type, file }: Record<string, unknown>, response: ServerResponse): void {
    const given = (file as { type?: string } | undefined)?.type ?? ''
    if (type === given && handedIn.test(given)) return send(response, 200, { id: `${1_000_000 + (this.#count += 1)}` })
    const message = `Param file must be a file with one of the following types: … Received file of type '${given}'.`
    refuse(response, { status: 400, code: 100, message })
  }

  #take(message: Record<string, unknown>, response: ServerResponse): void {
    const problem = problemOf(message)
    if (problem) return refuse(response, problem)
    const id = `wamid.TEST${(this.#count += 1)}`
    if (typeof message['biz_opaque_callback_data'] === 'string') this.marks.set(id, message['biz_opaque_callback_data'])
    if (message['type'] === 'reaction') this.#react(message['reaction'] as { message_id: string; emoji: string })
    const input = String(message['to'] ?? message['recipient'])
    const contact = this.known.get(input) ?? (message['to'] === undefined ? { user_id: input } : { wa_id: input })
    send(response, 200, {
      messaging_product: 'whatsapp',
      contacts: [{ input, ...contact }],
      messages: [{ id }],
    })
  }

  #react({ message_id: messageId, emoji }: { message_id: string; emoji: string }): void {
    const before = this.reactions.findLast((one) => one.messageId === messageId)?.emoji ?? ''
    this.reactions.push({ messageId, emoji, before })
  }

  #read({ message_id: id }: Record<string, unknown>, response: ServerResponse): void {
    // It knows the messages of people alone.
    if (typeof id === 'string' && id.startsWith('wamid.') && !id.startsWith('wamid.TEST'))
      return send(response, 200, { success: true })
    refuse(response, { status: 400, code: 131009, message: 'Parameter value is not valid', details: 'message_id' })
  }

  #findFile(id: string, response: ServerResponse): void {
    const file = this.files.get(id)
    if (!file) return refuse(response, { status: 400, code: 100, message: 'Unsupported get request' })
    send(response, 200, {
      messaging_product: 'whatsapp',
      url: file.url ?? `${this.url}/whatsapp_business/${id}?ext=1790000000&hash=ATs`,
      mime_type: file.type,
      sha256: 'a'.repeat(64),
      file_size: `${file.content.length}`,
      id,
    })
  }

  #giveFile(id: string, response: ServerResponse): void {
    const file = this.files.get(id)
    if (file) response.writeHead(200, { 'content-type': file.type }).end(file.content)
    else response.writeHead(404).end('Not Found')
  }
}

/** What is taken when a file is handed in. */
const handedIn =
  /^(?:text\/plain|image\/(?:jpeg|png|webp)|video\/(?:mp4|3gpp)|audio\/(?:aac|amr|mp4|mpeg|ogg|opus)|application\/(?:pdf|msword|vnd\..*))$/

interface Asked {
  readonly version: string
  readonly node: string
  readonly edge: string | undefined
  readonly parameters: Record<string, unknown>
}

function kindOf({ version, node, edge, parameters }: Asked): Kind | undefined {
  if (version === 'whatsapp_business') return 'download'
  if (!/^v\d+\.\d+$/.test(version)) return undefined
  if (edge === undefined) return node === phoneNumberId ? 'number' : 'media'
  if (node !== phoneNumberId) return undefined
  if (edge === 'media') return 'upload'
  return parameters['status'] === 'read' ? 'read' : 'message'
}

function refuse(response: ServerResponse, refusing: Refusing): void {
  send(response, refusing.status, errorBody(refusing), refusing.headers)
}

function send(response: ServerResponse, status: number, answer: object, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer))
}

async function parametersOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  if (body.length === 0) return {}
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/')) return JSON.parse(body.toString()) as Record<string, unknown>
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  const fields = [...form].map(async ([name, value]) => [
    name,
    typeof value === 'string' ? value : { name: value.name, type: value.type, content: await value.text() },
  ])
  return Object.fromEntries(await Promise.all(fields)) as Record<string, unknown>
}
