import { PlugboardError } from '../../errors/index.ts'

/**
 * Reads the body of a request to its end, whatever its length header says.
 * @throws {PlugboardError} with the code `body_too_large`.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body as never as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > limit) throw new PlugboardError({ code: 'body_too_large', message: `the body exceeds ${limit} bytes` })
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
