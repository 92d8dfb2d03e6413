// expected: Property 'question' is missing in type '{}' but required in type '{ question: string; tries?: number | undefined; }'
// code: input_invalid at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ actions }) => {
  // @ts-expect-error the input of a plugin’s action lacks a field
  await actions.assistant.ask({})
})
