import { type Content, PlugboardError } from 'plugboard'
import { abortion } from './failure.ts'

/** What a caller gives, piece by piece. A stream that gives nothing is left when the call is aborted. */
export async function* piecesOf(content: Content, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (typeof content !== 'function') {
    yield content
    return
  }
  let giveUp = (): void => {}
  const abort = (): void => giveUp()
  signal.addEventListener('abort', abort)
  let iterator: AsyncIterator<Uint8Array> | undefined
  let isOver = false
  try {
    iterator = content()[Symbol.asyncIterator]()
    for (;;) {
      const next = await nextOf(iterator, signal, (reject) => {
        giveUp = reject
      })
      if (next.done) {
        isOver = true
        return
      }
      yield next.value
    }
  } catch (error) {
    throw signal.aborted ? abortion(signal) : brokenOff(error)
  } finally {
    signal.removeEventListener('abort', abort)
    // Nobody waits for it: it may be one that never ends.
    if (!isOver) void Promise.resolve(iterator?.return?.()).catch(() => {})
  }
}

/** The next piece, or the end of waiting for it. */
async function nextOf(
  iterator: AsyncIterator<Uint8Array>,
  signal: AbortSignal,
  whenAborted: (reject: () => void) => void,
): Promise<IteratorResult<Uint8Array>> {
  if (signal.aborted) throw abortion(signal)
  const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<Uint8Array>>()
  whenAborted(() => reject(abortion(signal)))
  iterator.next().then(resolve, reject)
  return promise
}

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

function brokenOff(error: unknown): PlugboardError {
  if (PlugboardError.isInstance(error)) return error
  return new PlugboardError({
    code: 'vendor_refused',
    message: `the content broke off: ${error instanceof Error ? error.message : String(error)}`,
    where: { path: 'content' },
    cause: error,
  })
}
