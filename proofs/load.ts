import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres } from '../src/runtime/postgres/postgres-server.fixture.ts'
import { freePort } from './free-port.ts'
import { table } from './report.ts'

interface Measured {
  readonly acknowledged: number
  readonly failed: number
  readonly p50: number
  readonly p99: number
}
interface Load extends Measured {
  readonly what: string
  /** Acknowledgements a second. */
  readonly rate: number
  /** Seconds until everything was answered, after the last message. */
  readonly drained: number | undefined
  /** Memory in the middle and at the end, in MiB. */
  readonly memory: readonly [number, number]
}

/**
 * Webhooks a second: a bot on SQLite and on PostgreSQL, beside a plain server that does the same signature check, and
 * beside what SQLite alone can insert.
 * @param seconds How long each takes.
 */
export async function load(seconds: number): Promise<{ text: string; passed: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'plugboard-load-'))
  try {
    const raw = insertCeiling(join(folder, 'raw.sqlite'), Math.min(seconds, 10))
    const plain = await underLoad('plain `node:http`, same signature check', seconds, { LOAD_MODE: 'plain' }, [])
    const embedded = await underLoad('bot on SQLite', seconds, {}, ['--store', join(folder, 'load.sqlite')])
    await using postgres = await startPostgres()
    const scaled = await underLoad('bot on PostgreSQL, one process', seconds, { DATABASE_URL: postgres.url }, [])
    const loads = [plain, embedded, scaled]
    const text = [
      table(
        [
          'server',
          'acknowledged a second',
          'of plain',
          'p50',
          'p99',
          'refused',
          'drained after',
          'memory, half way and at the end',
        ],
        loads.map((one) => [
          one.what,
          Math.round(one.rate),
          (one.rate / plain.rate).toFixed(2),
          `${one.p50.toFixed(1)} ms`,
          `${one.p99.toFixed(1)} ms`,
          one.failed,
          one.drained === undefined ? '–' : `${one.drained.toFixed(1)} s`,
          `${Math.round(one.memory[0])} and ${Math.round(one.memory[1])} MiB`,
        ]),
      ),
      '',
      `SQLite alone, one row a commit that is flushed to the disk: ${Math.round(raw)} inserts a second. The bot on SQLite acknowledges ${(embedded.rate / raw).toFixed(2)} of it, each with four rows and more, while it answers.`,
    ].join('\n')
    const passed =
      loads.every(({ failed }) => failed === 0) && embedded.drained !== undefined && scaled.drained !== undefined
    return { text, passed }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** How many rows SQLite inserts a second, each in a commit of its own. */
function insertCeiling(path: string, seconds: number): number {
  const database = new DatabaseSync(path)
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table messages (id integer primary key, text text)',
  )
  const insert = database.prepare('insert into messages (text) values (?)')
  const end = performance.now() + seconds * 1000
  let count = 0
  while (performance.now() < end) {
    insert.run('a message as long as a usual one is, with its room and its number')
    count += 1
  }
  database.close()
  return count / seconds
}

async function underLoad(
  what: string,
  seconds: number,
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<Load> {
  const port = await freePort()
  const env = { ...process.env, ...environment, LOAD_PORT: String(port), LOAD_SECONDS: String(seconds) }
  const server = spawn(
    process.execPath,
    ['-C', '@plugboard/source', join(import.meta.dirname, 'load-server.ts'), '--port', String(port), ...words],
    { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  try {
    await answering(port)
    const client = spawn(process.execPath, [join(import.meta.dirname, 'load-client.ts')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    client.stdout.on('data', (chunk) => (printed += String(chunk)))
    const exited = once(client, 'exit')
    await wait(seconds * 500)
    const half = await ask(server)
    await exited
    const measured = JSON.parse(printed) as Measured
    const end = performance.now()
    const last = await ask(server)
    let drained: number | undefined
    if (environment['LOAD_MODE'] !== 'plain')
      while (drained === undefined && performance.now() - end < 600_000) {
        if ((await ask(server)).sent >= measured.acknowledged) drained = (performance.now() - end) / 1000
        else await wait(50)
      }
    return {
      ...measured,
      what,
      rate: measured.acknowledged / seconds,
      drained,
      memory: [half.memory / 2 ** 20, last.memory / 2 ** 20],
    }
  } finally {
    server.kill('SIGKILL')
  }
}

async function answering(port: number): Promise<void> {
  for (;;) {
    try {
      const { status } = await fetch(`http://127.0.0.1:${port}/ready`, { method: 'POST', body: '{}' })
      if (status !== 503) return
    } catch {
      // It does not listen yet.
    }
    await wait(20)
  }
}

async function ask(server: ChildProcess): Promise<{ memory: number; sent: number }> {
  server.send('how are you?')
  const [answer] = (await once(server, 'message')) as [{ memory: number; sent: number }]
  return answer
}
