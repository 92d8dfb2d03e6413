import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Duplex } from 'node:stream'
import { applicationId, bot } from './interactions.fixture.ts'
import { type WebSocket, WebSocketServer } from 'ws'

interface Payload {
  readonly op: number
  readonly d: Record<string, unknown>
}
interface Dispatch {
  readonly op: 0
  readonly t: string
  readonly s: number
  readonly d: object
}
/** Somebody who is connected. */
interface Client {
  readonly socket: WebSocket
  /** The code by which it has closed the connection. */
  closedWith?: number
  session?: string
  /** The number of what it says that it has taken. */
  sequence: number
  isReady: boolean
}

/** The Gateway: sessions that go on, numbers, heartbeats and codes, as the documentation says. */
export class Gateway {
  /** What bots have said, but for heartbeats. */
  readonly said: Payload[] = []
  readonly clients: Client[] = []
  heartbeats = 0
  /** Milliseconds between heartbeats that are asked for. */
  interval = 45_000
  /** Whether whoever connects is greeted. */
  greets = true
  /** Whether heartbeats are answered. */
  answersHeartbeats = true
  /** By which code whoever identifies is sent away next. */
  refuses: number[] = []
  readonly #sessions = new Map<string, Dispatch[]>()
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #token: string
  readonly #url: () => string

  constructor(token: string, url: () => string) {
    this.#token = token
    this.#url = url
  }

  connect(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#welcome(socket))
  }

  #welcome(socket: WebSocket): void {
    const client: Client = { socket, sequence: 0, isReady: false }
    this.clients.push(client)
    socket.on('message', (data) => this.#hear(client, JSON.parse((data as Buffer).toString()) as Payload))
    socket.on('close', (code) => (client.closedWith = code))
    socket.on('error', () => {})
    if (this.greets) this.send(client, { op: 10, d: { heartbeat_interval: this.interval } })
  }

  /** Whoever is connected last. */
  get latest(): Client | undefined {
    return this.clients.findLast(({ socket, isReady }) => isOpen(socket) && isReady)
  }

  async ready(): Promise<Client> {
    for (;;) {
      if (this.latest) return this.latest
      await sleep(5)
    }
  }

  send({ socket }: Client, payload: object): void {
    socket.send(JSON.stringify(payload))
  }

  /** Tells of something, and is done when it was taken; told again to whoever comes if the connection breaks before that. */
  async tell(t: string, d: object): Promise<void> {
    for (;;) {
      const client = await this.ready()
      const { s } = this.dispatch(client, t, d)
      while (isOpen(client.socket) && client.sequence < s) {
        this.send(client, { op: 1, d: null })
        await sleep(5)
      }
      if (client.sequence >= s) return
    }
  }

  /** Tells of something. */
  dispatch(client: Client, t: string, d: object): Dispatch {
    const log = this.#sessions.get(client.session ?? '') ?? []
    const dispatch: Dispatch = { op: 0, t, s: log.length + 1, d }
    log.push(dispatch)
    this.send(client, dispatch)
    return dispatch
  }

  /** Forgets what went before, so that nobody can go on. */
  forget(): void {
    this.#sessions.clear()
  }

  stop(): void {
    for (const { socket } of this.clients) socket.terminate()
  }

  #hear(client: Client, payload: Payload): void {
    if (payload.op === 1) {
      this.heartbeats += 1
      client.sequence = Number(payload.d ?? 0)
      if (this.answersHeartbeats) this.send(client, { op: 11 })
      return
    }
    this.said.push(payload)
    const refused = this.refuses.shift()
    if (refused !== undefined) return client.socket.close(refused)
    if (payload.d['token'] !== this.#token) return client.socket.close(4004)
    if (payload.op === 2) this.#identify(client)
    if (payload.op === 6) this.#resume(client, payload.d)
  }

  #identify(client: Client): void {
    client.session = `session-${this.said.length}`
    client.isReady = true
    this.#sessions.set(client.session, [])
    this.dispatch(client, 'READY', {
      v: 10,
      user: bot,
      guilds: [],
      session_id: client.session,
      resume_gateway_url: this.#url(),
      application: { id: applicationId, flags: 0 },
    })
  }

  #resume(client: Client, { session_id, seq }: Payload['d']): void {
    const log = this.#sessions.get(String(session_id))
    if (!log) return this.send(client, { op: 9, d: false })
    client.session = String(session_id)
    for (const missed of log.filter(({ s }) => s > Number(seq))) this.send(client, missed)
    this.dispatch(client, 'RESUMED', {})
    client.isReady = true
  }
}

const isOpen = ({ readyState, OPEN }: WebSocket): boolean => readyState === OPEN
