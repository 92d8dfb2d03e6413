import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import type { Incoming, Said, Told } from './counting-worker.fixture.ts'

const script = fileURLToPath(new URL('./counting-worker.fixture.ts', import.meta.url))
const shiftedClock = new URL('./shifted-clock.fixture.ts', import.meta.url).href

/** How a process of the counting bot is started. */
export interface WorkerOptions {
  /** The name of the bot. */
  readonly name: string
  readonly database: string
  /** Milliseconds by which the clock of its machine is ahead. Default: none. */
  readonly ahead?: number
  /** Whether the bot has a recurring event, each second. Default: false. */
  readonly ticking?: boolean
}

/** A platform that sends again what nobody has taken, and takes each message once by its key. */
export class CountingPlatform implements Disposable {
  readonly untaken = new Map<string, Incoming>()
  readonly keys = new Set<string>()
  readonly rooms = new Map<string, string[]>()
  /** What the processes said that they did, in the order in which it was heard. */
  readonly heard: string[] = []
  readonly workers: ChildProcess[] = []

  async start({ name, database, ahead = 0, ticking = false }: WorkerOptions): Promise<ChildProcess> {
    const flags = ['-C', '@plugboard/source', ...(ahead === 0 ? [] : ['--import', shiftedClock])]
    const child = spawn(process.execPath, [...flags, script, name, database, '1500', ...(ticking ? ['ticking'] : [])], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, CLOCK_AHEAD: String(ahead) },
    })
    this.workers.push(child)
    const ready = new Promise<void>((resolve) => {
      child.on('message', (said: Said) => {
        if (said.kind === 'ready') resolve()
        this.#hear(child, said)
      })
    })
    await Promise.race([ready, once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}`)))])
    return child
  }

  /** Sends so many messages into each room, one after another, to one process and then another until one has taken it. */
  async write(rooms: readonly string[], messages: number): Promise<void> {
    await Promise.all(
      rooms.map(async (room) => {
        for (let index = 0; index < messages; index += 1)
          await this.send({ id: `${room} ${index}`, room, text: `${index}` })
      }),
    )
  }

  async send(delivery: Incoming): Promise<void> {
    this.untaken.set(delivery.id, delivery)
    for (let tries = 0; this.untaken.has(delivery.id); tries += 1) {
      const child = this.workers[tries % this.workers.length]
      if (child?.connected) child.send({ kind: 'incoming', delivery } satisfies Told)
      await vi.waitUntil(() => !this.untaken.has(delivery.id), 300).catch(() => {})
    }
  }

  [Symbol.dispose](): void {
    for (const child of this.workers) child.kill('SIGKILL')
  }

  #hear(child: ChildProcess, said: Said): void {
    if (said.kind === 'taken') this.untaken.delete(said.id)
    if (said.kind === 'did') this.heard.push(said.what)
    if (said.kind !== 'sent') return
    if (!this.keys.has(said.key)) this.rooms.set(said.room, [...(this.rooms.get(said.room) ?? []), said.text])
    this.keys.add(said.key)
    if (child.connected) child.send({ kind: 'accepted', key: said.key } satisfies Told)
  }
}
