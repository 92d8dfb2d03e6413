import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../src/runtime/postgres/postgres-server.fixture.ts'
import { costOfMessage } from './cost-of-message.ts'
import { fillPostgres, fillSqlite, newDatabase } from './fill-store.ts'
import { ceilings } from './insert-ceiling.ts'
import { table } from './report.ts'
import { type Load, underLoad } from './under-load.ts'

/** How much is done. */
export interface LoadOptions {
  /** How long the bots are under load. */
  readonly seconds: number
  /** How long the servers are that they are compared with, and the bot in one process on PostgreSQL. */
  readonly comparisonSeconds: number
  /** How many people write at once. */
  readonly atOnce: number
  /** How many conversations are stored where the cost of a message is measured. */
  readonly stored: readonly number[]
  /** How many messages are measured there, and how often. */
  readonly messages: number
  readonly rounds: number
  /** How many messages are inserted to find out how many can be. */
  readonly inserts: number
}

/** In how many conversations people write. */
const rooms = 500

/** Webhooks a second, what a message costs, and what the same machine does without a bot. */
export async function load(options: LoadOptions): Promise<{ text: string; passed: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'plugboard-load-'))
  try {
    const { seconds, comparisonSeconds, atOnce } = options
    const [given, compared] = [
      { seconds, atOnce },
      { seconds: comparisonSeconds, atOnce },
    ]
    const plain = await underLoad({ ...compared, what: 'plain `node:http`, same signature check', mode: 'plain' })

    const rawPath = join(folder, 'raw.sqlite')
    await fillSqlite(rawPath, rooms)
    const onSqlite = [
      await underLoad({
        ...compared,
        what: 'that, inserting by hand: SQLite',
        mode: 'raw',
        environment: { LOAD_RAW: rawPath },
      }),
      await underLoad({ ...given, what: 'bot on SQLite', mode: 'bot', words: ['--store', join(folder, 'bot.sqlite')] }),
    ]
    const sqliteCeiling = await ceilings({ ...options, rooms, place: join(folder, 'ceiling.sqlite') })

    await using postgres = await startPostgres()
    const onPostgres: Load[] = []
    const on = async (what: string, mode: 'raw' | 'bot', processes = 1): Promise<void> => {
      const url = await newDatabase(postgres.url)
      if (mode === 'raw') await fillPostgres(url, rooms)
      const environment = { DATABASE_URL: url, ...(mode === 'raw' && { LOAD_RAW: url }) }
      const time = processes > 1 ? given : compared
      onPostgres.push(await underLoad({ ...time, what, mode, processes, environment }))
    }
    await on('that, inserting by hand: PostgreSQL', 'raw')
    await on('bot on PostgreSQL, one process', 'bot')
    await on('bot on PostgreSQL, two processes', 'bot', 2)
    const postgresCeiling = await ceilings({ ...options, rooms, place: await newDatabase(postgres.url) })

    const cost = await costOfMessage(options, folder)
    const loads = [plain, ...onSqlite, ...onPostgres]
    const text = [
      `${seconds} s of load for the bot on SQLite and for two processes on PostgreSQL, ${comparisonSeconds} s for the others, by ${atOnce} who write at once in ${rooms} conversations and share the machine with the servers.`,
      loadTable(plain, loads),
      'Processor time is that of the servers, database not included, with everything that they do for a message until it is answered. Memory is fitted by least squares to samples that begin after a third of the time; a server that ran for a minute has hardly warmed up by then.',
      `## Receiving alone, beside rows inserted by hand`,
      `${options.inserts} messages, ${atOnce} at once: the same four rows and their commits, by the statements of \`raw-store.ts\`, and by \`receive\` of the store. On SQLite what is asked for at once is one commit, in both; on PostgreSQL each message is one transaction, over ten connections.`,
      table(
        ['store', 'by hand, a second', '`receive`, a second', 'of by hand', 'processor time by hand', 'of `receive`'],
        [sqliteCeiling, postgresCeiling].map(({ what, hand, receive }) => [
          what,
          Math.round(hand.rate),
          Math.round(receive.rate),
          (receive.rate / hand.rate).toFixed(2),
          `${hand.processor.toFixed(2)} ms`,
          `${receive.processor.toFixed(2)} ms`,
        ]),
      ),
      '## What a message costs, by how many conversations are stored',
      cost,
    ].join('\n\n')
    const bots = loads.filter(({ what }) => what.startsWith('bot'))
    const passed = loads.every(({ failed }) => failed === 0) && bots.every(({ drained }) => drained !== undefined)
    return { text, passed }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function loadTable(plain: Load, loads: readonly Load[]): string {
  return table(
    [
      'server',
      'acknowledged a second',
      'of plain',
      'p50',
      'p99',
      'refused',
      'processor time a message',
      'all answered after',
      'memory in the end',
      'memory grows by, an hour',
    ],
    loads.map((one) => [
      one.what,
      Math.round(one.rate),
      (one.rate / plain.rate).toFixed(2),
      `${one.p50.toFixed(1)} ms`,
      `${one.p99.toFixed(1)} ms`,
      one.failed,
      `${one.processor.toFixed(2)} ms`,
      one.drained === undefined ? '–' : `${one.drained.toFixed(1)} s`,
      `${Math.round(one.memory)} MiB`,
      `${one.slope.value.toFixed(1)} ± ${one.slope.error.toFixed(1)} MiB`,
    ]),
  )
}
