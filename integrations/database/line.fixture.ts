import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a server that can be cut off. */
export class Line implements AsyncDisposable {
  readonly url: string
  /** A connection over which this goes to the server breaks then. Default: none does. */
  breaksAt: string | undefined
  /** The next that the server is to be asked is answered with these bytes, and the connection ended. Default: with its own. */
  answersWith: string | undefined
  readonly #to: URL
  readonly #sockets = new Set<Socket>()
  readonly #port: number
  #server: Server | undefined

  private constructor(to: URL, server: Server) {
    this.#to = to
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
    const url = new URL(to)
    url.port = String(this.#port)
    this.url = url.href
    server.on('connection', (socket) => this.#pass(socket))
  }

  static async to(url: string): Promise<Line> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Line(new URL(url), server)
  }

  /** How many connections go over it. */
  get open(): number {
    return [...this.#sockets].filter((socket) => !socket.destroyed).length
  }

  /** Ends every connection, and takes none. */
  async cut(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    for (const socket of this.#sockets) socket.destroy()
    server?.close()
    if (server?.listening) await once(server, 'close')
  }

  async mend(): Promise<void> {
    this.#server = createServer((socket) => this.#pass(socket)).listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut()
  }

  #pass(socket: Socket): void {
    const onward = connect(Number(this.#to.port), this.#to.hostname)
    this.#sockets.add(socket)
    socket.on('data', (bytes: Buffer) => {
      if (this.breaksAt !== undefined && bytes.includes(this.breaksAt)) onward.destroy()
      if (this.answersWith === undefined) return
      onward.unpipe(socket)
      socket.end(this.answersWith, 'latin1')
    })
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
      one.pipe(other)
    }
  }
}
