import type { ShownMessage } from './conversation.ts'

/** An event of the stream: a message, and where it goes on after that. */
export interface SeenEvent {
  readonly id: string
  readonly message: ShownMessage
}

/** A visitor's program, which speaks the endpoints of the page. */
export class Visitor {
  readonly url: string
  token: string | undefined

  constructor(url: string, token?: string) {
    this.url = url
    this.token = token
  }

  static async at(url: string): Promise<Visitor> {
    const response = await fetch(`${url}session`, { method: 'POST' })
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

  async say(text: string, clientMessageId: string = crypto.randomUUID()): Promise<{ messageId: string }> {
    const response = await this.post({ text, clientMessageId })
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

  /** The events as they come; disconnects where the loop ends. */
  async *follow(after?: string): AsyncGenerator<SeenEvent, void, void> {
    const leaving = new AbortController()
    const response = await this.ask('events', {
      signal: leaving.signal,
      headers: after === undefined ? {} : { 'last-event-id': after },
    })
    let rest = ''
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const frames = (rest + chunk).split('\n\n')
        rest = frames.pop() ?? ''
        for (const frame of frames) {
          const [, id, data] = /^id: (.*)\nevent: message\ndata: (.*)$/.exec(frame) ?? []
          if (id !== undefined && data !== undefined) yield { id, message: JSON.parse(data) as ShownMessage }
        }
      }
    } finally {
      leaving.abort()
    }
  }
}

/** What was said, by whom. */
export const said = (messages: readonly ShownMessage[]): string[] =>
  messages.map(({ from, type, payload }) => `${from} ${type} ${JSON.stringify(payload)}`)
