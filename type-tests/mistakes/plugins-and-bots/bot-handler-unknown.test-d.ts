// expected: the definition declares no actions
// code: handler_unknown at definition
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export default new BotImplementation(bot, {
  actions: {
    // @ts-expect-error a bot has a handler for an action that it does not declare
    greet: async () => ({}),
  },
})
