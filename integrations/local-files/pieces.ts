import { type Content, PlugboardError } from 'plugboard'

/** What a caller gives, piece by piece. When the call is aborted it is left, also where it gives nothing any more or never ends. */
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
    // Failures of what the caller gives are not those of the disk.
    throw signal.aborted ? error : brokenOff(error)
  } finally {
    signal.removeEventListener('abort', abort)
    // Nobody waits for it: it may be one that never ends.
    if (!isOver) void Promise.resolve(iterator?.return?.()).catch(() => {})
  }
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
