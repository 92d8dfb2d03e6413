import { stat } from 'node:fs/promises'
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { expect, test, vi } from 'vitest'
import ollama from './index.ts'

const loaded = vi.hoisted(() => vi.fn<() => void>())
vi.mock('@ai-sdk/openai-compatible', async (original) => {
  loaded()
  return original()
})
const configuration = { baseUrl: 'http://127.0.0.1:9' }

test('the vendor’s package is loaded when a bot that uses the integration starts, and not before', async () => {
  const bot = new BotDefinition({ interfaces: { llm } }).addIntegration(ollama, { configuration })
  expect(loaded).not.toHaveBeenCalled()
  const running = await startBot(bot)
  expect(loaded).toHaveBeenCalledOnce()
  await expect(running.interfaces.llm.listLanguageModels({})).rejects.toMatchObject({ code: 'vendor_unavailable' })
  await running.stop()
})

test('the icon and the read-me are where the definition says', async () => {
  for (const path of [ollama.icon, ollama.readme]) {
    expect((await stat(new URL(String(path), import.meta.url))).isFile()).toBe(true)
  }
})
