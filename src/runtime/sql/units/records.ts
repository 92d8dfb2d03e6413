import type { Selectable } from 'kysely'
import type { Conversation, Event, Message, StoredTags, User } from '../../../implementation/records.ts'
import type { Tables } from '../tables.ts'

/** A value as it is stored. Nothing is null: JSON has no undefined. */
export const toJson = (value: unknown): string => JSON.stringify(value) ?? 'null'

/** Tags as the key that is unique: with sorted names, so that the order in which they are given does not matter. */
export const identityKey = (identity: StoredTags): string =>
  JSON.stringify(Object.entries(identity).toSorted(([one], [other]) => (one < other ? -1 : 1)))

export const tagsFrom = (json: string): StoredTags => Object.freeze(JSON.parse(json) as StoredTags)
export const timeFrom = (milliseconds: number): string => new Date(milliseconds).toISOString()

export function userFrom(row: Omit<Selectable<Tables['users']>, 'owner' | 'identity'>): User {
  return Object.freeze({
    id: row.id,
    tags: tagsFrom(row.tags),
    ...(row.name !== null && { name: row.name }),
    ...(row.picture_url !== null && { pictureUrl: row.picture_url }),
    createdAt: timeFrom(row.created_at),
    updatedAt: timeFrom(row.updated_at),
  })
}

export function conversationFrom(
  row: Omit<Selectable<Tables['conversations']>, 'identity' | 'last_sequence'>,
): Conversation {
  return Object.freeze({
    id: row.id,
    integration: row.integration,
    channel: row.channel,
    tags: tagsFrom(row.tags),
    createdAt: timeFrom(row.created_at),
    updatedAt: timeFrom(row.updated_at),
  })
}

export function messageFrom(row: Omit<Selectable<Tables['messages']>, 'sequence' | 'unsent'>): Message {
  return Object.freeze({
    id: row.id,
    conversationId: row.conversation_id,
    userId: row.user_id,
    direction: row.direction,
    type: row.type,
    payload: JSON.parse(row.payload) as unknown,
    tags: tagsFrom(row.tags),
    createdAt: row.created_at,
  })
}

export function eventFrom(row: Selectable<Tables['events']>): Event {
  return Object.freeze({
    id: row.id,
    type: row.type,
    payload: JSON.parse(row.payload) as unknown,
    ...(row.conversation_id !== null && { conversationId: row.conversation_id }),
    ...(row.user_id !== null && { userId: row.user_id }),
    ...(row.message_id !== null && { messageId: row.message_id }),
    createdAt: row.created_at,
  })
}
