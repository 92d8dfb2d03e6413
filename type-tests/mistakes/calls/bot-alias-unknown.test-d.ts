// expected: Property 'openai' does not exist
// code: installation_unknown
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ actions }) => {
  // @ts-expect-error a bot calls an alias that is not installed
  await actions.openai.generate({ prompt: 'a' })
})
