// expected: Property 'ping' does not exist
// code: action_unknown
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ actions }) => {
  // @ts-expect-error a bot calls an action that the integration does not have
  await actions.backup.ping({})
})
