import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { startPostgres } from '../src/runtime/postgres/postgres-server.fixture.ts'
import { fillPostgres, fillSqlite, newDatabase } from './fill-store.ts'
import { table } from './report.ts'

/** What is measured. */
export interface CostOptions {
  /** How many conversations are stored. */
  readonly stored: readonly number[]
  readonly messages: number
  readonly rounds: number
}

/** What a message costs, from its webhook to its answer. In milliseconds. */
interface Cost {
  /** Processor time of the process that runs the bot. */
  readonly bot: number
  /** Processor time of the database; undefined where that is in the bot's process, or not told. */
  readonly database: number | undefined
  readonly p50: number
}

/** A table of what a message costs, where so many conversations are stored. */
export async function costOfMessage(options: CostOptions, folder: string): Promise<string> {
  const rows = [...(await onSqlite(options, folder)), ...(await onPostgres(options))]
  return [
    table(
      ['store', 'conversations', 'processor time, bot', 'database', 'both, of the first', 'p50'],
      rows.map(({ store, stored, cost, ratio }) => [
        store,
        stored.toLocaleString('en'),
        `${cost.bot.toFixed(2)} ms`,
        cost.database === undefined ? '–' : `${cost.database.toFixed(2)} ms`,
        ratio.toFixed(2),
        `${cost.p50.toFixed(1)} ms`,
      ]),
    ),
    `The median of ${options.rounds} rounds of ${options.messages} messages, 16 at once, spread over all conversations. Rounds of the sizes alternate.`,
  ].join('\n\n')
}

interface Row {
  readonly store: string
  readonly stored: number
  readonly cost: Cost
  /** Of the cost at the first size. */
  readonly ratio: number
}

async function onSqlite(options: CostOptions, folder: string): Promise<readonly Row[]> {
  const paths = options.stored.map((stored) => join(folder, `${stored}.sqlite`))
  for (const [index, stored] of options.stored.entries()) await fillSqlite(paths[index] as string, stored)
  return inRounds('SQLite', options, (index, stored) =>
    measured(options, stored, { COST_STORE: paths[index] as string }),
  )
}

async function onPostgres(options: CostOptions): Promise<readonly Row[]> {
  // As much of the memory as a machine that is there for it would give: by default it has next to none.
  await using server = await startPostgres({ shared_buffers: '512MB', max_wal_size: '4GB' })
  const pid = await pidOf(server.url)
  const urls: string[] = []
  for (const stored of options.stored) {
    const url = await newDatabase(server.url)
    await fillPostgres(url, stored)
    urls.push(url)
  }
  return await inRounds('PostgreSQL', options, (index, stored) =>
    measured(options, stored, { DATABASE_URL: urls[index] as string }, pid),
  )
}

async function inRounds(
  store: string,
  { stored: sizes, rounds }: CostOptions,
  measure: (index: number, stored: number) => Promise<Cost>,
): Promise<readonly Row[]> {
  const measurements = sizes.map((): Cost[] => [])
  for (let round = 0; round < rounds; round += 1)
    for (const [index, stored] of sizes.entries()) measurements[index]?.push(await measure(index, stored))
  const rows = sizes.map((stored, index) => ({ store, stored, cost: medianOf(measurements[index] as Cost[]) }))
  const all = ({ bot, database = 0 }: Cost): number => bot + database
  return rows.map((row) => ({ ...row, ratio: all(row.cost) / all((rows[0] as (typeof rows)[number]).cost) }))
}

function medianOf(costs: readonly Cost[]): Cost {
  const median = (of: (cost: Cost) => number): number =>
    costs.map(of).toSorted((one, other) => one - other)[Math.floor(costs.length / 2)] as number
  const known = costs.every(({ database }) => database !== undefined)
  return {
    bot: median(({ bot }) => bot),
    database: known ? median(({ database = 0 }) => database) : undefined,
    p50: median(({ p50 }) => p50),
  }
}

async function measured(
  { messages }: CostOptions,
  stored: number,
  environment: Readonly<Record<string, string>>,
  pid?: number,
): Promise<Cost> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['-C', '@plugboard/source', join(import.meta.dirname, 'message-cost.ts')],
    {
      env: {
        ...process.env,
        ...environment,
        COST_MESSAGES: String(messages),
        COST_ROOMS: String(stored),
        ...(pid !== undefined && { COST_DATABASE: String(pid) }),
      },
    },
  )
  return JSON.parse(stdout) as Cost
}

async function pidOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ file: string }>("select pg_read_file('postmaster.pid') as file")
  await client.end()
  return Number.parseInt(rows[0]?.file ?? '', 10)
}
