import type { Content } from '../definition/bytes.ts'
import { PlugboardError } from '../errors/index.ts'

/**
 * What a caller gives as `content`, piece by piece, for an action that stores it. When the call is aborted it is left, also where it
 * gives nothing any more or never ends; and it is closed when nobody reads on.
 * @throws {PlugboardError} with the code `vendor_refused` where the content breaks off, since nothing that is stored failed; with the
 * reason of `signal`, or the code `aborted`, when that aborts.
 */
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
      signal.throwIfAborted()
      const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<Uint8Array>>()
      giveUp = () => reject(signal.reason as Error)
      iterator.next().then(resolve, reject)
      const next = await promise
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

function abortion({ reason }: AbortSignal): PlugboardError {
  if (PlugboardError.isInstance(reason)) return reason
  return new PlugboardError({ code: 'aborted', message: 'the call was aborted', cause: reason })
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
