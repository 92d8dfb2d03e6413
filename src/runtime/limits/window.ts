/** What was taken under a limit lately, and how far those who wait have been told to come. */
export interface Window {
  /** When, in milliseconds since 1970, and how many; the oldest first. */
  readonly taken: readonly (readonly [at: number, count: number])[]
  /** The time that the next who waits is told, unless a place is free only later. */
  readonly next: number
}

type Bounds = { readonly limit: number; readonly per: number }

/** Above so many, times are kept in steps of this part of the span, so that a window stays small. */
const steps = 32

/** Milliseconds by which the clocks of processes that share a store may differ, at most. */
const tolerance = 10_000

/**
 * The step in which times are kept. They are rounded up: what was taken leaves the window later rather than earlier, so
 * that no span ever has more than the limit.
 */
const stepOf = ({ limit, per }: Bounds): number => (limit <= steps ? 1 : Math.max(1, Math.ceil(per / steps)))

/** The window as it is now, without what has left it. */
export function windowAt(window: Window, bounds: Bounds, now: number): Window {
  // What lies far ahead tells that the clock was set back: to wait for the old time could take hours.
  if (window.taken.some(([at]) => at > now + stepOf(bounds) + tolerance)) return { taken: [], next: 0 }
  return { taken: window.taken.filter(([at]) => at + bounds.per > now), next: window.next }
}

/** When there is a place: now, or once enough has left the window. */
export function freeAt({ taken }: Window, { limit, per }: Bounds, now: number): number {
  let excess = taken.reduce((sum, [, count]) => sum + count, 0) - limit + 1
  if (excess <= 0) return now
  for (const [at, count] of taken) {
    excess -= count
    if (excess <= 0) return at + per
  }
  return now
}

/** The window once a place was taken. */
export function taking({ taken, next }: Window, bounds: Bounds, now: number): Window {
  const step = stepOf(bounds)
  const last = taken.at(-1)
  // Another process may be ahead by what their clocks differ.
  const at = Math.max(Math.ceil(now / step) * step, last?.[0] ?? 0)
  if (last?.[0] === at) return { taken: [...taken.slice(0, -1), [at, last[1] + 1]], next }
  return { taken: [...taken, [at, 1]], next }
}

/** When one more who waits is to come, and the window that knows of it: they come as fast as the limit lets them through. */
export function promising(
  window: Window,
  bounds: Bounds,
  now: number,
): { readonly at: number; readonly window: Window } {
  const at = Math.max(freeAt(window, bounds, now), window.next)
  return { at, window: { ...window, next: at + bounds.per / bounds.limit } }
}
