// expected: Property 'question' is missing in type '{}' but required in type '{ question: string; tries?: number | undefined; }'
// code: input_invalid
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ actions }) => {
  // @ts-expect-error the input of a plugin’s action lacks a field
  await actions.assistant.ask({})
})
