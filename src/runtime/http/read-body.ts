import { PlugboardError } from '../../errors/index.ts'

/**
 * Reads a body to its end, whatever is said of its length; what says that it is too long is not begun.
 * @param said The header `content-length`.
 * @throws {PlugboardError} with the code `body_too_large`.
 */
export async function readBody(
  given: AsyncIterable<Uint8Array>,
  said: string | null | undefined,
  limit: number,
): Promise<Uint8Array> {
  if (Number(said ?? 0) > limit) throw tooLarge(limit)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of given) {
    length += chunk.length
    if (length > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  const body = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}

const tooLarge = (limit: number): PlugboardError =>
  new PlugboardError({ code: 'body_too_large', message: `the body exceeds ${limit} bytes` })
