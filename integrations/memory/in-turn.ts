const lanes = new Map<string, Promise<unknown>>()

/** Does the work of one lane piece by piece, in the order in which it was given, so that no change is lost to another. */
export async function inTurn<T>(lane: string, work: () => Promise<T>): Promise<T> {
  const before = lanes.get(lane)
  const turn = (async () => {
    // A failure before is its own caller's.
    await before?.catch(() => {})
    return work()
  })()
  lanes.set(lane, turn)
  try {
    return await turn
  } finally {
    if (lanes.get(lane) === turn) lanes.delete(lane)
  }
}
