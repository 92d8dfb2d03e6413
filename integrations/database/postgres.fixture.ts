import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { startServer } from './server.fixture.ts'

let schemas = 0

/** A schema of its own in the PostgreSQL of this run. */
export class TestSchema implements AsyncDisposable {
  readonly url: string
  readonly schema: string
  readonly #client: Client
  readonly #stop: () => Promise<void>

  private constructor(url: string, schema: string, client: Client, stop: () => Promise<void>) {
    this.#stop = stop
    this.url = url
    this.schema = schema
    this.#client = client
  }

  static async open(...statements: readonly string[]): Promise<TestSchema> {
    const { url, stop } = await server()
    const schema = `rows_${process.pid}_${(schemas += 1)}`
    const client = new Client({ connectionString: url })
    await client.connect()
    const opened = new TestSchema(url, schema, client, stop)
    await opened.run(`CREATE SCHEMA ${schema}`, `SET search_path TO ${schema}`, ...statements)
    return opened
  }

  /** Runs statements, each as it is. */
  async run(...statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.#client.query(statement)
  }

  /** The rows of a statement. */
  async rows(statement: string): Promise<unknown[]> {
    return (await this.#client.query<Record<string, unknown>>(statement)).rows
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run('ROLLBACK', `DROP SCHEMA ${this.schema} CASCADE`)
    await this.#client.end()
    await this.#stop()
  }
}

/** The server of this run of the tests; one of its own where there is no such run, as for the matrix. */
async function server(): Promise<{ url: string; stop: () => Promise<void> }> {
  if (process.env['VITEST'] === undefined) return startServer()
  const { inject } = await import('vitest')
  return { url: await text(connect(inject('postgresPort'), '127.0.0.1')), stop: async () => {} }
}

/** A way to the PostgreSQL of this run that can be cut off. */
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
