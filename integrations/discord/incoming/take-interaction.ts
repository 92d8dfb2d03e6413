import {
  type APIInteraction,
  type APIInteractionResponse,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10'
import { PlugboardError } from 'plugboard'
import type { DiscordProps } from '../props.ts'
import { takeCommand } from './take-command.ts'
import { takeForm } from './take-form.ts'
import { takePress } from './take-press.ts'

/** Brings in what somebody did, and gives what Discord is to be answered at once. */
export async function takeInteraction(
  props: DiscordProps,
  interaction: APIInteraction,
): Promise<APIInteractionResponse> {
  if (interaction.type === InteractionType.Ping) return { type: InteractionResponseType.Pong }
  // Nothing is known that could be offered while somebody types.
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
    return { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: [] } }
  if (!isWhole(interaction))
    throw new PlugboardError({
      code: 'request_invalid',
      message: 'the interaction lacks its `data`, or who did it, or where',
    })
  if (interaction.type === InteractionType.ApplicationCommand) return takeCommand(props, interaction)
  if (interaction.type === InteractionType.MessageComponent) return takePress(props, interaction)
  if (interaction.type === InteractionType.ModalSubmit) return takeForm(props, interaction)
  throw new PlugboardError({
    code: 'request_invalid',
    message: 'Discord has kinds of interactions that this version does not know',
  })
}

/** Whether it has what every interaction of a person has. */
function isWhole(interaction: APIInteraction): boolean {
  const { data, member, user, channel, channel_id: id } = interaction
  return typeof data === 'object' && (member?.user ?? user) !== undefined && (channel?.id ?? id) !== undefined
}
