import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres } from '../src/runtime/postgres/postgres-server.fixture.ts'
import { BotProcess } from './bot-process.ts'
import { freePort } from './free-port.ts'
import { Platform } from './platform.ts'
import { quantile, table } from './report.ts'

/** What is killed, and how often. */
export interface KillCount {
  readonly embedded: number
  readonly workers: number
  readonly postgres: number
}

interface Outcome {
  readonly what: string
  readonly kills: number
  readonly messages: number
  readonly faults: ReturnType<Platform['faults']>
  readonly repeated: number
  /** Milliseconds from each kill to the next message that the platform got. */
  readonly progress: readonly number[]
}

/** Kills processes while people write, and counts what was lost, doubled or out of order. Gives a table, and whether all is well. */
export async function kills(counts: KillCount): Promise<{ text: string; passed: boolean }> {
  const outcomes: Outcome[] = []
  if (counts.embedded > 0) outcomes.push(await killEmbedded(counts.embedded))
  if (counts.workers > 0) outcomes.push(await killWorkers(counts.workers))
  if (counts.postgres > 0) outcomes.push(await killPostgres(counts.postgres))
  const text = table(
    [
      'killed with -9',
      'kills',
      'messages',
      'lost',
      'doubled',
      'reordered',
      'sends repeated, told by key',
      'to progress, p50 / max',
    ],
    outcomes.map(({ what, kills: count, messages, faults, repeated, progress }) => [
      what,
      count,
      messages,
      faults.lost,
      faults.doubled,
      faults.reordered,
      repeated,
      `${quantile(progress, 0.5)} / ${quantile(progress, 1)} ms`,
    ]),
  )
  const passed = outcomes.every(({ faults }) => faults.lost + faults.doubled + faults.reordered === 0)
  return { text, passed }
}

async function killEmbedded(count: number): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-kills-'))
  const store = join(folder, 'counter.sqlite')
  const bots: BotProcess[] = []
  await using platform = new Platform({ rooms: 20, target: () => bots[0]?.url ?? '' })
  const platformUrl = await platform.start()
  const bot = new BotProcess({ platformUrl, port: await freePort(), store })
  bots.push(bot)
  try {
    await bot.start()
    const outcome = await killing(platform, 'the only process, on SQLite', count, bots, async () => {
      await bot.kill()
      const killed = Date.now()
      await bot.start()
      return killed
    })
    return outcome
  } finally {
    await bot.kill()
    await rm(folder, { recursive: true })
  }
}

async function killWorkers(count: number): Promise<Outcome> {
  await using postgres = await startPostgres()
  const bots: BotProcess[] = []
  await using platform = new Platform({ rooms: 20, target: () => bots[Math.random() < 0.5 ? 0 : 1]?.url ?? '' })
  const platformUrl = await platform.start()
  const environment = { DATABASE_URL: postgres.url }
  for (let index = 0; index < 2; index += 1)
    bots.push(new BotProcess({ platformUrl, port: await freePort(), environment }))
  try {
    for (const bot of bots) await bot.start()
    let next = 0
    return await killing(platform, 'one of two processes, on PostgreSQL', count, bots, async () => {
      const bot = bots[next % 2] as BotProcess
      next += 1
      await bot.kill()
      const killed = Date.now()
      await bot.start()
      return killed
    })
  } finally {
    for (const bot of bots) await bot.kill()
  }
}

async function killPostgres(count: number): Promise<Outcome> {
  await using postgres = await startPostgres()
  const bots: BotProcess[] = []
  await using platform = new Platform({ rooms: 20, target: () => bots[Math.random() < 0.5 ? 0 : 1]?.url ?? '' })
  const platformUrl = await platform.start()
  const environment = { DATABASE_URL: postgres.url }
  for (let index = 0; index < 2; index += 1)
    bots.push(new BotProcess({ platformUrl, port: await freePort(), environment }))
  try {
    for (const bot of bots) await bot.start()
    return await killing(platform, 'PostgreSQL, under two processes', count, bots, async () => {
      await postgres.kill()
      const killed = Date.now()
      await wait(200)
      await postgres.restart()
      return killed
    })
  } finally {
    for (const bot of bots) await bot.kill()
  }
}

/** Kills again and again while everyone writes, and then lets everything come to rest. */
async function killing(
  platform: Platform,
  what: string,
  count: number,
  bots: readonly BotProcess[],
  killOnce: () => Promise<number>,
): Promise<Outcome> {
  platform.write()
  const killed: number[] = []
  for (let index = 0; index < count; index += 1) {
    await wait(200 + 600 * Math.random())
    for (const bot of bots) bot.demandAlive()
    killed.push(await killOnce())
  }
  await wait(500)
  for (const bot of bots) bot.demandAlive()
  await platform.finish()
  // As long as answers come, what is missing waits for its turn: it is lost if nothing has come for a minute.
  let seen = 0
  for (let end = Date.now() + 60_000; !platform.isAnswered && Date.now() < end; await wait(100)) {
    if (platform.shown.length === seen) continue
    seen = platform.shown.length
    end = Date.now() + 60_000
  }
  // Whatever was doubled has had its time to come.
  await wait(2000)
  return {
    what,
    kills: count,
    messages: platform.acknowledged.reduce((sum, one) => sum + one, 0),
    faults: platform.faults(),
    repeated: platform.repeated,
    progress: killed.flatMap((at) => {
      const next = platform.shown.find((shown) => shown.at > at)
      return next ? [next.at - at] : []
    }),
  }
}
