// expected: Property 'narrate' does not exist
// code: handler_failed at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ actions }) => {
  // @ts-expect-error a bot calls an action whose capability the integration does not claim
  await actions.backup.narrate({ prompt: 'a' })
})
