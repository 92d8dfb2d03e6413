import type { TimeoutPolicy } from '../../definition/policy.ts'
import { PlugboardError } from '../../errors/index.ts'
import type { CallRequest } from './call.ts'
import type { Layer } from './layer.ts'
import { LinkedAbort } from './linked-abort.ts'

/** Why the clock need not be waited for any more. Without a reason, each abort would make an error with its stack. */
const ended = 'the call has ended'

/** Fails a call, or the wait for the next item of a stream, that takes too long; aborts it, and waits no longer for it. */
export const timeoutLayer: Layer<TimeoutPolicy> = ({ milliseconds }, next, { facts, services }) => {
  const { action, where } = facts
  const what = action.stream ? `the next item of action '${action.name}'` : `the call of action '${action.name}'`
  const tooLate = (): PlugboardError =>
    new PlugboardError({
      code: 'timeout',
      message: `${what} took longer than ${milliseconds} ms`,
      retryable: true,
      where,
    })

  /** The request as it goes on: what waits for something in it knows how long it may. */
  const within = (request: CallRequest, { signal }: LinkedAbort): CallRequest => ({
    ...request,
    signal,
    deadline: Math.min(request.deadline ?? Infinity, services.now() + milliseconds),
  })

  async function timed<T>(link: LinkedAbort, work: () => Promise<T>): Promise<T> {
    link.signal.throwIfAborted()
    const finished = new AbortController()
    const abort = (reason: unknown): void => {
      // The time may be up in the same moment in which the work ends.
      if (!finished.signal.aborted) link.abort(reason)
    }
    try {
      const working = link.race(work())
      services.sleep(milliseconds, finished.signal).then(() => abort(tooLate()), abort)
      return await working
    } finally {
      finished.abort(ended)
    }
  }

  return {
    async call(request) {
      const link = new LinkedAbort(request.signal, facts)
      try {
        return await timed(link, () => next.call(within(request, link)))
      } finally {
        link.unlink()
      }
    },
    async *stream(request) {
      const link = new LinkedAbort(request.signal, facts)
      const items = next.stream(within(request, link))
      try {
        for (;;) {
          const result = await timed(link, () => items.next())
          if (result.done) return result.value
          yield result.value
        }
      } finally {
        link.unlink()
        const closed = items.return(undefined)
        // What ignores its signal may never come to its end.
        if (link.signal.aborted) closed.catch(() => undefined)
        else await closed
      }
    },
  }
}
