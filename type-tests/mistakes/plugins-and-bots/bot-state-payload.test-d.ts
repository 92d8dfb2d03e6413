// expected: Type 'string' is not assignable to type 'number'
// code: state_invalid
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

new BotImplementation(bot).on.message('text', async ({ client, user }) => {
  // @ts-expect-error the value of a bot’s state has another type
  await client.setState({ name: 'visits', id: user.id, payload: { count: 'two' } })
})
