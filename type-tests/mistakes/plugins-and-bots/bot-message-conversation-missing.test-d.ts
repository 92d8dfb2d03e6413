// expected: Property 'conversationId' is missing in type '{ type: "text"; payload: { text: string; }; }' but required in type 'NewMessage<"text">'
// code: conversation_unknown at call
import { BotImplementation } from 'plugboard'
import { bot } from '../../fixtures/parts.ts'

export const helping = new BotImplementation(bot)
helping.on.message('text', async ({ client }) => {
  // @ts-expect-error a message does not say where it goes
  await client.createMessage({ type: 'text', payload: { text: 'Hello' } })
})
