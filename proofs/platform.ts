import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** What the platform was asked to show. */
export interface Shown {
  readonly key: string
  readonly room: string
  readonly text: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** How a platform behaves. */
export interface PlatformOptions {
  /** How many people write. */
  readonly rooms: number
  /** Where the bot is reached; another process of it each time, if there are several. */
  target(): string
  /** Milliseconds between two messages of one person. Default: 30. */
  readonly pause?: number
}

/** How many messages people write before they wait for an answer to one of them. */
const ahead = 5

/**
 * A platform as hard as real ones: it resends until it is acknowledged, sends some messages again although they were,
 * refuses some of what it is sent, and breaks some connections after it has taken what was sent. Who writes waits for
 * answers after a few messages. It honours the keys by which a repetition is told, and counts how often it had to.
 */
export class Platform implements AsyncDisposable {
  readonly shown: Shown[] = []
  /** How often the same key came again. */
  repeated = 0
  /** How many messages of each room were acknowledged. */
  readonly acknowledged: number[]
  /** Milliseconds from the first try to send a message until it was acknowledged. */
  readonly acknowledgements: number[] = []
  readonly #options: PlatformOptions
  readonly #answered: number[]
  readonly #keys = new Set<string>()
  readonly #server = createServer((request, response) => {
    void this.#take(request).then((status) => {
      if (status === 'broken') response.destroy()
      else response.writeHead(status).end()
    })
  })
  #writing = true
  #writers: Promise<void>[] = []

  constructor(options: PlatformOptions) {
    this.#options = options
    this.acknowledged = Array.from({ length: options.rooms }, () => 0)
    this.#answered = this.acknowledged.map(() => 0)
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Lets everyone write, one message after another. */
  write(): void {
    this.#writers = this.acknowledged.map((_, room) => this.#write(room))
  }

  /** Lets everyone finish the message that is being sent. */
  async finish(): Promise<void> {
    this.#writing = false
    await Promise.all(this.#writers)
  }

  /** Whether everything that was acknowledged was answered. */
  get isAnswered(): boolean {
    return this.shown.length >= 2 * this.acknowledged.reduce((sum, count) => sum + count, 0)
  }

  /** How many messages of a room were answered. */
  answersOf(room: number): number {
    return this.#answered[room] ?? 0
  }

  /** What was lost, doubled or out of order. */
  faults(): { lost: number; doubled: number; reordered: number } {
    const faults = { lost: 0, doubled: 0, reordered: 0 }
    this.acknowledged.forEach((count, room) => {
      const shown = this.shown.filter((one) => one.room === `r${room}`).map(({ text }) => text)
      const answers = shown.filter((text) => !text.startsWith('event'))
      const expected = Array.from({ length: count }, (_, index) => `${index + 1}: ${index + 1}`)
      const events = expected.map((_, index) => `event ${index + 1}`)
      for (const text of [...expected, ...events]) if (!shown.includes(text)) faults.lost += 1
      faults.doubled += shown.length - new Set(shown).size
      const seen = answers.filter((text, index) => answers.indexOf(text) === index)
      const inOrder = expected.filter((text) => seen.includes(text))
      faults.reordered += seen.filter((text, index) => text !== inOrder[index]).length
    })
    return faults
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #write(room: number): Promise<void> {
    while (this.#writing) {
      const number = (this.acknowledged[room] ?? 0) + 1
      const began = Date.now()
      while (!(await this.#send(room, number))) await wait(100 + 100 * Math.random())
      this.acknowledgements.push(Date.now() - began)
      this.acknowledged[room] = number
      if (Math.random() < 0.05) void this.#send(room, number)
      do await wait((this.#options.pause ?? 30) * 2 * Math.random())
      while (this.#writing && number - this.answersOf(room) >= ahead)
    }
  }

  async #send(room: number, number: number): Promise<boolean> {
    try {
      const answer = await fetch(`${this.#options.target()}/desk/webhook`, {
        method: 'POST',
        headers: { 'x-delivery': `r${room}/${number}` },
        body: JSON.stringify({ room: `r${room}`, text: String(number) }),
        signal: AbortSignal.timeout(5000),
      })
      await answer.arrayBuffer()
      // Some acknowledgements are lost on their way.
      return answer.status === 200 && Math.random() > 0.03
    } catch {
      return false
    }
  }

  async #take(request: IncomingMessage): Promise<number | 'broken'> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (Math.random() < 0.02) return 503
    const message = JSON.parse(body) as Shown
    if (this.#keys.has(message.key)) this.repeated += 1
    else {
      this.#keys.add(message.key)
      this.shown.push({ ...message, at: Date.now() })
      const room = Number(message.room.slice(1))
      if (!message.text.startsWith('event')) this.#answered[room] = this.answersOf(room) + 1
    }
    return Math.random() < 0.02 ? 'broken' : 200
  }
}
