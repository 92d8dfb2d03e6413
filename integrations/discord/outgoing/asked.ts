import { type APIInteraction, InteractionContextType } from 'discord-api-types/v10'
import type { DiscordClient } from '../props.ts'

/** What somebody did that can be answered. */
export interface Asked {
  readonly id: string
  readonly applicationId: string
  readonly token: string
  readonly until: number
  readonly isOpen: boolean
  readonly isGuest: boolean
}
type Store = Pick<DiscordClient, 'getState' | 'setState'>

/** Milliseconds for which Discord takes answers, but for what a call may take. */
const answerable = 14 * 60_000
const mostKept = 20

/** Keeps what was done, if it is to be answered in its own way. */
export async function keepAsked(
  client: Store,
  conversationId: string,
  interaction: APIInteraction,
  { isOpen }: { isOpen: boolean },
): Promise<void> {
  const isGuest = isFromOutside(interaction)
  if (!isOpen && !isGuest) return
  const { id, application_id: applicationId, token } = interaction
  const now = Date.now()
  const earlier = (await asked(client, conversationId)).filter(({ until }) => until > now)
  const interactions = [...earlier, { id, applicationId, token, until: now + answerable, isOpen, isGuest }]
  await client.setState({ name: 'asked', id: conversationId, payload: { interactions: interactions.slice(-mostKept) } })
}

/**
 * What a message answers: what it is tagged with, or else the earliest command that nothing has answered. Where the bot is not
 * in the channel, everything answers the latest.
 */
export async function answering(
  client: Store,
  conversationId: string,
  wanted?: string,
): Promise<{ open?: Asked; guest?: Asked }> {
  const now = Date.now()
  const all = (await asked(client, conversationId)).filter(({ until }) => until > now)
  if (all.length === 0) return {}
  const answered = await answeredIds(client, conversationId)
  const isWaiting = ({ id, isOpen }: Asked): boolean => isOpen && !answered.includes(id)
  const open = all.find((one) => isWaiting(one) && (wanted === undefined || one.id === wanted))
  const guest = all.findLast(({ id, isGuest }) => isGuest && (wanted === undefined || id === wanted))
  return { ...(open && { open }), ...(guest && { guest }) }
}

/** Remembers that something was answered. Kept apart, since commands may come meanwhile. */
export async function keepAnswered(client: Store, conversationId: string, id: string): Promise<void> {
  const ids = [...(await answeredIds(client, conversationId)), id].slice(-2 * mostKept)
  await client.setState({ name: 'answered', id: conversationId, payload: { ids } })
}

const asked = async (client: Store, id: string): Promise<readonly Asked[]> =>
  (await client.getState({ name: 'asked', id })).state?.payload.interactions ?? []
const answeredIds = async (client: Store, id: string): Promise<readonly string[]> =>
  (await client.getState({ name: 'answered', id })).state?.payload.ids ?? []

/** Whether a person brought the application along, to a server or a chat that it is not in. */
function isFromOutside({ context, authorizing_integration_owners: owners }: Partial<APIInteraction>): boolean {
  return owners !== undefined && !Object.hasOwn(owners, '0') && context !== InteractionContextType.BotDM
}
