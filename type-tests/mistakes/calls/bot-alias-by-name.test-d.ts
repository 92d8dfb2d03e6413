// expected: Property 'plain' does not exist
// code: handler_failed at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ actions }) => {
  // @ts-expect-error a bot calls an integration by its name despite its alias
  await actions.plain.generate({ prompt: 'a' })
})
