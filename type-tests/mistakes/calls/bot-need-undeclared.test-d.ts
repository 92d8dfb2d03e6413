// expected: Property 'llm' does not exist on type '{}'
// code: handler_failed at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error a bot uses an interface that it does not need
  await interfaces.llm.generate({ prompt: 'a' })
})
