import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotDefinition } from 'plugboard'
import analytics from 'plugboard/plugins/analytics'
import { sqliteStore, startBot } from 'plugboard/runtime'
import { Calendar, chat, talk } from 'plugboard/testing'
import { expect, onTestFinished, test, vi } from 'vitest'

const day = 86_400_000
const begin = Date.parse('2026-01-01T12:00:00Z')

test('days that are older than is kept are deleted each night', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'analytics-'))
  const bot = new BotDefinition().addIntegration(chat()).addPlugin(analytics, { configuration: { keepDays: 10 } })
  onTestFinished(() => rm(folder, { recursive: true }))
  const clock = new Calendar()
  await using store = await sqliteStore(join(folder, 'store.db'), clock)
  const on = async (date: number) => {
    clock.date = date
    const running = await startBot(bot, {
      environment: {},
      log: () => {},
      clock,
      store,
    })
    const days = async () => (await running.actions.analytics.report({})).days.map((counts) => counts.day)
    const talking = await talk(running)
    const say = () => talking.say('hello')
    return Object.assign(running, { days, say })
  }
  {
    await using running = await on(begin)
    await running.say()
    expect(await running.days()).toEqual(['2026-01-01'])
  }
  {
    await using running = await on(begin + 8 * day)
    await running.say()
  }
  await using running = await on(begin + 12 * day)
  await vi.waitFor(async () => expect(await running.days()).toEqual(['2026-01-09']), { timeout: 20_000 })
}, 60_000)
