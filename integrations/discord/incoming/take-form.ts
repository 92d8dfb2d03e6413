import {
  type APIInteractionResponse,
  type APIModalSubmitInteraction,
  InteractionResponseType,
} from 'discord-api-types/v10'
import { keepAsked } from '../outgoing/asked.ts'
import type { DiscordProps } from '../props.ts'
import { placeOf } from './people.ts'
import { knownMessage } from './take-press.ts'

/** Brings in a form that was filled in, as an event. */
export async function takeForm(
  props: DiscordProps,
  interaction: APIModalSubmitInteraction,
): Promise<APIInteractionResponse> {
  const { client } = props
  const { id: interactionId, data, message } = interaction
  const place = await placeOf(client, interaction)
  // Below a message with a button it is enough that the form closes; after a command people wait for an answer.
  const isOpen = message === undefined
  await keepAsked(client, place.conversationId, interaction, { isOpen })
  await client.createEvent({
    type: 'formSubmitted',
    payload: {
      name: data.custom_id,
      fields: fieldsIn(data.components),
      interactionId,
      ...(message && { messageId: message.id }),
    },
    ...place,
    ...(message && (await knownMessage(props, place.conversationId, message.id))),
  })
  return isOpen
    ? { type: InteractionResponseType.DeferredChannelMessageWithSource }
    : { type: InteractionResponseType.DeferredMessageUpdate }
}

/** Fields stand in rows, or each below its label. */
function fieldsIn(components: APIModalSubmitInteraction['data']['components']): Record<string, string> {
  const fields = components.flatMap((component) =>
    'components' in component ? component.components : 'component' in component ? [component.component] : [],
  )
  return Object.fromEntries(
    fields.map((field) => [
      field.custom_id,
      'values' in field ? field.values.join(',') : field.value === null ? '' : String(field.value),
    ]),
  )
}
