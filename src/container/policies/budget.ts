import type { BudgetPolicy } from '../../definition/policy.ts'
import { PlugboardError } from '../../errors/index.ts'
import { costOf } from './cost-of.ts'
import type { Layer } from './layer.ts'
import { withinSpan } from './within-span.ts'
import { resumeStream } from './resume-stream.ts'

/**
 * Fails calls of billable actions once so much was spent in the span, or so many were made. A call is counted when it begins, so that
 * calls at the same time cannot exceed their number, and not counted if nothing came of it. Its cost is known only at its end:
 * calls that run at the same time can exceed what may be spent by what they cost.
 */
export const budgetLayer: Layer<BudgetPolicy> = (policy, next, { facts, services, state, place }) => {
  const { action, where } = facts
  if (!action.billable) return next
  const spending = state.part(place, () => new Spending(policy.per))

  /** Counts a call. Gives what takes it back. */
  function reserve(): () => void {
    const now = services.now()
    const span = spending.at(now)
    const spent =
      policy.cost !== undefined && span.cost >= policy.cost
        ? `${span.cost} of ${policy.cost} US dollars`
        : policy.calls !== undefined && span.calls >= policy.calls
          ? `${span.calls} of ${policy.calls} calls`
          : undefined
    if (spent !== undefined) {
      throw new PlugboardError({
        code: 'budget_exceeded',
        message: `action '${action.name}' was not called: the budget of the binding is spent, ${spent} ${withinSpan(policy.per)}`,
        retryable: true,
        retryAfter: span.start + policy.per - now,
        where,
      })
    }
    span.calls += 1
    return () => {
      span.calls -= 1
    }
  }

  function countCost(cost: number | undefined): void {
    if (cost !== undefined) spending.at(services.now()).cost += cost
    else if (policy.cost !== undefined)
      services.report?.({
        kind: 'cost_unknown',
        message: `action '${action.name}' did not say what it cost, so the budget of ${policy.cost} US dollars does not count it`,
        where,
      })
  }

  return {
    async call(request) {
      const release = reserve()
      try {
        const output = await next.call(request)
        countCost(costOf(action, output))
        return output
      } catch (error) {
        release()
        throw error
      }
    },
    async *stream(request) {
      const release = reserve()
      const items = next.stream(request)
      let first: IteratorResult<unknown, unknown>
      try {
        first = await items.next()
      } catch (error) {
        release()
        throw error
      }
      let cost: number | undefined
      try {
        const output = yield* resumeStream(first, items)
        cost = costOf(action, output)
        return output
      } finally {
        countCost(cost)
      }
    },
  }
}

interface Span {
  start: number
  calls: number
  cost: number
}

/** What was spent in the span that is running. The first begins with the first call, each further one with the first call after it. */
class Spending {
  readonly #per: number
  #span: Span | undefined

  constructor(per: number) {
    this.#per = per
  }

  at(now: number): Span {
    if (!this.#span || now >= this.#span.start + this.#per) this.#span = { start: now, calls: 0, cost: 0 }
    // The clock was set back: what was spent stays spent, but for no longer than a span.
    if (now < this.#span.start) this.#span.start = now
    return this.#span
  }
}
