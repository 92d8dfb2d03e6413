// expected: 'body' does not exist in type '{ text: string; }'
// code: payload_invalid at call
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ client, conversation }) => {
  // @ts-expect-error the payload of a default message has another type
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { body: 'a' } })
})
