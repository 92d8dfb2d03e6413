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
type Store = Pick<DiscordClient, 'getState' | 'patchState'>

/** Milliseconds for which Discord takes answers, but for what a call may take. */
const answerable = 14 * 60_000
const mostKept = 100

/** Keeps what was done, if it is to be answered in its own way. Others may keep something at the same time. */
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
  const kept = await asked(client, conversationId)
  const gone = kept.filter(({ until }, index) => until <= now || index < kept.length - mostKept)
  const payload = {
    ...Object.fromEntries(gone.map((one) => [one.id, undefined])),
    [id]: { id, applicationId, token, until: now + answerable, isOpen, isGuest },
  }
  await client.patchState({ name: 'asked', id: conversationId, payload })
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
  const all = (await asked(client, conversationId)).filter(
    ({ id, until }) => until > now && (wanted === undefined || id === wanted),
  )
  const open = all.find(({ isOpen }) => isOpen)
  const guest = all.findLast(({ isGuest }) => isGuest)
  return { ...(open && { open }), ...(guest && { guest }) }
}

/** Remembers that something was answered. */
export async function keepAnswered(client: Store, conversationId: string, answered: Asked): Promise<void> {
  const payload = { [answered.id]: { ...answered, isOpen: false } }
  await client.patchState({ name: 'asked', id: conversationId, payload })
}

/** The earliest first. */
async function asked(client: Store, id: string): Promise<Asked[]> {
  const { state } = await client.getState({ name: 'asked', id })
  return Object.values(state?.payload ?? {})
    .filter((one) => one !== undefined)
    .toSorted((one, other) => one.until - other.until || one.id.localeCompare(other.id))
}

/** Whether a person brought the application along, to a server or a chat that it is not in. */
function isFromOutside({ context, authorizing_integration_owners: owners }: Partial<APIInteraction>): boolean {
  return owners !== undefined && !Object.hasOwn(owners, '0') && context !== InteractionContextType.BotDM
}
