import { v7 } from 'uuid'

let last = 0

/** A UUID of version 7 (RFC 9562): by its time and, within a millisecond, in the order in which this process makes them. */
export function newId(now: number): string {
  last = (last + 1) >>> 0
  return v7({ msecs: now, seq: last })
}
