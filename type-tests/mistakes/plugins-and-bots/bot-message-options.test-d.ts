// expected: Type 'string' is not assignable to type '{ label: string; value: string; }'
// code: message_type_unknown at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ client, conversation }) => {
  const ids = { conversationId: conversation.id }
  // @ts-expect-error the options of a choice are texts
  await client.createMessage({ ...ids, type: 'choice', payload: { text: 'Tea?', options: ['yes'] } })
})
