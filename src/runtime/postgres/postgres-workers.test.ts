import { expect, it, vi } from 'vitest'
import { schemaOf } from './connect-postgres.ts'
import { CountingPlatform } from './counting-platform.fixture.ts'
import { Database } from './database.ts'
import { startPostgres } from './postgres-server.fixture.ts'
import { newSchema, postgresUrl } from './shared-postgres.fixture.ts'

const newName = (): string => newSchema().replaceAll('_', '-')
const all = ['room 0', 'room 1', 'room 2', 'room 3']
const messages = 8

/** What is sent when nothing is lost, doubled or out of order. */
const expected = Object.fromEntries(
  all.map((room) => [room, Array.from({ length: messages }, (_, index) => `${index} is ${index}`)]),
)

it('loses nothing, doubles nothing and keeps the order when one of two processes is killed in the middle', async () => {
  using platform = new CountingPlatform()
  const worker = { name: newName(), database: await postgresUrl() }
  const [one] = await Promise.all([platform.start(worker), platform.start(worker)])
  const writing = platform.write(all, messages)
  await vi.waitFor(() => expect(platform.keys.size).toBeGreaterThan((all.length * messages) / 4), 20_000)
  one.kill('SIGKILL')
  await writing
  await vi.waitFor(() => expect(platform.keys.size).toBe(all.length * messages), 20_000)
  expect(Object.fromEntries(platform.rooms)).toEqual(expected)
}, 60_000)

it('loses nothing, doubles nothing and keeps the order when PostgreSQL is killed in the middle, again and again', async () => {
  await using server = await startPostgres()
  using platform = new CountingPlatform()
  const worker = { name: newName(), database: server.url }
  const children = await Promise.all([platform.start(worker), platform.start(worker)])
  const writing = platform.write(all, messages)
  for (const part of [0.2, 0.5, 0.8]) {
    await vi.waitFor(() => expect(platform.keys.size).toBeGreaterThan(all.length * messages * part), 40_000)
    await server.kill()
    await server.restart()
  }
  await writing
  await vi.waitFor(() => expect(platform.keys.size).toBe(all.length * messages), 40_000)
  expect(Object.fromEntries(platform.rooms)).toEqual(expected)
  // They have lived on.
  expect(children.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual([null, null])
}, 180_000)

it('agrees on the time on machines whose clocks are ten minutes apart', async () => {
  using platform = new CountingPlatform()
  const [name, database] = [newName(), await postgresUrl()]
  const worker = { name, database, ticking: true }
  await Promise.all([platform.start(worker), platform.start({ ...worker, ahead: 600_000 })])
  // Nobody takes for dead who works longer than a lease, whichever of them that is.
  await Promise.all(all.map((room) => platform.send({ id: room, room, text: 'slow' })))
  await vi.waitFor(() => expect(platform.keys.size).toBe(all.length), 30_000)
  const slow = platform.heard.filter((what) => what === 'begins' || what === 'ends')
  expect(slow.toSorted()).toEqual([...all.map(() => 'begins'), ...all.map(() => 'ends')])

  await vi.waitFor(() => expect(ticks(platform).length).toBeGreaterThanOrEqual(6), 30_000)
  await using seen = await Database.open(database, { schema: schemaOf(name) })
  const [found] = await seen.query<{ now: number; slots: string[]; events: string[] }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      array(select key from deliveries where key like 'cron:%') as slots,
      array(select id from events where type = 'bot:ticked') as events`,
  )
  const { now, slots, events } = found as NonNullable<typeof found>
  // None is of a time to come, and each has one event, which is handled once.
  expect(slots.length).toBeGreaterThanOrEqual(6)
  expect(events).toHaveLength(slots.length)
  for (const key of slots) expect(Date.parse(key.replace('cron:bot:tick:', ''))).toBeLessThanOrEqual(now)
  await vi.waitFor(() => expect(ticks(platform)).toEqual(expect.arrayContaining(events)), 20_000)
  expect(new Set(ticks(platform)).size).toBe(ticks(platform).length)
}, 120_000)

const ticks = ({ heard }: CountingPlatform): readonly string[] =>
  heard.filter((what) => what !== 'begins' && what !== 'ends')
