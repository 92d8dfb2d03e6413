/** How many requests are under way at once, where a vendor takes several. */
const mostAtOnce = 4

/** How a list is cut into requests. */
export interface Batching<T> {
  /** The most items of a request. */
  readonly most: number
  /** The most bytes of a request, by `size`. Default: any. */
  readonly mostBytes?: number | undefined
  size?(item: T): number
  readonly isParallel: boolean
  readonly signal: AbortSignal
}

/** Does a part of a list after the other, or several at once, and gives what came of them in order: of all, or of none. */
export async function inBatches<T, R>(
  items: readonly T[],
  batching: Batching<T>,
  run: (batch: readonly T[], signal: AbortSignal) => PromiseLike<R>,
): Promise<R[]> {
  const batches = cut(items, batching)
  const results: R[] = []
  const failed = new AbortController()
  const signal = AbortSignal.any([batching.signal, failed.signal])
  let next = 0
  const work = async (): Promise<void> => {
    while (next < batches.length) {
      batching.signal.throwIfAborted()
      const index = next++
      results[index] = await run(batches[index] as readonly T[], signal)
    }
  }
  try {
    await Promise.all(Array.from({ length: batching.isParallel ? mostAtOnce : 1 }, work))
  } catch (error) {
    // What is still under way would be paid for and thrown away.
    next = batches.length
    failed.abort()
    throw error
  }
  return results
}

function cut<T>(items: readonly T[], { most, mostBytes = Infinity, size = () => 0 }: Batching<T>): (readonly T[])[] {
  const batches: T[][] = []
  let bytes = 0
  for (const item of items) {
    const last = batches.at(-1)
    bytes += size(item)
    if (last && last.length < most && bytes <= mostBytes) last.push(item)
    else {
      batches.push([item])
      bytes = size(item)
    }
  }
  return batches
}
