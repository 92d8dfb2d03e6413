import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { BSON, type Document, Long } from 'mongodb'

/** What a command is answered with in place of the server's answer: a document, bytes that are none, no answer, or a broken connection. */
export type Answer = Document | Buffer | 'nothing' | 'break'
/** Says how a command is answered; without an answer the server behind does that. */
export type Answering = (command: Document) => Answer | undefined

const opMsg = 2013

/** A way to a server of MongoDB, on which commands are heard, and answered otherwise than the server would. */
export class Wire implements AsyncDisposable {
  /** The commands that were sent so far, without those by which the driver looks after its connections. */
  readonly commands: Document[] = []
  answering: Answering = () => undefined
  readonly #server: Server
  readonly #port: number
  readonly #sockets = new Set<Socket>()

  private constructor(server: Server, port: number) {
    this.#server = server
    this.#port = port
    server.on('connection', (socket) => this.#pass(socket))
  }

  static async to(port: number): Promise<Wire> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Wire(server, port)
  }

  /** The first command of this name that was sent. */
  sent(name: string): Document {
    return this.commands.find((command) => command[name] !== undefined) ?? {}
  }

  /** Has the server hold these documents alone, and take whatever it is told. */
  holds(...documents: readonly Document[]): void {
    const cursor = { id: Long.ZERO, ns: 'plugboard.things', firstBatch: documents }
    this.answering = ({ find, findAndModify, insert, delete: remove }) => {
      if (find !== undefined) return { ok: 1, cursor }
      if (findAndModify !== undefined) return { ok: 1, value: documents[0] }
      return insert === undefined && remove === undefined ? undefined : { ok: 1, n: 1 }
    }
  }

  /** Forgets what was sent, and answers nothing any more. */
  reset(): void {
    this.commands.length = 0
    this.answering = () => undefined
  }

  get url(): string {
    return `mongodb://127.0.0.1:${(this.#server.address() as AddressInfo).port}/plugboard`
  }

  /** How many connections go over it. */
  get open(): number {
    return [...this.#sockets].filter((socket) => !socket.destroyed).length
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #pass(socket: Socket): void {
    const onward = connect(this.#port, '127.0.0.1')
    this.#sockets.add(socket)
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    onward.pipe(socket)
    let rest = Buffer.alloc(0)
    socket.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes])
      while (rest.length >= 16 && rest.length >= rest.readInt32LE(0)) {
        const message = rest.subarray(0, rest.readInt32LE(0))
        rest = rest.subarray(message.length)
        this.#hear(message, socket, onward)
      }
    })
  }

  #hear(message: Buffer, socket: Socket, onward: Socket): void {
    const command = commandOf(message)
    const answer = command && this.answering(command)
    if (command && !/^(?:hello|ismaster|ping|endSessions)$/i.test(Object.keys(command)[0] ?? ''))
      this.commands.push(command)
    if (answer === undefined) onward.write(message)
    else if (answer === 'break') socket.destroy()
    else if (Buffer.isBuffer(answer)) socket.write(answer)
    else if (answer !== 'nothing') socket.write(messageOf(answer, message.readInt32LE(4)))
  }
}

/** The command in a message; undefined of the old form, in which the driver greets. */
function commandOf(message: Buffer): Document | undefined {
  if (message.readInt32LE(12) !== opMsg) return undefined
  const read = (from: number): Document =>
    BSON.deserialize(message.subarray(from, from + message.readInt32LE(from)), { promoteValues: false })
  let command: Document = {}
  const lists: Document = {}
  for (let at = 20; at < message.length; at += 1 + message.readInt32LE(at + 1)) {
    if (message[at] === 0) command = read(at + 1)
    else {
      const nameEnds = message.indexOf(0, at + 5)
      const documents: Document[] = []
      const end = at + 1 + message.readInt32LE(at + 1)
      for (let next = nameEnds + 1; next < end; next += message.readInt32LE(next)) documents.push(read(next))
      lists[message.toString('utf8', at + 5, nameEnds)] = documents
    }
  }
  return { ...command, ...lists }
}

/** A document as the answer to a message. */
export function messageOf(answer: Document, to: number): Buffer {
  const body = BSON.serialize(answer)
  const message = Buffer.alloc(21)
  message.writeInt32LE(21 + body.length, 0)
  message.writeInt32LE(to, 8)
  message.writeInt32LE(opMsg, 12)
  return Buffer.concat([message, body])
}

/** A message of the right length and kind, with a document that is none. */
export const nonsense = messageOf({ text: 'x'.repeat(50) }, 0).fill(0xff, 30)
