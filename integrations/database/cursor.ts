import { createHash } from 'node:crypto'

/** The cursor that stands behind an item of a list. */
export function cursorAfter(id: string, list: readonly string[]): string {
  return Buffer.from(JSON.stringify([digestOf(id, list), id])).toString('base64url')
}

/** The id of the item that a cursor stands behind; undefined if it is none of this list. */
export function idBefore(cursor: string, list: readonly string[]): string | undefined {
  try {
    const [, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    return typeof id === 'string' && cursorAfter(id, list) === cursor ? id : undefined
  } catch {
    return undefined
  }
}

/** Tells a cursor from what was made up or is of another table. It keeps nobody out: whoever lists may see every row. */
function digestOf(id: string, list: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([...list, id]))
    .digest('base64url')
    .slice(0, 8)
}
