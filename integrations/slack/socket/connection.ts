import { type ClientOptions, WebSocket } from 'ws'

/** Something that Slack sends over a connection, until it is told that it was taken. */
export interface Sent {
  readonly envelope_id: string
  /** Such as `events_api`. */
  readonly type: string
  readonly payload?: unknown
}

/** Why another connection is needed. */
export interface Ending {
  /** In Slack's words, such as `refresh_requested`; undefined where the connection broke off. */
  readonly reason?: string
  /** Whether Slack had greeted before that: who asks for another one then has room for it. */
  readonly wasGreeted: boolean
}

/** Milliseconds in which Slack greets whoever connects, and answers whoever asks whether it is there. */
const longestSilence = 10_000
const options: ClientOptions & { readonly closeTimeout: number } = {
  // Milliseconds for which a connection that ends waits for Slack, which leaves its end open.
  closeTimeout: 1000,
  perMessageDeflate: false,
}

/** One connection to Slack. What was taken is acknowledged; what was not, Slack sends again. */
export class Connection {
  readonly #socket: WebSocket
  readonly #take: (sent: Sent) => Promise<boolean>
  readonly #ended = Promise.withResolvers<Ending>()
  readonly #closed = Promise.withResolvers<void>()
  readonly #heart: ReturnType<typeof setInterval>
  #wasGreeted = false
  #isAlive = true

  /** @param take Brings in what was sent. Gives whether it was taken; rejects never. */
  constructor(address: string, take: (sent: Sent) => Promise<boolean>) {
    this.#take = take
    this.#socket = new WebSocket(address, options)
    this.#socket.on('message', (data) => this.#receive((data as Buffer).toString()))
    this.#socket.on('pong', () => (this.#isAlive = true))
    // What is wrong is told when it closes.
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => {
      clearInterval(this.#heart)
      this.#end()
      this.#closed.resolve()
    })
    this.#heart = setInterval(() => this.#beat(), longestSilence)
  }

  /** Resolves when another connection is needed. This one is kept until Slack closes it: something may still come. */
  get ended(): Promise<Ending> {
    return this.#ended.promise
  }

  get closed(): Promise<void> {
    return this.#closed.promise
  }

  close(): void {
    this.#socket.close(1000)
  }

  /** A connection that was lost on the way looks open for ever. */
  #beat(): void {
    if (!this.#wasGreeted || !this.#isAlive) return this.#socket.terminate()
    this.#isAlive = false
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping()
  }

  #receive(text: string): void {
    const told = toldIn(text)
    this.#isAlive = true
    if (!told) return this.#socket.terminate()
    const { type, reason, envelope_id } = told
    if (type === 'hello') this.#wasGreeted = true
    else if (type === 'disconnect') this.#end(String(reason))
    else if (typeof envelope_id === 'string' && typeof type === 'string')
      void this.#acknowledge({ envelope_id, type, payload: told['payload'] })
  }

  #end(reason?: string): void {
    this.#ended.resolve({ wasGreeted: this.#wasGreeted, ...(reason !== undefined && { reason }) })
  }

  async #acknowledge(sent: Sent): Promise<void> {
    const isTaken = await this.#take(sent)
    if (isTaken && this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify({ envelope_id: sent.envelope_id }))
  }
}

function toldIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const told: unknown = JSON.parse(text)
    return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
