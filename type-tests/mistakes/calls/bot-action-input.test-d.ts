// expected: Type '"medium"' is not assignable to type '"small" | "large"'
// code: input_invalid at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ actions }) => {
  // @ts-expect-error the input of a call by alias has another type
  await actions.vendor.generate({ prompt: 'a', model: { id: 'medium', context: 1 } })
})
