import anthropic from '@plugboard/anthropic'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import webchat from '@plugboard/webchat'
import { BotDefinition, env } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'

/** Answers through the scripted provider, which needs no key. The others take its place by a binding, once their keys are set. */
export default new BotDefinition({ name: 'hello', title: 'Hello', defaults: { llm: 'scripted' } })
  .addIntegration(webchat, { configuration: { title: 'Hello', greeting: 'Hello! What can I do for you?' } })
  .addIntegration(scripted)
  .addIntegration(openai, { configuration: { apiKey: env('OPENAI_API_KEY'), baseUrl: env('OPENAI_BASE_URL') } })
  .addIntegration(anthropic, {
    configuration: { apiKey: env('ANTHROPIC_API_KEY'), baseUrl: env('ANTHROPIC_BASE_URL') },
  })
  .addPlugin(assistant)
