import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

/** The token of the one app that may open connections. */
export const appToken = 'xapp-1-A0APP-1234567890-abcdef0123456789'

/** Whoever is connected, and what it has acknowledged. */
export interface Connected {
  readonly socket: WebSocket
  readonly acknowledged: string[]
}

let envelopes = 0

/** Slack's end of connections of Socket Mode: it greets, sends, and notes what is acknowledged. */
export class SocketMode {
  readonly connections: Connected[] = []
  /** Whether whoever connects is greeted, and whoever asks is answered. */
  greets = true
  answersPings = true

  connect(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const server = new WebSocketServer({ noServer: true, autoPong: this.answersPings })
    server.handleUpgrade(request, stream, head, (socket) => {
      const acknowledged: string[] = []
      this.connections.push({ socket, acknowledged })
      socket.on('message', (data) => acknowledged.push(JSON.parse((data as Buffer).toString()).envelope_id))
      socket.on('error', () => {})
      if (this.greets) this.write(socket, { type: 'hello', num_connections: 1, connection_info: { app_id: 'A0APP' } })
    })
  }

  /** Whoever has connected last. */
  get latest(): Connected | undefined {
    return this.connections.findLast(({ socket }) => socket.readyState === socket.OPEN)
  }

  write(socket: WebSocket, told: object): void {
    socket.send(JSON.stringify(told))
  }

  /** Sends something. Gives what it is to be acknowledged by. */
  send({ socket }: Connected, type: string, payload: unknown): string {
    const envelope_id = `envelope-${(envelopes += 1)}`
    this.write(socket, { envelope_id, type, payload, accepts_response_payload: type !== 'events_api' })
    return envelope_id
  }

  /** Says that a connection is to be replaced. */
  disconnect({ socket }: Connected, reason: string): void {
    this.write(socket, { type: 'disconnect', reason, debug_info: { host: 'wss-111.slack.com' } })
  }

  async close(connected: Connected): Promise<void> {
    const closed = once(connected.socket, 'close')
    connected.socket.close()
    await closed
  }

  stop(): void {
    for (const { socket } of this.connections) socket.terminate()
  }
}
