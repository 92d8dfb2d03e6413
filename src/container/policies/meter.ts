import type { MeterPolicy } from '../../definition/policy.ts'
import { costOf } from './cost-of.ts'
import type { Layer } from './layer.ts'
import { isAborted } from './linked-abort.ts'

/** Counts the calls of a billable action, what they cost, and how many failed. The state of the binding has the readings. */
export const meterLayer: Layer<MeterPolicy> = (_policy, next, { facts: { action }, state }) => {
  if (!action.billable) return next

  function countOutput(output: unknown): void {
    const cost = costOf(action, output)
    if (cost === undefined) state.count(action.name, 'unpriced')
    else state.count(action.name, 'cost', cost)
  }
  const countError = (error: unknown): void => state.count(action.name, isAborted(error) ? 'aborted' : 'failures')

  return {
    async call(request) {
      state.count(action.name, 'calls')
      try {
        const output = await next.call(request)
        countOutput(output)
        return output
      } catch (error) {
        countError(error)
        throw error
      }
    },
    async *stream(request) {
      state.count(action.name, 'calls')
      let ended = false
      try {
        const output = yield* next.stream(request)
        ended = true
        countOutput(output)
        return output
      } catch (error) {
        ended = true
        countError(error)
        throw error
      } finally {
        if (!ended) state.count(action.name, 'aborted')
      }
    },
  }
}
