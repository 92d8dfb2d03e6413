import { IntegrationImplementation } from 'plugboard'
import { approach } from './actions/approach.ts'
import { messageState } from './actions/message-state.ts'
import { presence } from './actions/presence.ts'
import { shareFile } from './actions/share-file.ts'
import { type Shown, shown } from './conversation.ts'
import definition from './definition.ts'
import type { WebchatClient } from './endpoint.ts'
import { tell } from './heard.ts'
import { bodyLimitOf, respond } from './respond.ts'
import { deliveryIdOf, nameOnce } from './take-message.ts'

/** What the handler of an outgoing message needs: the page reads it from the store, so it is only told to look. */
interface Outgoing {
  readonly client: WebchatClient
  readonly conversation: { readonly id: string; readonly tags: Readonly<Record<string, string | undefined>> }
  readonly message: Shown
  ack(acknowledgement: { tags: { id: string } }): Promise<void>
}

async function announce({ client, conversation, message, ack }: Outgoing): Promise<void> {
  await ack({ tags: { id: message.id } })
  const { id, tags } = conversation
  if (tags['unread'] === undefined) await client.updateConversation({ id, tags: { unread: 'true' } })
  if (tags['title'] === undefined) await nameOnce(client, conversation, firstText(message.payload))
  await tell(client, conversation, { message: message.id, from: 'bot' })
}

/** What a message that begins a conversation says, as far as it says anything. */
function firstText(payload: unknown): string {
  const { text, markdown, title } = payload as { text?: string; markdown?: string; title?: string }
  return text ?? markdown ?? title ?? ''
}

async function show({ client, conversation, message }: Outgoing): Promise<void> {
  await tell(client, conversation, { draft: shown(message) })
}

const carried = {
  text: announce,
  image: announce,
  audio: announce,
  video: announce,
  file: announce,
  location: announce,
  card: announce,
  carousel: announce,
  choice: announce,
  dropdown: announce,
  markdown: announce,
  bloc: announce,
}

export default new IntegrationImplementation(definition, {
  handler: respond,
  // Whoever is sent the page is a visitor: each endpoint asks for the visitor's token by itself.
  webhook: { verify: 'none', deliveryId: deliveryIdOf, bodyLimit: bodyLimitOf },
  actions: { ...presence, ...approach, ...messageState, shareFile },
  channels: {
    channel: {
      messages: carried,
      drafts: { text: show, markdown: show, choice: show, dropdown: show, card: show },
      discardDraft: async ({ client, conversation, message }) => tell(client, conversation, { discarded: message.id }),
    },
  },
})
