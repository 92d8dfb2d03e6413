import { PlugboardError, type Where } from '../../errors/index.ts'
import type { StoredTags } from '../../implementation/records.ts'
import { mergedTags, textTags } from './tags.ts'

/** How many records a page of a list has. */
export const pageSize = 100

/** How many records a page has for which so many are wanted. */
export const limitFrom = (wanted = pageSize): number => Math.min(pageSize, Math.max(1, Math.floor(wanted) || pageSize))

const codes = {
  user: 'user_unknown',
  conversation: 'conversation_unknown',
  message: 'message_unknown',
  file: 'file_unknown',
} as const

/**
 * What a list is filtered by, as an author's code gives it.
 * @throws {PlugboardError} with the code `cursor_invalid`, or `tag_invalid`.
 */
export function listing(
  { cursor, tags }: { readonly cursor?: unknown; readonly tags?: Readonly<Record<string, unknown>> | undefined },
  of: string,
  where: Where,
): { readonly cursor: string | undefined; readonly tags: StoredTags; readonly limit: number } {
  if (cursor !== undefined && (typeof cursor !== 'string' || cursor.includes('\0')))
    throw new PlugboardError({ code: 'cursor_invalid', message: `the cursor is none of ${of}`, where })
  return { cursor, tags: mergedTags({}, textTags(tags, of)), limit: pageSize }
}

/** The record, or the error that there is none. */
export function found<T>(record: T | undefined, kind: keyof typeof codes, id: string, where: Where): T {
  if (record === undefined)
    throw new PlugboardError({ code: codes[kind], message: `there is no ${kind} '${id}'`, where })
  return record
}

/** The record that an author's code names, or the error that there is none. What is no text names none, whatever the store makes of it. */
export async function find<T>(
  get: (id: string) => Promise<T | undefined>,
  kind: keyof typeof codes,
  id: unknown,
  where: Where,
): Promise<T> {
  return found(typeof id === 'string' ? await get(id) : undefined, kind, String(id), where)
}
