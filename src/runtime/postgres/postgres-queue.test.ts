import { afterAll } from 'vitest'
import { systemClock } from '../memory/system-clock.ts'
import { testQueue } from '../ports/queue-suite.fixture.ts'
import { Announcements } from './announcements.ts'
import { Database } from './database.ts'
import { PostgresQueue } from './postgres-queue.ts'
import { newSchema, postgresUrl } from './shared-postgres.fixture.ts'

const database = await Database.open(await postgresUrl(), { schema: newSchema(), connections: 4 })
const announcer = await Announcements.start(database)
afterAll(async () => {
  await announcer[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

testQueue('PostgreSQL', () => PostgresQueue.open({ database, announcer, clock: systemClock }))
