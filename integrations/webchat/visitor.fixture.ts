import type { ShownMessage } from './conversation.ts'

/** An event of the stream: a message, and where it goes on after that. */
export interface SeenEvent {
  readonly id: string
  readonly message: ShownMessage
}

/** Anything that comes by the stream. */
export interface SeenFrame {
  readonly name: string
  readonly data: Record<string, unknown>
}

/** A visitor's program, which speaks the endpoints of the page. */
export class Visitor {
  readonly url: string
  token: string | undefined

  constructor(url: string, token?: string) {
    this.url = url
    this.token = token
  }

  static async at(url: string, identity?: string): Promise<Visitor> {
    const body = identity === undefined ? {} : { body: JSON.stringify({ identity }) }
    const response = await fetch(`${url}session`, { method: 'POST', ...body })
    const { token } = (await response.json()) as { token: string }
    return new Visitor(url, token)
  }

  /** Asks an endpoint, with the token. */
  ask(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const authorization = this.token === undefined ? undefined : { authorization: `Bearer ${this.token}` }
    return fetch(`${this.url}${path}`, { ...init, headers: { ...authorization, ...headers } })
  }

  post(body: unknown): Promise<Response> {
    return this.ask('messages', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
  }

  /** Sends JSON to an endpoint. */
  send(method: string, path: string, body?: object): Promise<Response> {
    return this.ask(path, { method, ...(body && { body: JSON.stringify(body) }) })
  }

  upload(content: BodyInit, type: string, name = 'a.bin', query = ''): Promise<Response> {
    const fields = new URLSearchParams({ name, clientMessageId: crypto.randomUUID() })
    return this.ask(`files?${fields}${query}`, { method: 'POST', body: content, headers: { 'content-type': type } })
  }

  async say(
    text: string,
    clientMessageId: string = crypto.randomUUID(),
    conversationId?: string,
  ): Promise<{ messageId: string; conversationId: string }> {
    const response = await this.post({ text, clientMessageId, conversationId })
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`)
    return (await response.json()) as never
  }

  async history(query = ''): Promise<{ messages: ShownMessage[]; position: string; conversationId: string | null }> {
    return (await (await this.ask(`history${query}`)).json()) as never
  }

  /** The next events, as many as are wanted; then it disconnects. */
  async events(count: number, after?: string): Promise<SeenEvent[]> {
    const seen: SeenEvent[] = []
    for await (const event of this.follow(after)) {
      seen.push(event)
      if (seen.length === count) break
    }
    return seen
  }

  /** The messages as they come; disconnects where the loop ends. */
  async *follow(after?: string): AsyncGenerator<SeenEvent, void, void> {
    for await (const { name, id, data } of this.frames('', after))
      if (name === 'message' && id !== undefined) yield { id, message: data as never }
  }

  /** Whatever comes, by what it is called. */
  async *frames(
    query = '',
    after?: string,
    { leaving = new AbortController(), opened = () => {} }: { leaving?: AbortController; opened?: () => void } = {},
  ): AsyncGenerator<SeenFrame & { readonly id?: string }, void, void> {
    const response = await this.ask(`events${query}`, {
      signal: leaving.signal,
      headers: after === undefined ? {} : { 'last-event-id': after },
    })
    let rest = ''
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        opened()
        const frames = (rest + chunk).split('\n\n')
        rest = frames.pop() ?? ''
        for (const frame of frames) {
          const [, id, name, data] = /^(?:id: (.*)\n)?event: (.*)\ndata: (.*)$/.exec(frame) ?? []
          if (name === undefined || data === undefined) continue
          yield { name, data: JSON.parse(data) as Record<string, unknown>, ...(id !== undefined && { id }) }
        }
      }
    } finally {
      leaving.abort()
    }
  }

  /** Collects what comes until it is let go. Resolves once it listens. */
  async watch(query = '', after?: string) {
    const seen: SeenFrame[] = []
    const leaving = new AbortController()
    const open = Promise.withResolvers<void>()
    const ended = (async () => {
      for await (const { name, data } of this.frames(query, after, { leaving, opened: open.resolve }))
        seen.push({ name, data })
    })().catch((error: unknown) => {
      if (!leaving.signal.aborted) open.reject(error)
    })
    await open.promise
    return {
      seen,
      /** Those of one name. */
      of: (name: string) => seen.filter((frame) => frame.name === name).map(({ data }) => data),
      async [Symbol.asyncDispose]() {
        leaving.abort()
        await ended
      },
    }
  }
}

/** What was said, by whom. */
export const said = (messages: readonly ShownMessage[]): string[] =>
  messages.map(({ from, type, payload }) => `${from} ${type} ${JSON.stringify(payload)}`)
