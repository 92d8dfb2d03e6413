import { z } from 'zod'
import { PlugboardError } from '../errors/index.ts'

/** For integrations whose lists have pages: cursors that say of which list they are, and refuse all others. */
export const cursors = Object.freeze({ at, placeOf })

/** The cursor of a place in a list: what tells the list from others, and whole numbers and texts that name the place. */
function at(list: string, place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url')
}

/**
 * The place of a cursor; undefined for the first page, which is asked for without one.
 * @throws {PlugboardError} with the code `vendor_refused` for one that `at` gave for no such list.
 */
function placeOf<T extends readonly (string | number)[]>(
  list: string,
  schema: z.core.$ZodType<T>,
  cursor: string | undefined,
): T | undefined {
  if (cursor === undefined) return undefined
  const [of, ...rest] = decoded(cursor)
  const place = z.safeParse(schema, rest)
  if (of === list && place.success && at(list, place.data) === cursor) return place.data
  throw new PlugboardError({
    code: 'vendor_refused',
    message: `'${cursor}' is no cursor of this list: give the nextCursor of a page, or none for the first one`,
    where: { path: 'cursor' },
  })
}

function decoded(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
