import type { SetUp } from 'plugboard/testing'
import { mongoSetUp } from './mongodb/suite.fixture.ts'
import { postgresSetUp } from './postgres/suite.fixture.ts'

export default async (): Promise<SetUp> => {
  const postgres = await postgresSetUp()
  const mongo = await mongoSetUp()
  return {
    provider: postgres.provider,
    alternatives: [mongo.provider],
    suites: [...postgres.suites, ...mongo.suites],
    stop: async () => {
      await mongo.stop()
      await postgres.stop()
    },
  }
}
