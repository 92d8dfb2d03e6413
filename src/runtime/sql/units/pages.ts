import type { Page } from '../../../implementation/records.ts'

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
