import type { WhatsappClient, WhatsappProps } from '../props.ts'
import { conversationWith, type Person } from './people.ts'
import { takeUnknown } from './take-unknown.ts'
import type { ToldMessage } from './told.ts'

/**
 * Whoever has another number, and with it another user id, goes on in the same conversation. Where the new number is not told, the
 * old one is not theirs any more all the same.
 */
export async function takeChange(props: WhatsappProps, message: ToldMessage): Promise<void> {
  const { client } = props
  const { system, from } = message
  const before: Person = { phone: from, userId: system?.previous_user_id }
  const now = nowOf(system)
  const conversation = await find(before, (tags) => conversationWith(client, tags))
  if (!now || !conversation) return takeUnknown(props, 'messages.system', message)
  const user = await find(before, async (tags) => (await client.listUsers({ tags })).items[0])
  // There may be one with the new number already: both stay as they are then.
  if (!(await find(now, (tags) => conversationWith(client, tags)))) {
    const tags = { id: now.phone ?? now.userId, phone: now.phone, userId: now.userId }
    await client.updateConversation({ id: conversation.id, tags })
    if (user) await client.updateUser({ id: user.id, tags })
  }
  const place = { conversationId: conversation.id, ...(user && { userId: user.id }) }
  await tell(client, { phone: conversation.tags['phone'], userId: conversation.tags['userId'] }, now, place)
}

async function tell(client: WhatsappClient, before: Person, now: Person, place: object): Promise<void> {
  if (before.phone !== undefined && now.phone !== undefined)
    await client.createEvent({
      type: 'numberChanged',
      payload: { previous: before.phone, now: now.phone },
      ...place,
    })
  else if (now.userId !== undefined)
    await client.createEvent({
      type: 'userIdChanged',
      payload: { now: now.userId, ...(before.userId !== undefined && { previous: before.userId }) },
      ...place,
    })
}

/** By what somebody is known from now on; undefined where nothing is told of that. */
function nowOf(system: ToldMessage['system']): Person | undefined {
  if (system?.type !== 'user_changed_number' && system?.type !== 'user_changed_user_id') return undefined
  const now = { phone: system.wa_id ?? system.new_wa_id, userId: system.user_id }
  return now.phone === undefined && now.userId === undefined ? undefined : now
}

async function find<T>({ userId, phone }: Person, by: (tags: Record<string, string>) => Promise<T | undefined>) {
  return (userId === undefined ? undefined : await by({ userId })) ?? (phone === undefined ? undefined : by({ phone }))
}
