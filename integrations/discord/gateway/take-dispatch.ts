import {
  type APIChannel,
  type APIInteraction,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
} from 'discord-api-types/v10'
import { unlessAnswered } from '../answer.ts'
import { callDiscord } from '../api.ts'
import { conversationOf } from '../incoming/people.ts'
import { takeInteraction } from '../incoming/take-interaction.ts'
import type { DiscordProps } from '../props.ts'
import { takeDeletion, takeEdit, takeMessage } from './take-message.ts'
import { takeReaction } from './take-reaction.ts'

/** What Discord says of an interaction that has been answered, and of one that is over. */
const answered = 40_060
const unknownInteraction = 10_062

const wanted: readonly GatewayDispatchEvents[] = [
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.MessageUpdate,
  GatewayDispatchEvents.MessageDelete,
  GatewayDispatchEvents.MessageDeleteBulk,
  GatewayDispatchEvents.MessageReactionAdd,
  GatewayDispatchEvents.MessageReactionRemove,
  GatewayDispatchEvents.InteractionCreate,
  GatewayDispatchEvents.ChannelUpdate,
  GatewayDispatchEvents.ThreadUpdate,
]

/** Whether anything is made of it. */
export const isHeard = ({ t }: GatewayDispatchPayload): boolean => wanted.includes(t)

/** What tells one from another, however often it comes; undefined for what Discord has no name for. */
export function deliveryOf(payload: GatewayDispatchPayload): string | undefined {
  if (payload.t === GatewayDispatchEvents.MessageCreate) return `message/${payload.d.id}`
  if (payload.t === GatewayDispatchEvents.MessageUpdate) return `edit/${payload.d.id}/${payload.d.edited_timestamp}`
  if (payload.t === GatewayDispatchEvents.MessageDelete) return `deletion/${payload.d.id}`
  // The same as that of the interactions endpoint.
  return payload.t === GatewayDispatchEvents.InteractionCreate ? payload.d.id : undefined
}

/** Brings in one event. */
export async function takeDispatch(props: DiscordProps, payload: GatewayDispatchPayload): Promise<void> {
  if (payload.t === GatewayDispatchEvents.MessageCreate) return takeMessage(props, payload.d)
  if (payload.t === GatewayDispatchEvents.MessageUpdate) return takeEdit(props, payload.d)
  if (payload.t === GatewayDispatchEvents.MessageDelete) return takeDeletion(props, payload.d)
  if (payload.t === GatewayDispatchEvents.MessageDeleteBulk) {
    for (const id of payload.d.ids) await takeDeletion(props, { ...payload.d, id })
    return
  }
  if (payload.t === GatewayDispatchEvents.ChannelUpdate || payload.t === GatewayDispatchEvents.ThreadUpdate)
    return takeName(props, payload.d)
  if (payload.t === GatewayDispatchEvents.MessageReactionAdd) return takeReaction(props, payload.d, 'reactionAdded')
  if (payload.t === GatewayDispatchEvents.MessageReactionRemove)
    return takeReaction(props, payload.d, 'reactionRemoved')
  if (payload.t === GatewayDispatchEvents.InteractionCreate) return answer(props, payload.d)
}

/** Keeps what a channel is called now, if it is known. */
async function takeName({ client }: DiscordProps, channel: APIChannel): Promise<void> {
  const { items } = await client.listConversations({ tags: { id: channel.id } })
  if (items.length > 0) await conversationOf(client, channel)
}

/** Here the first answer is a call of its own, which must be there before anything by the token. */
async function answer(props: DiscordProps, interaction: APIInteraction): Promise<void> {
  const body = await takeInteraction(props, interaction)
  await callDiscord(props, {
    what: 'an interaction',
    method: 'POST',
    path: `/interactions/${interaction.id}/${encodeURIComponent(interaction.token)}/callback`,
    body,
    isByInteraction: true,
  }).catch(unlessAnswered(answered, unknownInteraction))
}
