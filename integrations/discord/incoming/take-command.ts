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
type Filled = {
  readonly name: string
  readonly type: ApplicationCommandOptionType
  readonly value: string | number | boolean
}

/** Brings in a command: as an event, and as a text, such as `/remind tomorrow`. Discord shows that an answer is to come. */
export async function takeCommand(
  props: DiscordProps,
  interaction: APIApplicationCommandInteraction,
): Promise<APIInteractionResponse> {
  const { client, configuration } = props
  const { id: interactionId, data } = interaction
  const place = await placeOf(client, interaction)
  const { path, filled } = filledIn('options' in data ? (data.options ?? []) : [])
  const options = Object.fromEntries(filled.map(({ name, value }) => [name, value]))
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
    const text = [`/${data.name}`, ...path, ...filled.flatMap(written)].join(' ')
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
function filledIn(options: readonly Option[]): { path: string[]; filled: Filled[] } {
  const [first] = options
  if (
    first?.type === ApplicationCommandOptionType.Subcommand ||
    first?.type === ApplicationCommandOptionType.SubcommandGroup
  ) {
    const inside = filledIn(first.options ?? [])
    return { path: [first.name, ...inside.path], filled: inside.filled }
  }
  return { path: [], filled: options.flatMap((option) => ('value' in option ? [option] : [])) }
}

/** What was filled in, as if it had been written; files come by themselves. */
function written({ type, value }: Filled): string[] {
  if (type === ApplicationCommandOptionType.Attachment) return []
  return [Object.hasOwn(marks, type) ? `<${marks[type]}${value}>` : String(value)]
}

/** What stands before the id of whoever or whatever is mentioned. */
const marks: Readonly<Partial<Record<ApplicationCommandOptionType, string>>> = {
  [ApplicationCommandOptionType.User]: '@',
  [ApplicationCommandOptionType.Role]: '@&',
  [ApplicationCommandOptionType.Channel]: '#',
}

const kinds: Readonly<Partial<Record<ApplicationCommandType, 'slash' | 'user' | 'message'>>> = {
  [ApplicationCommandType.ChatInput]: 'slash',
  [ApplicationCommandType.User]: 'user',
  [ApplicationCommandType.Message]: 'message',
}
