import { IntegrationImplementation } from 'plugboard'
import definition from './definition.ts'
import { wake } from './hub.ts'
import { respond } from './respond.ts'
import { deliveryIdOf } from './take-message.ts'

/** What the handler of an outgoing message needs: the page reads it from the store, so it is only told to look. */
interface Outgoing {
  readonly ctx: { readonly integrationId: string }
  readonly conversation: { readonly tags: { readonly id?: string | undefined } }
  readonly message: { readonly id: string }
  ack(acknowledgement: { tags: { id: string } }): Promise<void>
}

async function announce({ ctx, conversation, message, ack }: Outgoing): Promise<void> {
  await ack({ tags: { id: message.id } })
  if (conversation.tags.id !== undefined) wake(ctx.integrationId, conversation.tags.id, message.id)
}

export default new IntegrationImplementation(definition, {
  handler: respond,
  webhook: { deliveryId: deliveryIdOf },
  channels: { channel: { messages: { text: announce, image: announce, choice: announce, card: announce } } },
})
