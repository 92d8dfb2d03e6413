import { vi } from 'vitest'
import type { openPorts, PortOptions, Ports } from '../bot/open-ports.ts'
import { connectPostgres } from './connect-postgres.ts'
import { Database, quoted } from './database.ts'
import { newSchema, postgresUrl } from './shared-postgres.fixture.ts'

// The tests of the pipeline once more: whoever asks for no store and no clock gets PostgreSQL in the place of the memory.
vi.mock('../bot/open-ports.ts', async (importOriginal) => {
  const original = await importOriginal<{ openPorts: typeof openPorts }>()
  return {
    openPorts: (bot: string, options: PortOptions): Promise<Ports> =>
      options.store || options.clock ? original.openPorts(bot, options) : nextPorts(),
  }
})

// To empty a schema takes less than to make one. No test has more than three bots at once.
const schemas = [newSchema(), newSchema(), newSchema()]
let opened = 0

async function nextPorts(): Promise<Ports> {
  const schema = schemas[opened % schemas.length] as string
  opened += 1
  const ports = await connectPostgres(await postgresUrl(), { schema, connections: 4 })
  const database = await Database.open(await postgresUrl(), { schema })
  const tables = await database.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = $1 and tablename <> 'migrations'",
    [schema],
  )
  await database.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`)
  await database[Symbol.asyncDispose]()
  return ports
}

await import('../pipeline/pipeline.test.ts')
