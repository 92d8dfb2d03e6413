import type { WhatsappClient } from '../props.ts'

/** By what somebody is known: the number, what WhatsApp calls them for this business, or both. */
export interface Person {
  readonly phone?: string | undefined
  readonly userId?: string | undefined
  readonly username?: string | undefined
}

/** What a person is called: as WhatsApp tells it now, or else if there is no name yet. */
export interface Names {
  readonly told?: string | undefined
  readonly otherwise?: string | undefined
}

type Tags = Readonly<Record<string, string>>
type Find<T> = (tags: Record<string, string>) => Promise<T | undefined>

/**
 * The user, with the name that it has now. Whoever keeps the number to themselves is known by the user id, and stays the same
 * when one of both is told that was not before.
 */
export async function userOf(client: WhatsappClient, person: Person, names: Names): Promise<string> {
  const { username, phone, userId } = person
  const tags = { ...tagsOf(person), ...(username !== undefined && { username }) }
  const { known, id } = await findBy(person, async (by) => (await client.listUsers({ tags: by })).items[0])
  const name =
    names.told ?? known?.name ?? names.otherwise ?? username ?? (phone === undefined ? (userId ?? '') : `+${phone}`)
  if (!known) return (await client.getOrCreateUser({ tags: { id, ...tags }, name })).user.id
  const renamed = known.name !== name
  if (renamed || isNews(known.tags, tags)) await client.updateUser({ id: known.id, tags, ...(renamed && { name }) })
  return known.id
}

/** The conversation with a person. */
export async function conversationOf(client: WhatsappClient, person: Person): Promise<string> {
  const tags = tagsOf(person)
  const { known, id } = await findBy(person, (by) => conversationWith(client, by))
  if (!known) {
    const { conversation } = await client.getOrCreateConversation({ channel: 'direct', tags: { id, ...tags } })
    return conversation.id
  }
  if (isNews(known.tags, tags)) await client.updateConversation({ id: known.id, tags })
  return known.id
}

/** The conversation with these tags, if there is one. */
export async function conversationWith(client: WhatsappClient, tags: Record<string, string>) {
  return (await client.listConversations({ channel: 'direct', tags })).items[0]
}

/**
 * Looks by the user id first, since numbers pass from one person to another: what was kept for the number under another user id
 * is somebody else's. Gives the identity for one that is not known, too.
 */
async function findBy<T extends { readonly tags: Tags }>(
  { phone, userId }: Person,
  find: Find<T>,
): Promise<{ known: T | undefined; id: string }> {
  const id = phone ?? userId ?? ''
  const byUserId = userId === undefined ? undefined : await find({ userId })
  if (byUserId || phone === undefined) return { known: byUserId, id }
  const byPhone = await find({ phone })
  const other = byPhone?.tags['userId']
  if (userId !== undefined && other && other !== userId) return { known: undefined, id: userId }
  return { known: byPhone, id }
}

const tagsOf = ({ phone, userId }: Person): Record<string, string> => ({
  ...(phone !== undefined && { phone }),
  ...(userId !== undefined && { userId }),
})

const isNews = (known: Tags, told: Tags): boolean => Object.entries(told).some(([name, value]) => known[name] !== value)
