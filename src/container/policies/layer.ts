import type { Policy } from '../../definition/policy.ts'
import type { CallFacts, Calls, PolicyServices } from './call.ts'
import type { PolicyState } from './policy-state.ts'

/** What a policy is applied with. */
export interface LayerContext {
  readonly facts: CallFacts
  /** The aliases of the candidates, in the order in which they are tried. */
  readonly aliases: readonly string[]
  readonly services: PolicyServices
  readonly state: PolicyState
  /** The place of the policy among those of the binding, outermost first: under which it keeps its state. */
  readonly place: number
}

/** Puts a policy around calls. Gives `next` itself where the policy does not concern the action. */
export type Layer<TPolicy extends Policy> = (policy: TPolicy, next: Calls, context: LayerContext) => Calls
