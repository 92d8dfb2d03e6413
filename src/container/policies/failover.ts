import { PlugboardError } from '../../errors/index.ts'
import type { CallFacts, CallRequest, Calls, Candidate, PolicyServices } from './call.ts'
import { canRepeat, failsAlone, refusesInput } from './can-repeat.ts'
import { abortedError, isAborted } from './linked-abort.ts'
import { resumeStream } from './resume-stream.ts'

/**
 * Calls the candidates in their order, until one succeeds. Moves on when one cannot take the input, and when one fails in a way
 * that another need not share and the call can be repeated; any other error is thrown as it is. A stream moves on only before its first item.
 */
export function failoverCalls(facts: CallFacts, candidates: readonly Candidate[], services: PolicyServices): Calls {
  // Nobody waits for a place with one that another can stand in for.
  const last = candidates.at(-1)
  return {
    async call(request) {
      const failures = new Failures(facts, candidates, services)
      for (const candidate of candidates) {
        try {
          return await candidate.call(candidate === last ? request : { ...request, deadline: 0 })
        } catch (error) {
          failures.add(error, request)
        }
      }
      throw failures.result()
    },
    async *stream(request) {
      const failures = new Failures(facts, candidates, services)
      for (const candidate of candidates) {
        let items: ReturnType<Candidate['stream']>
        let first: IteratorResult<unknown, unknown>
        try {
          items = candidate.stream(candidate === last ? request : { ...request, deadline: 0 })
          first = await items.next()
        } catch (error) {
          failures.add(error, request)
          continue
        }
        return yield* resumeStream(first, items)
      }
      throw failures.result()
    },
  }
}

/** What became of the candidates that were tried, in their order. */
class Failures {
  readonly #facts: CallFacts
  readonly #candidates: readonly Candidate[]
  readonly #services: PolicyServices
  readonly #errors: PlugboardError[] = []

  constructor(facts: CallFacts, candidates: readonly Candidate[], services: PolicyServices) {
    this.#facts = facts
    this.#candidates = candidates
    this.#services = services
  }

  /** Notes the failure of the candidate that comes next. Throws it if no other candidate may be tried. */
  add(error: unknown, { signal }: CallRequest): void {
    const { action, where } = this.#facts
    if (signal?.aborted) throw isAborted(error) ? error : abortedError(this.#facts, error)
    const refused = refusesInput(error)
    if (!refused && !(failsAlone(error) && canRepeat(error, action))) throw error
    const alias = this.#aliasAt(this.#errors.length)
    this.#errors.push(error)
    if (this.#errors.length === this.#candidates.length) return
    this.#services.report?.({
      kind: refused ? 'candidate_skipped' : 'candidate_failed',
      message: `action '${action.name}': ${describe(alias, error)}; '${this.#aliasAt(this.#errors.length)}' is tried`,
      where: { ...where, integration: alias },
      cause: error,
    })
  }

  /** The error of a call for which every candidate failed. */
  result(): PlugboardError {
    const { action, where } = this.#facts
    const [first] = this.#errors
    if (first && this.#errors.every(refusesInput)) return first
    const retryable = this.#errors.filter((error) => error.retryable)
    const waits = retryable.map(({ retryAfter }) => retryAfter)
    const message = `no candidate could answer action '${action.name}': ${this.#errors.map((error, index) => describe(this.#aliasAt(index), error)).join('; ')}`
    return new PlugboardError({
      code: 'failover_exhausted',
      message,
      retryable: retryable.length > 0,
      retryAfter: shortest(waits),
      where,
      cause: new AggregateError(this.#errors, message),
    })
  }

  #aliasAt(index: number): string {
    return this.#candidates[index]?.alias ?? ''
  }
}

const describe = (alias: string, error: PlugboardError): string =>
  `'${alias}' ${refusesInput(error) ? 'cannot take the input' : 'failed'} with ${error.code} (${error.message})`

/** Unknown as soon as one of them is: that candidate may succeed before the others ask to be called again. */
function shortest(waits: readonly (number | undefined)[]): number | undefined {
  const known = waits.filter((wait) => wait !== undefined)
  return known.length > 0 && known.length === waits.length ? Math.min(...known) : undefined
}
