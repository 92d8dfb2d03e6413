import {
  type APIApplicationCommandInteraction,
  type APIApplicationCommandInteractionDataOption,
  type APIAttachment,
  type APIInteractionResponse,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionResponseType,
} from 'discord-api-types/v10'
import { keepAsked } from '../outgoing/asked.ts'
import type { DiscordProps } from '../props.ts'
import { contentOf } from './attachment.ts'
import { placeOf } from './people.ts'

type Option = APIApplicationCommandInteractionDataOption<never> | APIApplicationCommandInteractionDataOption
type Value = string | number | boolean

/** Brings in a command: as an event, and as a text, such as `/remind tomorrow`. Discord shows that an answer is to come. */
export async function takeCommand(
  props: DiscordProps,
  interaction: APIApplicationCommandInteraction,
): Promise<APIInteractionResponse> {
  const { client, configuration } = props
  const { id: interactionId, data } = interaction
  const place = await placeOf(client, interaction)
  const { path, options } = filledIn('options' in data ? (data.options ?? []) : [])
  const targetId = 'target_id' in data ? data.target_id : undefined
  const resolved = ('resolved' in data ? data.resolved : undefined) ?? {}
  const messages: Readonly<Record<string, { content: string }>> = 'messages' in resolved ? resolved.messages : {}
  const attachments: Readonly<Record<string, APIAttachment>> =
    ('attachments' in resolved ? resolved.attachments : undefined) ?? {}
  await keepAsked(client, place.conversationId, interaction, { isOpen: true })
  await client.createEvent({
    type: 'commandReceived',
    payload: {
      command: data.name,
      kind: kinds[data.type] ?? 'other',
      path,
      options,
      interactionId,
      ...(targetId !== undefined && { targetId }),
      ...(targetId !== undefined && messages[targetId] && { targetText: messages[targetId].content }),
    },
    ...place,
  })
  if (configuration.commandsAsMessages) {
    const written = Object.values(options).filter((value) => !Object.hasOwn(attachments, String(value)))
    const text = [`/${data.name}`, ...path, ...written].join(' ')
    await client.createMessage({ ...place, type: 'text', payload: { text }, tags: { interactionId } })
  }
  for (const attachment of Object.values(attachments)) {
    const { type, payload } = contentOf(attachment)
    const tags = { interactionId, attachmentId: attachment.id }
    await client.createMessage({ ...place, type, payload, tags })
  }
  return { type: InteractionResponseType.DeferredChannelMessageWithSource }
}

/** What was filled in of a command; below a subcommand and its group, if there is one. */
function filledIn(options: readonly Option[]): { path: string[]; options: Record<string, Value> } {
  const [first] = options
  if (
    first?.type === ApplicationCommandOptionType.Subcommand ||
    first?.type === ApplicationCommandOptionType.SubcommandGroup
  ) {
    const inside = filledIn(first.options ?? [])
    return { path: [first.name, ...inside.path], options: inside.options }
  }
  const values = options.flatMap((option): [string, Value][] =>
    'value' in option ? [[option.name, option.value]] : [],
  )
  return { path: [], options: Object.fromEntries(values) }
}

const kinds: Readonly<Partial<Record<ApplicationCommandType, 'slash' | 'user' | 'message'>>> = {
  [ApplicationCommandType.ChatInput]: 'slash',
  [ApplicationCommandType.User]: 'user',
  [ApplicationCommandType.Message]: 'message',
}
