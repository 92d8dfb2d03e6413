import type {
  GatewayMessageReactionAddDispatchData,
  GatewayMessageReactionRemoveDispatchData,
} from 'discord-api-types/v10'
import { speakerFrom, userOf } from '../incoming/people.ts'
import type { DiscordProps } from '../props.ts'
import { ownId } from '../registration.ts'
import { knownMessage } from './known-message.ts'

/** Tells of a reaction to a message that the bot knows. Those of a server's own emoji have no name elsewhere, and are left aside. */
export async function takeReaction(
  props: DiscordProps,
  told: GatewayMessageReactionRemoveDispatchData & Partial<GatewayMessageReactionAddDispatchData>,
  type: 'reactionAdded' | 'reactionRemoved',
): Promise<void> {
  const { client } = props
  const { user_id: id, channel_id, message_id, emoji, member } = told
  if (emoji.id !== null || emoji.name === null) return
  if (id === (await ownId(client))) return
  const known = await knownMessage(props, channel_id, message_id)
  if (!known) return
  const { isOwn: _, ...place } = known
  const userId = member
    ? await userOf(client, speakerFrom(member.user, { name: member.nick ?? null }))
    : (await client.getOrCreateUser({ tags: { id } })).user.id
  await client.createEvent({ type, payload: { ...place, reaction: emoji.name, userId }, ...place, userId })
}
