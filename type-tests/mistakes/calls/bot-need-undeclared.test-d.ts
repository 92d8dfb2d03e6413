// expected: Property 'llm' does not exist on type '{}'
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ interfaces }) => {
  // @ts-expect-error a bot uses an interface that it does not need
  await interfaces.llm.generate({ prompt: 'a' })
})
