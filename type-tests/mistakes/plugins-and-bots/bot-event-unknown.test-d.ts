// expected: Type '"parted"' is not assignable to type '"greeted"'
// code: event_unknown
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ client }) => {
  // @ts-expect-error a bot creates an event that it does not declare
  await client.createEvent({ type: 'parted', payload: {} })
})
