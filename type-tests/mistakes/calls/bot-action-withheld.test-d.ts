// expected: Property 'narrate' does not exist
// code: action_unknown
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ actions }) => {
  // @ts-expect-error a bot calls an action whose capability the integration does not claim
  await actions.backup.narrate({ prompt: 'a' })
})
