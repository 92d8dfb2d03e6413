import { stat } from 'node:fs/promises'
import { BotDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { expect, test, vi } from 'vitest'
import google from './index.ts'

const loaded = vi.hoisted(() => vi.fn<() => void>())
vi.mock('@ai-sdk/google', async (original) => {
  loaded()
  return original()
})
const configuration = { apiKey: 'any' }

test('the vendor’s package is loaded when a bot that uses the integration starts, and not before', async () => {
  const bot = new BotDefinition({ interfaces: { llm } }).addIntegration(google, { configuration })
  expect(loaded).not.toHaveBeenCalled()
  const running = await startBot(bot)
  expect(loaded).toHaveBeenCalledOnce()
  const { models } = await running.interfaces.llm.listLanguageModels({})
  const { defaultModel } = z.parse(google.configuration!.schema, configuration)
  expect(models.map(({ model }) => model.id)).toContain(defaultModel)
  await running.stop()
})

test('the icon and the read-me are where the definition says', async () => {
  for (const path of [google.icon, google.readme]) {
    expect((await stat(new URL(String(path), import.meta.url))).isFile()).toBe(true)
  }
})
