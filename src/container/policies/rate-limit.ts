import type { RateLimitPolicy } from '../../definition/policy.ts'
import { PlugboardError } from '../../errors/index.ts'
import { withinSpan } from './within-span.ts'
import type { Layer } from './layer.ts'
import { throwIfAborted } from './linked-abort.ts'

/** Fails calls beyond so many in any span of so many milliseconds. The actions of a binding count together. */
export const rateLimitLayer: Layer<RateLimitPolicy> = ({ calls, per }, next, { facts, services, state, place }) => {
  const window = state.part(place, () => new CallWindow(calls, per))

  function take(signal: AbortSignal | undefined): void {
    throwIfAborted(signal, facts)
    const retryAfter = window.take(services.now())
    if (retryAfter === 0) return
    throw new PlugboardError({
      code: 'rate_limited',
      message: `action '${facts.action.name}' was not called: the binding allows ${calls} calls ${withinSpan(per)}`,
      retryable: true,
      retryAfter,
      where: facts.where,
    })
  }

  return {
    async call(request) {
      take(request.signal)
      return next.call(request)
    },
    async *stream(request) {
      take(request.signal)
      return yield* next.stream(request)
    },
  }
}

/** The times of the last calls: a sliding window, so that no span has more of them, wherever it begins. */
class CallWindow {
  readonly #times: number[] = []
  readonly #calls: number
  readonly #per: number
  #oldest = 0

  constructor(calls: number, per: number) {
    this.#calls = calls
    this.#per = per
  }

  /** Takes a place for a call: gives 0, or the milliseconds until there is one. */
  take(now: number): number {
    const age = now - (this.#times[this.#oldest] ?? -Infinity)
    // A negative age means that the clock was set back: to wait for the old time could take hours.
    if (age >= 0 && age < this.#per) return this.#per - age
    this.#times[this.#oldest] = now
    this.#oldest = (this.#oldest + 1) % this.#calls
    return 0
  }
}
