/** A vector as text, four bytes a number, as the machine has them. */
export const packed = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')

/** The vector of a text. */
export function unpacked(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  // A copy: the bytes may stand where no number can begin.
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** The cosine of the angle between two vectors of length one: 1 for the same direction. */
export function likeness(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0)
  // What rounding adds says nothing.
  return Math.max(-1, Math.min(1, sum))
}
