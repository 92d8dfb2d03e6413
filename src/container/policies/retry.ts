import type { RetryPolicy } from '../../definition/policy.ts'
import { PlugboardError } from '../../errors/index.ts'
import type { CallRequest } from './call.ts'
import { canRepeat } from './can-repeat.ts'
import type { Layer } from './layer.ts'
import { abortedError, isAborted } from './linked-abort.ts'
import { resumeStream } from './resume-stream.ts'

/** Repeats a call that failed with a retryable error and can be repeated; a stream only before its first item. */
export const retryLayer: Layer<RetryPolicy> = (policy, next, { facts, services }) => {
  const { action, where } = facts

  /** Waits until the next attempt. Throws the error if there is none. */
  async function beforeRepeating(error: unknown, attempt: number, { signal }: CallRequest): Promise<void> {
    if (signal?.aborted) throw isAborted(error) ? error : abortedError(facts, error)
    if (attempt >= policy.attempts || !isRetryable(error) || !canRepeat(error, action)) throw error
    const wait = Math.max(0, error.retryAfter ?? jittered(attempt))
    if (wait > policy.longestDelay) throw error
    services.report?.({
      kind: 'call_repeated',
      message: `action '${action.name}' failed with ${error.code} (${error.message}); attempt ${attempt + 1} of ${policy.attempts} follows in ${Math.round(wait)} ms`,
      where,
      cause: error,
    })
    try {
      await services.sleep(wait, signal)
    } catch (cause) {
      throw signal?.aborted ? abortedError(facts, signal.reason) : cause
    }
  }

  /** Anything between nothing and the full delay, so that those who failed together do not come back together. */
  const jittered = (attempt: number): number =>
    services.random() * Math.min(policy.longestDelay, policy.delay * 2 ** (attempt - 1))

  return {
    async call(request) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next.call(request)
        } catch (error) {
          await beforeRepeating(error, attempt, request)
        }
      }
    },
    async *stream(request) {
      for (let attempt = 1; ; attempt += 1) {
        const items = next.stream(request)
        let first: IteratorResult<unknown, unknown>
        try {
          first = await items.next()
        } catch (error) {
          await beforeRepeating(error, attempt, request)
          continue
        }
        return yield* resumeStream(first, items)
      }
    },
  }
}

const isRetryable = (error: unknown): error is PlugboardError =>
  PlugboardError.isInstance(error) && error.retryable && !isAborted(error)
