import { deepStrictEqual, match, ok } from 'node:assert/strict'
// #region bot
import anthropic from '@plugboard/anthropic'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import { BotDefinition, env } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'

const bot = new BotDefinition({ name: 'hello', defaults: { llm: 'scripted' } })
  .addIntegration(scripted)
  .addIntegration(openai, { configuration: { apiKey: env('OPENAI_API_KEY') } })
  .addIntegration(anthropic, { configuration: { apiKey: env('ANTHROPIC_API_KEY') } })
  .addPlugin(assistant)
// #endregion

// #region swap
import { startBot } from 'plugboard/runtime'

const running = await startBot(bot, { environment: { OPENAI_API_KEY: 'a key' } })
await running.bindings.set('assistant', 'llm', 'openai')
// #endregion
deepStrictEqual(running.bindings.list()[0]?.to, ['openai'])
// A candidate whose key is missing is refused, with the name of what is missing.
const refusal: unknown = await running.bindings.set('assistant', 'llm', 'anthropic').catch((error: unknown) => error)
ok(refusal instanceof Error)
match(refusal.message, /ANTHROPIC_API_KEY/)
await running.stop()
