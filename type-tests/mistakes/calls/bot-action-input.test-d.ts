// expected: Type '"medium"' is not assignable to type '"small" | "large"'
// code: input_invalid
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ actions }) => {
  // @ts-expect-error the input of a call by alias has another type
  await actions.vendor.generate({ prompt: 'a', model: { id: 'medium', context: 1 } })
})
