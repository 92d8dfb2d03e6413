import { z } from 'plugboard'
import { refuse } from './failure.ts'

/** The cursor of a place in a list: what tells the list from others, and whole numbers and texts that name the place. */
export function cursorAt(list: string, place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url')
}

/** The place of a cursor; undefined for the first page. */
export function placeOf<T extends readonly (string | number)[]>(
  list: string,
  schema: z.core.$ZodType<T>,
  cursor: string | undefined,
): T | undefined {
  if (cursor === undefined) return undefined
  const [of, ...rest] = decoded(cursor)
  const place = z.safeParse(schema, rest)
  if (of === list && place.success && cursorAt(list, place.data) === cursor) return place.data
  return refuse(
    `'${cursor}' is no cursor of this list: give the nextCursor of a page, or none for the first one`,
    'cursor',
  )
}

function decoded(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
