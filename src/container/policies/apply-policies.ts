import type { Policy } from '../../definition/policy.ts'
import { PlugboardError } from '../../errors/index.ts'
import { budgetLayer } from './budget.ts'
import { cacheLayer } from './cache.ts'
import type { CallFacts, Calls, Candidate, PolicyServices } from './call.ts'
import { failoverCalls } from './failover.ts'
import type { Layer } from './layer.ts'
import { meterLayer } from './meter.ts'
import type { PolicyState } from './policy-state.ts'
import { rateLimitLayer } from './rate-limit.ts'
import { retryLayer } from './retry.ts'
import { timeoutLayer } from './timeout.ts'

/** What the calls of one action through one binding are made from. */
export interface PolicyApplication {
  readonly facts: CallFacts
  /** In the order in which they are tried. */
  readonly candidates: readonly Candidate[]
  /** Outermost first. They must be sound: `checkPolicies` tells. */
  readonly policies: readonly Policy[]
  readonly services: PolicyServices
  /** The same for all actions of the binding. */
  readonly state: PolicyState
}

/**
 * The calls of an action, with the policies of the binding around its candidates: the first policy outermost, failover inside
 * of them all, but for time-outs, which each of several candidates has to itself.
 * The only candidate without policies is called by its own functions, with nothing around them.
 */
export function applyPolicies({ facts, candidates, policies, services, state }: PolicyApplication): Calls {
  const [only] = candidates
  if (!only)
    throw new PlugboardError({
      code: 'internal',
      message: 'a binding without a candidate was called',
      where: facts.where,
    })
  const aliases = candidates.map(({ alias }) => alias)
  const around = (innermost: Calls, of: CallFacts, holds: (policy: Policy) => boolean): Calls =>
    policies.reduceRight<Calls>((next, policy, place) => {
      if (!holds(policy)) return next
      const layer = layers[policy.policy] as Layer<Policy>
      return layer(policy, next, { facts: of, aliases, services, state, place })
    }, innermost)
  if (candidates.length === 1) return around({ call: only.call, stream: only.stream }, facts, () => true)
  // Around all of them, a time-out would be used up by the first that hangs, and the next one never asked.
  const timed = candidates.map(({ alias, call, stream }): Candidate => {
    const where = { ...facts.where, integration: alias }
    return { alias, ...around({ call, stream }, { ...facts, where }, isTimeout) }
  })
  return around(failoverCalls(facts, timed, services), facts, (policy) => !isTimeout(policy))
}

const isTimeout = ({ policy }: Policy): boolean => policy === 'timeout'

const layers: { readonly [K in Policy['policy']]: Layer<Extract<Policy, { policy: K }>> } = {
  timeout: timeoutLayer,
  retry: retryLayer,
  cache: cacheLayer,
  rateLimit: rateLimitLayer,
  meter: meterLayer,
  budget: budgetLayer,
}
