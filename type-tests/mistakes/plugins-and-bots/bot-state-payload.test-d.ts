// expected: Type 'string' is not assignable to type 'number'
// code: state_invalid at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ client, user }) => {
  // @ts-expect-error the value of a bot’s state has another type
  await client.setState({ name: 'visits', id: user.id, payload: { count: 'two' } })
})
