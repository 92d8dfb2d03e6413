import { type Arbitrary, array, assert, asyncProperty, check, integer, nat, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plantedBugs } from './planted-bugs.fixture.ts'
import { faultsOf, type Schedule } from './simulated-conversations.fixture.ts'

/** What can happen: who dies when, who is slow, what comes first. */
const schedules: Arbitrary<Schedule> = record({
  seed: integer(),
  processes: integer({ min: 1, max: 2 }),
  conversations: array(integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 2 }),
  deaths: array(nat({ max: 120 }), { maxLength: 5 }),
})

const runs = Number(process.env['SIMULATION_RUNS'] ?? 1500)

describe('whatever happens to its processes', () => {
  it(`a bot loses nothing, does nothing twice and keeps the order of every conversation, in ${runs} schedules`, async () => {
    await assert(
      asyncProperty(schedules, async (schedule) => {
        expect(await faultsOf(schedule)).toEqual([])
      }),
      { numRuns: runs },
    )
  }, 600_000)

  it.each(plantedBugs)(
    'the simulation finds a bug that is planted: $name',
    async (bug) => {
      const found = await check(
        asyncProperty(schedules, async (schedule) => (await faultsOf(schedule, bug)).length === 0),
        { numRuns: 1500, endOnFailure: true },
      )
      expect(found.failed).toBe(true)
    },
    600_000,
  )
})
