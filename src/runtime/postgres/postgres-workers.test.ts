import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'
import type { Incoming, Said, Told } from './counting-worker.fixture.ts'
import { newSchema, postgresUrl } from './shared-postgres.fixture.ts'

const script = fileURLToPath(new URL('./counting-worker.fixture.ts', import.meta.url))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A platform that sends again what nobody has taken, and takes each message once by its key. */
class Platform {
  readonly untaken = new Map<string, Incoming>()
  readonly keys = new Set<string>()
  readonly rooms = new Map<string, string[]>()

  readonly hear = (child: ChildProcess, said: Said): void => {
    if (said.kind === 'taken') this.untaken.delete(said.id)
    if (said.kind !== 'sent') return
    if (!this.keys.has(said.key)) this.rooms.set(said.room, [...(this.rooms.get(said.room) ?? []), said.text])
    this.keys.add(said.key)
    if (child.connected) child.send({ kind: 'accepted', key: said.key } satisfies Told)
  }
}

async function startWorker(platform: Platform, name: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-C', '@plugboard/source', script, name, await postgresUrl(), '1500'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  const ready = new Promise<void>((resolve) => {
    child.on('message', (said: Said) => {
      if (said.kind === 'ready') resolve()
      platform.hear(child, said)
    })
  })
  await Promise.race([ready, once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}`)))])
  return child
}

it('loses nothing, doubles nothing and keeps the order when one of two processes is killed in the middle', async () => {
  const platform = new Platform()
  const name = newSchema().replaceAll('_', '-')
  const [one, other] = await Promise.all([startWorker(platform, name), startWorker(platform, name)])
  const [rooms, messages] = [4, 8]
  const all = Array.from({ length: rooms }, (_, room) => `room ${room}`)
  /** Sends to either, until one has taken it. */
  const send = async (delivery: Incoming): Promise<void> => {
    platform.untaken.set(delivery.id, delivery)
    for (let tries = 0; platform.untaken.has(delivery.id); tries += 1) {
      const child = [one, other][tries % 2] as ChildProcess
      if (child.connected) child.send({ kind: 'incoming', delivery } satisfies Told)
      await vi.waitFor(() => expect(platform.untaken.has(delivery.id)).toBe(false), 300).catch(() => {})
    }
  }
  const sending = all.map(async (room) => {
    for (let index = 0; index < messages; index += 1) await send({ id: `${room} ${index}`, room, text: `${index}` })
  })
  await vi.waitFor(() => expect(platform.keys.size).toBeGreaterThan((rooms * messages) / 4), 20_000)
  one.kill('SIGKILL')
  await Promise.all(sending)
  const expected = Array.from({ length: messages }, (_, index) => `${index} is ${index}`)
  await vi.waitFor(() => expect(platform.keys.size).toBe(rooms * messages), 20_000)
  expect(Object.fromEntries(platform.rooms)).toEqual(Object.fromEntries(all.map((room) => [room, expected])))
}, 60_000)
