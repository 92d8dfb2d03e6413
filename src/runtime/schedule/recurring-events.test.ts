import { describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const quiet = { log: () => {}, environment: {} }
const [second, minute, hour] = [1000, 60_000, 3_600_000]

/** A bot with a recurring event; `heard` gets the time of each. */
function ringing(heard: string[], cron: string, clock: VirtualClock) {
  const bot = new BotImplementation(
    new BotDefinition({
      events: { rang: { schema: z.object({ times: z.number(), word: z.string().default('ding') }) } },
      recurringEvents: { bell: { type: 'rang', payload: { times: 2 }, schedule: { cron } } },
    }),
  )
  bot.on.event('rang', async ({ event }) => {
    expect(event.payload).toEqual({ times: 2, word: 'ding' })
    heard.push(new Date(clock.now()).toISOString().slice(5, 19))
  })
  return bot
}

function clockAt(time: string): VirtualClock {
  const clock = new VirtualClock()
  clock.set(Date.parse(time))
  return clock
}

async function start(heard: string[], cron: string, clock: VirtualClock, options: StartOptions = {}) {
  const running = await startBot(ringing(heard, cron, clock), { ...quiet, clock, ...options })
  return Object.assign(running, {
    pass: async (milliseconds: number) => {
      await clock.advance(milliseconds)
      await running.idle()
    },
    /** Sets the clock, and lets the bot find out. */
    jump: async (time: string) => {
      clock.set(Date.parse(time))
      await clock.advance(2 * second)
      await running.idle()
    },
  })
}

describe('a recurring event', () => {
  it('happens at each of its slots, and not before the first one', async () => {
    const heard: string[] = []
    const clock = clockAt('2026-03-10T09:00:30Z')
    await using bot = await start(heard, '*/2 * * * *', clock)
    await bot.pass(minute)
    expect(heard).toEqual([])
    await bot.pass(5 * minute)
    expect(heard).toEqual(['03-10T09:02:00', '03-10T09:04:00', '03-10T09:06:00'])
  })

  it('may happen by the second', async () => {
    const heard: string[] = []
    const clock = clockAt('2026-03-10T09:00:00.500Z')
    await using bot = await start(heard, '*/15 * * * * *', clock)
    await bot.pass(minute)
    expect(heard).toEqual(['03-10T09:00:15', '03-10T09:00:30', '03-10T09:00:45', '03-10T09:01:00'])
  })

  it('happens once though several processes share the store, also where their clocks differ', async () => {
    const heard: string[] = []
    const clock = clockAt('2026-03-10T09:00:30Z')
    const ahead = clockAt('2026-03-10T09:10:30Z')
    await using store = memoryStore(clock)
    await using first = await start(heard, '* * * * *', clock, { store })
    await using second = await startBot(ringing(heard, '* * * * *', clock), { ...quiet, clock: ahead, store })
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await ahead.advance(minute)
      await second.idle()
      await first.pass(minute)
    }
    expect(heard).toEqual(['03-10T09:01:00', '03-10T09:02:00', '03-10T09:03:00'])
  })

  it('happens once for all the slots that were missed while nothing ran, and not for a bot that is new', async () => {
    const heard: string[] = []
    const clock = clockAt('2026-03-10T09:10:00Z')
    await using store = memoryStore(clock)
    {
      await using bot = await start(heard, '0 * * * *', clock, { store })
      await bot.pass(minute)
      expect(heard).toEqual([])
    }
    {
      clock.set(Date.parse('2026-03-10T13:30:00Z'))
      await using bot = await start(heard, '0 * * * *', clock, { store })
      await bot.idle()
      expect(heard.splice(0)).toEqual(['03-10T13:30:00'])
    }
    {
      await using bot = await start(heard, '0 * * * *', clock, { store })
      await bot.pass(hour - minute)
      expect(heard.splice(0)).toEqual(['03-10T14:00:00'])
    }
    clock.set(Date.parse('2026-03-10T20:30:00Z'))
    await using bot = await start(heard, '15 * * * *', clock, { store })
    await bot.pass(minute)
    expect(heard).toEqual([])
  })

  it('happens once a slot when the clock is put forward and back by an hour', async () => {
    const heard: string[] = []
    const clock = clockAt('2026-03-10T09:50:30Z')
    // Timers go on as they were when the time of day is set anew.
    let offset = 0
    const set = { now: () => clock.now() + offset, sleep: clock.sleep } as VirtualClock
    await using store = memoryStore(set)
    await using bot = await startBot(ringing(heard, '*/10 * * * *', set), { ...quiet, clock, store })
    const pass = async (milliseconds: number): Promise<string[]> => {
      await clock.advance(milliseconds)
      await bot.idle()
      return heard.splice(0).map((time) => time.slice(6, -3))
    }
    expect(await pass(11 * minute)).toEqual(['10:00'])
    offset += hour
    expect(await pass(2 * minute)).toEqual(['11:01'])
    offset -= hour
    expect(await pass(70 * minute)).toEqual(['10:10', '10:20', '10:30', '10:40', '10:50', '11:10'])
    offset -= hour
    expect(await pass(70 * minute)).toEqual(['11:20'])
  })

  it('keeps to UTC where summer time begins and ends', async () => {
    for (const days of [
      ['2026-03-28', '2026-03-29', '2026-03-30'],
      ['2026-10-24', '2026-10-25', '2026-10-26'],
    ]) {
      const heard: string[] = []
      const clock = clockAt(`${days[0]}T01:00:00Z`)
      await using bot = await start(heard, '30 2 * * *', clock)
      for (const day of days) await bot.jump(`${day}T02:29:59Z`)
      expect(heard).toEqual(days.map((day) => `${day.slice(5)}T02:30:00`))
    }
  })

  it('that never comes keeps nothing from happening', async () => {
    const clock = clockAt('2026-03-10T09:00:30Z')
    const heard: string[] = []
    const definition = new PluginDefinition({
      name: 'bells',
      events: { rang: { schema: z.object({}) } },
      recurringEvents: {
        never: { type: 'rang', payload: {}, schedule: { cron: '0 0 31 2 *' } },
        often: { type: 'rang', payload: {}, schedule: { cron: '* * * * *' } },
      },
    })
    const bells = definition.implementedBy(async () => {
      const implementation = new PluginImplementation(definition)
      implementation.on.event('rang', async ({ event }) => void heard.push(event.type))
      return { default: implementation }
    })
    await using bot = await startBot(new BotDefinition().addPlugin(bells), { ...quiet, clock })
    await clock.advance(2 * minute)
    await bot.idle()
    expect(heard).toEqual(['rang', 'rang'])
  })
})
