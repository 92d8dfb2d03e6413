// expected: Type '"parted"' is not assignable to type '"greeted"'
// code: event_unknown at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ client }) => {
  // @ts-expect-error a bot creates an event that it does not declare
  await client.createEvent({ type: 'parted', payload: {} })
})
