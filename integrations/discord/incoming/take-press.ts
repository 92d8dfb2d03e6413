import {
  type APIInteractionResponse,
  type APIMessageComponentInteraction,
  InteractionResponseType,
} from 'discord-api-types/v10'
import { keepAsked } from '../outgoing/asked.ts'
import { pressedFrom } from '../outgoing/component-ids.ts'
import { modalOf } from '../outgoing/modal.ts'
import type { DiscordProps } from '../props.ts'
import { placeOf } from './people.ts'

/** Brings in the press of a button or a choice from a list: as an event, and what it says as a text. One that opens a form does that alone. */
export async function takePress(
  props: DiscordProps,
  interaction: APIMessageComponentInteraction,
): Promise<APIInteractionResponse> {
  const { client } = props
  const { id: interactionId, data, message } = interaction
  const place = await placeOf(client, interaction)
  // Of lists of people, channels and roles, the values are their ids.
  const given = 'values' in data ? data.values : [data.custom_id]
  for (const value of given) {
    const pressed = await pressedFrom(client, place.conversationId, value)
    const modal = pressed?.action === 'form' ? modalOf(pressed.value) : undefined
    if (modal) return { type: InteractionResponseType.Modal, data: modal }
    await client.createEvent({
      type: 'buttonPressed',
      payload: {
        value: pressed?.value ?? value,
        action: pressed && pressed.action !== 'form' ? pressed.action : 'other',
        messageId: message.id,
        interactionId,
      },
      ...place,
      ...(await knownMessage(props, place.conversationId, message.id)),
    })
    if (pressed?.action === 'say' && pressed.value !== '')
      await client.createMessage({
        ...place,
        type: 'text',
        payload: { text: pressed.value },
        tags: { buttonOf: message.id, interactionId },
      })
  }
  await keepAsked(client, place.conversationId, interaction, { isOpen: false })
  return { type: InteractionResponseType.DeferredMessageUpdate }
}

/** The message here that Discord calls so, if it is known. */
export async function knownMessage(
  { client }: Pick<DiscordProps, 'client'>,
  conversationId: string,
  id: string,
): Promise<{ messageId?: string }> {
  const { items } = await client.listMessages({ conversationId, tags: { id } })
  return items[0] ? { messageId: items[0].id } : {}
}
