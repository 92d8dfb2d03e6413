import { stat } from 'node:fs/promises'
import { BotDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { expect, test, vi } from 'vitest'
import groq from './index.ts'

const loaded = vi.hoisted(() => vi.fn<() => void>())
vi.mock('@ai-sdk/groq', async (original) => {
  loaded()
  return original()
})
const configuration = { apiKey: 'any' }

test('the vendor’s package is loaded when a bot that uses the integration starts, and not before', async () => {
  const bot = new BotDefinition({ interfaces: { llm } }).addIntegration(groq, { configuration })
  expect(loaded).not.toHaveBeenCalled()
  const running = await startBot(bot)
  expect(loaded).toHaveBeenCalledOnce()
  const { models } = await running.interfaces.llm.listLanguageModels({})
  const { defaultModel } = z.parse(groq.configuration!.schema, configuration)
  expect(models.map(({ model }) => model.id)).toContain(defaultModel)
  await running.stop()
})

test('the icon and the read-me are where the definition says', async () => {
  for (const path of [groq.icon, groq.readme]) {
    expect((await stat(new URL(String(path), import.meta.url))).isFile()).toBe(true)
  }
})
