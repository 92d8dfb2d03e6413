import { IntegrationImplementation } from 'plugboard'
import definition from './definition.ts'
import type { WebhookProps } from './props.ts'
import { deliveryIdOf, isGenuine, respond } from './respond.ts'
import { send } from './send.ts'
import { messageCreated, type ToldMessage } from './told-message.ts'

type Outgoing = WebhookProps & {
  readonly type: ToldMessage['type']
  readonly payload: object
  readonly message: { readonly id: string; readonly createdAt: string }
  readonly conversation: { readonly tags: { readonly id?: string | undefined } }
  readonly user: { readonly id: string; readonly name?: string }
  ack(acknowledgement: { tags: { id: string } }): Promise<void>
}

/** Sends a message to the endpoint, in the form in which messages come in. */
async function tell(props: Outgoing): Promise<void> {
  const { type, payload, message, conversation, user, ack } = props
  const { name: userName } = user
  const timestamp = new Date(message.createdAt)
  const place = { conversationId: conversation.tags.id, userId: user.id, userName, messageId: message.id }
  await send(props, { type: messageCreated, timestamp, data: { ...place, type, payload } })
  await ack({ tags: { id: message.id } })
}

export default new IntegrationImplementation(definition, {
  handler: respond,
  webhook: { verify: isGenuine, deliveryId: deliveryIdOf },
  actions: {
    send: (props) => send(props, { ...props.input, timestamp: new Date() }),
  },
  channels: {
    conversation: {
      messages: {
        text: tell,
        markdown: tell,
        image: tell,
        audio: tell,
        video: tell,
        file: tell,
        location: tell,
        card: tell,
        carousel: tell,
        choice: tell,
        dropdown: tell,
        bloc: tell,
      },
    },
  },
})
