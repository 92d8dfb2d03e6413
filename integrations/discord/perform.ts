import {
  type APIThreadChannel,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
} from 'discord-api-types/v10'
import type { z } from 'plugboard'
import type { actions } from './actions.ts'
import { isAnswered, unknownEmoji, unlessAnswered } from './answer.ts'
import { callDiscord } from './api.ts'
import { conversationOf } from './incoming/people.ts'
import { channelIdOf, messageAt, refusal } from './place.ts'
import type { DiscordProps } from './props.ts'
import { applicationIdOf } from './registration.ts'

type Perform<K extends keyof typeof actions> = (
  props: DiscordProps & { input: z.output<(typeof actions)[K]['input']['schema']> },
) => Promise<z.input<(typeof actions)[K]['output']['schema']>>

/** What Discord says of a message that has begun a thread. */
const threadExists = 160_004

/** What each action does. */
export const perform: { readonly [K in keyof typeof actions]: Perform<K> } = {
  react: async (props) => {
    const { messageId, emoji, isGone = false } = props.input
    const { channelId, sent } = await messageAt(props, messageId)
    const reacting = callDiscord(props, {
      what: 'a reaction',
      method: isGone ? 'DELETE' : 'PUT',
      path: `/channels/${channelId}/messages/${sent[0]}/reactions/${encodeURIComponent(emoji)}/@me`,
    })
    await (isGone ? reacting.catch(unlessAnswered(unknownEmoji)) : reacting)
    return {}
  },
  createThread: async (props) => {
    const { conversationId, messageId, name, archiveAfter } = props.input
    const channelId = await channelIdOf(props, conversationId)
    const body = { name, ...(archiveAfter !== undefined && { auto_archive_duration: archiveAfter }) }
    const what = 'a thread'
    const call = { what, method: 'POST' as const }
    const begins = messageId === undefined ? undefined : await messageAt(props, messageId)
    if (begins && begins.conversationId !== conversationId)
      throw refusal(`message '${messageId}' is not in conversation '${conversationId}'`, 'messageId')
    const first = begins?.sent[0]
    const thread =
      first === undefined
        ? await callDiscord<APIThreadChannel>(props, {
            ...call,
            path: `/channels/${channelId}/threads`,
            body: { ...body, type: ChannelType.PublicThread },
          })
        : await callDiscord<APIThreadChannel>(props, {
            ...call,
            path: `/channels/${channelId}/messages/${first}/threads`,
            body,
          }).catch((error: unknown) => {
            if (!isAnswered(error, [threadExists])) throw error
            // Discord calls it what it calls the message.
            return callDiscord<APIThreadChannel>(props, { what, method: 'GET', path: `/channels/${first}` })
          })
    return { conversationId: await conversationOf(props.client, thread) }
  },
  registerCommands: async (props) => {
    const { commands, guildId } = props.input
    const applicationId = await applicationIdOf(props)
    await callDiscord(props, {
      what: 'the commands',
      method: 'PUT',
      path: `/applications/${applicationId}${guildId === undefined ? '' : `/guilds/${guildId}`}/commands`,
      body: commands.map(({ name, description, kind = 'slash', options }) => ({
        name,
        type: commandTypes[kind],
        // Discord demands one of a slash command, and none of the others.
        ...(kind === 'slash' && { description: description ?? name }),
        ...(options && { options: options.map(commandOption) }),
      })),
    })
    return {}
  },
}

type Option = NonNullable<z.output<typeof actions.registerCommands.input.schema>['commands'][number]['options']>[number]

function commandOption({ name, description, type = 'text', isRequired = false, choices }: Option): object {
  return { name, description, type: optionTypes[type], required: isRequired, ...(choices && { choices }) }
}

const commandTypes = {
  slash: ApplicationCommandType.ChatInput,
  user: ApplicationCommandType.User,
  message: ApplicationCommandType.Message,
}
const optionTypes = {
  text: ApplicationCommandOptionType.String,
  integer: ApplicationCommandOptionType.Integer,
  number: ApplicationCommandOptionType.Number,
  boolean: ApplicationCommandOptionType.Boolean,
  person: ApplicationCommandOptionType.User,
  channel: ApplicationCommandOptionType.Channel,
  role: ApplicationCommandOptionType.Role,
  file: ApplicationCommandOptionType.Attachment,
}
