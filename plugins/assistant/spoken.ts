/** A paragraph, piece by piece, once there is something to read in it; behind another one it begins with an empty line. */
export async function* paragraph(
  pieces: AsyncIterable<string> | Iterable<string>,
  isFirst: boolean,
): AsyncGenerator<string, void, void> {
  let begin = ''
  let hasBegun = false
  for await (const piece of pieces) {
    if (hasBegun) yield piece
    else {
      begin += piece
      if (begin.trim() === '') continue
      hasBegun = true
      yield isFirst ? begin : `\n\n${begin.trimStart()}`
    }
  }
}

/** What is said, once something is; undefined, once all is over, where nothing is. */
export async function spoken(pieces: AsyncGenerator<string, void, void>): Promise<AsyncIterable<string> | undefined> {
  const { value, done } = await pieces.next()
  return done ? undefined : from(value, pieces)
}

async function* from(first: string, rest: AsyncGenerator<string, void, void>): AsyncGenerator<string, void, void> {
  yield first
  yield* rest
}
