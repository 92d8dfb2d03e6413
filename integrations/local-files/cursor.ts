import { refuse } from './failure.ts'

/** A cursor: of which list it is, and after which name it goes on. So it holds whatever comes and goes. */
export function cursorAfter(list: string, after: string): string {
  return Buffer.from(JSON.stringify([list, after])).toString('base64url')
}

/** After which name a cursor goes on; undefined for the first page. */
export function afterOf(list: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [of, after] = parsed(cursor)
  if (of === list && typeof after === 'string' && cursorAfter(list, after) === cursor) return after
  return refuse(
    `'${cursor}' is no cursor of this list: give the nextCursor of a page, or none for the first one`,
    'cursor',
  )
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
