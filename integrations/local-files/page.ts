/** How many a page holds where the caller does not say. */
const usualPage = 100
const longestPage = 1000

/** The first of what comes, and whether there is more. */
export async function pageOf<T>(
  source: AsyncGenerator<T>,
  limit: number = usualPage,
  signal: AbortSignal,
): Promise<{ found: T[]; isLast: boolean }> {
  const most = Math.min(limit, longestPage)
  const found: T[] = []
  for await (const one of source) {
    signal.throwIfAborted()
    if (found.length === most) return { found, isLast: false }
    found.push(one)
  }
  return { found, isLast: true }
}
