import { refuse } from './failure.ts'

/** A cursor: of which list it is, and how S3 calls the place where that goes on. */
export function cursorAt(list: string, token: string): string {
  return Buffer.from(JSON.stringify([list, token])).toString('base64url')
}

/** How S3 calls the place where a cursor goes on; undefined for the first page. */
export function tokenOf(list: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [of, token] = parsed(cursor)
  if (of === list && typeof token === 'string' && cursorAt(list, token) === cursor) return token
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
