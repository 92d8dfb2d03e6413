/** The same bytes in parts of one size, of which the last may be smaller, and the only one empty. */
export async function* inParts(pieces: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let length = 0
  let isFirst = true
  for await (const piece of pieces)
    for (let at = 0; at < piece.length;) {
      const bytes = piece.subarray(at, at + size - length)
      held.push(bytes)
      length += bytes.length
      at += bytes.length
      if (length < size) continue
      yield joined(held)
      held = []
      length = 0
      isFirst = false
    }
  if (length > 0 || isFirst) yield joined(held)
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces
  return first && pieces.length === 1 ? first : Buffer.concat(pieces)
}
