import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotDefinition, BotImplementation } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import translator from 'plugboard/plugins/translator'
import { sqliteStore, startBot } from 'plugboard/runtime'
import { Calendar, chat, fake, talk } from 'plugboard/testing'
import { expect, onTestFinished, test, vi } from 'vitest'

const day = 86_400_000
const begin = Date.parse('2026-01-01T12:00:00Z')

test('originals that are older than is kept are deleted each night', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'translator-'))
  const bot = new BotImplementation(
    new BotDefinition()
      .addIntegration(chat())
      .addIntegration(fake(llm, { actions: { generateContent: { content: 'Good day' } } }))
      .addPlugin(translator, { configuration: { userLanguage: 'German', keepDays: 10 } }),
  )
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
    const isKept = async (messageId: string) =>
      (await running.actions.translator.getTranslation({ messageId })).translation !== undefined
    const talking = await talk(running)
    const say = async (text: string) => (await talking.say(text)).id
    return Object.assign(running, { isKept, say })
  }
  const ids: string[] = []
  for (const date of [begin, begin + 8 * day]) {
    await using running = await on(date)
    ids.push(await running.say('Guten Tag'))
    expect(await running.isKept(ids.at(-1) as string)).toBe(true)
  }
  await using running = await on(begin + 12 * day)
  await vi.waitFor(async () => expect(await running.isKept(ids[0] as string)).toBe(false), { timeout: 20_000 })
  expect(await running.isKept(ids[1] as string)).toBe(true)
}, 60_000)
