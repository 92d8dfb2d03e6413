import { IntegrationImplementation, PlugboardError, z } from 'plugboard'
import { verifySignature } from 'plugboard/security'
import { ask } from './ask.ts'
import definition from './definition.ts'

const incoming = z.object({ id: z.string(), loft: z.string(), from: z.string(), text: z.string().min(1) })

export default new IntegrationImplementation(definition, {
  webhook: {
    verify: ({ req, ctx }) =>
      verifySignature({
        secret: ctx.secrets.SIGNING_SECRET,
        payload: req.rawBody,
        signature: req.headers['x-pigeon-signature'],
        prefix: 'sha256=',
      }),
    deliveryId: (req) => req.headers['x-pigeon-delivery'],
  },
  handler: async ({ req, client }) => {
    const { id, loft, from, text } = messageIn(req.body)
    const { user } = await client.getOrCreateUser({ tags: { id: from } })
    const { conversation } = await client.getOrCreateConversation({ channel: 'loft', tags: { id: loft } })
    const place = { conversationId: conversation.id, userId: user.id, tags: { id } }
    await client.createMessage({ ...place, type: 'text', payload: { text } })
  },
  channels: {
    loft: {
      messages: {
        text: async ({ payload, conversation, ack, ...props }) => {
          const { id } = await ask(props, '/messages', { loft: conversation.tags.id, text: payload.text })
          await ack({ tags: { id } })
        },
      },
    },
  },
  actions: {
    getOrCreateUser: async ({ input, client, ...props }) => {
      await ask(props, `/people/${encodeURIComponent(input.user.id)}`)
      const { user } = await client.getOrCreateUser({ tags: { id: input.user.id }, name: input.name })
      return { userId: user.id }
    },
  },
})

/** @throws {PlugboardError} with the code `request_invalid`, which is answered with 400. */
function messageIn(body = ''): z.output<typeof incoming> {
  try {
    return incoming.parse(JSON.parse(body))
  } catch (cause) {
    throw new PlugboardError({ code: 'request_invalid', message: 'the body is no message of Pigeon', cause })
  }
}
