import { PlugboardError } from '../../../errors/index.ts'
import type { Page } from '../../../implementation/records.ts'

/**
 * The number that a cursor says.
 * @throws {PlugboardError} with the code `cursor_invalid`.
 */
export function numberFrom(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new PlugboardError({ code: 'cursor_invalid', message: 'the cursor is none of this list' })
}

/** A page of rows of which one more than the limit was asked for. */
export function pageOf<TRow, TItem>(
  found: readonly TRow[],
  limit: number,
  cursorOf: (last: TRow) => string,
  itemFrom: (row: TRow) => TItem,
): Page<TItem> {
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(itemFrom),
    ...(found.length > limit && last !== undefined && { nextCursor: cursorOf(last) }),
  }
}
