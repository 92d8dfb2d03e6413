import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres } from '../src/runtime/postgres/postgres-server.fixture.ts'
import { BotProcess } from './bot-process.ts'
import { freePort } from './free-port.ts'
import { Platform } from './platform.ts'
import { quantile, table } from './report.ts'

/** How often each is measured, and how long the database is away, in milliseconds. */
export interface RecoveryOptions {
  readonly runs: number
  readonly outage: number
}

const lease = 15_000

/** How long it takes until all goes on after something was lost. */
export async function recovery({ runs, outage }: RecoveryOptions): Promise<{ text: string; passed: boolean }> {
  const measured: [string, readonly number[]][] = [
    ['the only process killed and started again, to the first progress', await afterDeath(runs)],
    ['one of two processes killed for good, to everything answered that it was at', await afterLoss(runs)],
    [`PostgreSQL away for ${outage / 1000} s, to everything answered that waited`, await afterOutage(runs, outage)],
  ]
  const text = [
    table(
      ['what happens', 'runs', 'p50', 'max', 'max of the lease'],
      measured.map(([what, times]) => [
        what,
        times.length,
        `${quantile(times, 0.5)} ms`,
        `${quantile(times, 1)} ms`,
        (quantile(times, 1) / lease).toFixed(2),
      ]),
    ),
    '',
    `The lease is ${lease / 1000} s: a process that says nothing for so long is taken for dead.`,
  ].join('\n')
  return { text, passed: measured.every(([, times]) => times.length === runs && times.every(Number.isFinite)) }
}

async function afterDeath(runs: number): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-recovery-'))
  const bots: BotProcess[] = []
  await using platform = new Platform({ rooms: 10, target: () => bots[0]?.url ?? '' })
  const platformUrl = await platform.start()
  const bot = new BotProcess({ platformUrl, port: await freePort(), store: join(folder, 'counter.sqlite') })
  bots.push(bot)
  const times: number[] = []
  try {
    await bot.start()
    platform.write()
    for (let run = 0; run < runs; run += 1) {
      await wait(500)
      await bot.kill()
      const killed = Date.now()
      await bot.start()
      times.push(await until(() => platform.shown.some(({ at }) => at > killed), killed))
    }
    await platform.finish()
    return times
  } finally {
    await bot.kill()
    await rm(folder, { recursive: true })
  }
}

async function afterLoss(runs: number): Promise<readonly number[]> {
  await using postgres = await startPostgres()
  const bots: BotProcess[] = []
  let alive = [0, 1]
  await using platform = new Platform({
    rooms: 10,
    target: () => bots[alive[Math.floor(Math.random() * alive.length)] ?? 0]?.url ?? '',
  })
  const platformUrl = await platform.start()
  const environment = { DATABASE_URL: postgres.url }
  for (const _ of alive) bots.push(new BotProcess({ platformUrl, port: await freePort(), environment }))
  const times: number[] = []
  try {
    for (const bot of bots) await bot.start()
    platform.write()
    for (let run = 0; run < runs; run += 1) {
      await wait(500)
      const victim = run % 2
      alive = [1 - victim]
      await bots[victim]?.kill()
      const killed = Date.now()
      const taken = [...platform.acknowledged]
      const counts = (): readonly number[] => taken.map((_, room) => platform.answersOf(room))
      times.push(await until(() => counts().every((count, room) => count >= (taken[room] ?? 0)), killed))
      await bots[victim]?.start()
      alive = [0, 1]
    }
    await platform.finish()
    return times
  } finally {
    for (const bot of bots) await bot.kill()
  }
}

async function afterOutage(runs: number, outage: number): Promise<readonly number[]> {
  await using postgres = await startPostgres()
  const bots: BotProcess[] = []
  await using platform = new Platform({ rooms: 10, target: () => bots[Math.random() < 0.5 ? 0 : 1]?.url ?? '' })
  const platformUrl = await platform.start()
  const environment = { DATABASE_URL: postgres.url }
  for (let index = 0; index < 2; index += 1)
    bots.push(new BotProcess({ platformUrl, port: await freePort(), environment }))
  const times: number[] = []
  try {
    for (const bot of bots) await bot.start()
    platform.write()
    for (let run = 0; run < runs; run += 1) {
      await wait(500)
      await postgres.kill()
      const before = [...platform.acknowledged]
      await wait(outage)
      await postgres.restart()
      const back = Date.now()
      // Everyone has waited with a message of their own all the time.
      times.push(await until(() => before.every((count, room) => platform.answersOf(room) > count), back))
    }
    await platform.finish()
    return times
  } finally {
    for (const bot of bots) await bot.kill()
  }
}

/** Milliseconds from then until it is so; infinity if it is not within two minutes. */
async function until(isSo: () => boolean, from: number): Promise<number> {
  while (!isSo()) {
    if (Date.now() - from > 120_000) return Infinity
    await wait(5)
  }
  return Date.now() - from
}
