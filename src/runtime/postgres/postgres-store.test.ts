import { afterAll } from 'vitest'
import { testStore } from '../ports/store-suite.fixture.ts'
import { Database, quoted } from './database.ts'
import { migrate } from './migrate.ts'
import { postgresStore } from './postgres-store.ts'
import { newSchema, postgresUrl } from './shared-postgres.fixture.ts'

// To empty a schema takes less than to make one.
const database = await Database.open(await postgresUrl(), { schema: newSchema(), connections: 4 })
await migrate(database)
const tables = await database.query<{ name: string }>(
  "select tablename as name from pg_tables where schemaname = $1 and tablename <> 'migrations'",
  [database.schema],
)
afterAll(() => database[Symbol.asyncDispose]())

testStore('PostgreSQL', async (clock) => {
  await database.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`)
  return postgresStore({ database, clock })
})
