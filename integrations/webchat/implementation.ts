import { IntegrationImplementation } from 'plugboard'
import { type Shown, shown } from './conversation.ts'
import definition from './definition.ts'
import type { WebchatClient } from './endpoint.ts'
import { type Heard, tell } from './heard.ts'
import { respond } from './respond.ts'
import { deliveryIdOf } from './take-message.ts'

/** What the handler of an outgoing message needs: the page reads it from the store, so it is only told to look. */
interface Outgoing {
  readonly client: WebchatClient
  readonly conversation: { readonly tags: { readonly id?: string | undefined } }
  readonly message: Shown
  ack(acknowledgement: { tags: { id: string } }): Promise<void>
}

async function announce({ message, ack, ...place }: Outgoing): Promise<void> {
  await ack({ tags: { id: message.id } })
  await tellVisitor(place, { message: message.id })
}

async function show({ message, ...place }: Outgoing): Promise<void> {
  await tellVisitor(place, { draft: shown(message) })
}

async function tellVisitor(
  { client, conversation }: Pick<Outgoing, 'client' | 'conversation'>,
  heard: Heard,
): Promise<void> {
  if (conversation.tags.id !== undefined) await tell(client, conversation.tags.id, heard)
}

export default new IntegrationImplementation(definition, {
  handler: respond,
  // Whoever is sent the page is a visitor: each endpoint asks for the visitor's token by itself.
  webhook: { verify: 'none', deliveryId: deliveryIdOf },
  channels: {
    channel: {
      messages: { text: announce, image: announce, choice: announce, card: announce },
      drafts: { text: show, choice: show, card: show },
      discardDraft: async ({ message, ...place }) => tellVisitor(place, { discarded: message.id }),
    },
  },
})
