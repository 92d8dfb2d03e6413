import { PlugboardError } from '../../errors/index.ts'
import type { CallFacts } from './call.ts'

/** The error of a call that its caller aborted. */
export function abortedError({ action, where }: CallFacts, cause?: unknown): PlugboardError {
  return new PlugboardError({
    code: 'aborted',
    message: `the call of action '${action.name}' was aborted by its caller`,
    where,
    cause,
  })
}

/** Whether a call ended because it was aborted. */
export const isAborted = (error: unknown): error is PlugboardError =>
  PlugboardError.isInstance(error) && error.code === 'aborted'

/** @throws {PlugboardError} with the code `aborted`, if the caller has aborted the call already. */
export function throwIfAborted(signal: AbortSignal | undefined, facts: CallFacts): void {
  if (signal?.aborted) throw abortedError(facts, signal.reason)
}

/**
 * A signal that follows the caller's and can also be aborted for a reason of its own. Its `reason` is always the error
 * that the call fails with. Not AbortSignal.any, whose link to a signal that outlives the call ends only with garbage collection.
 */
export class LinkedAbort {
  readonly #controller = new AbortController()
  readonly #source: AbortSignal | undefined
  readonly #follow: () => void

  constructor(source: AbortSignal | undefined, facts: CallFacts) {
    this.#source = source
    this.#follow = () => this.abort(abortedError(facts, source?.reason))
    if (source?.aborted) this.#follow()
    else source?.addEventListener('abort', this.#follow, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason)
  }

  /** What the work gives, or the reason of the abort as soon as there is one, even if the work ignores the signal. */
  race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this
    return new Promise<T>((resolve, reject) => {
      const interrupt = (): void => reject(signal.reason as Error)
      if (signal.aborted) interrupt()
      else signal.addEventListener('abort', interrupt, { once: true })
      const settle = (): void => signal.removeEventListener('abort', interrupt)
      work.then(resolve, reject).then(settle, settle)
    })
  }

  /** Lets go of the caller's signal, once the call has ended. */
  unlink(): void {
    this.#source?.removeEventListener('abort', this.#follow)
  }
}
