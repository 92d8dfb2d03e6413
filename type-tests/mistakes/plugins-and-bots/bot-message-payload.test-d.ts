// expected: Object literal may only specify known properties, but 'txt' does not exist in type '{ text: string; }'. Did you mean to write 'text'?
// code: payload_invalid at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ client, conversation }) => {
  // @ts-expect-error a field of the payload is misspelt
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { txt: 'Hello' } })
})
