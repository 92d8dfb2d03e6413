// expected: Property 'plain' does not exist
// code: installation_unknown
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ actions }) => {
  // @ts-expect-error a bot calls an integration by its name despite its alias
  await actions.plain.generate({ prompt: 'a' })
})
