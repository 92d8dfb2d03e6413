import type { ActionDefinition } from '../../definition/member-definitions.ts'
import type { Policy } from '../../definition/policy.ts'
import type { Problem } from '../../errors/index.ts'
import { policyProblem } from './policy-problem.ts'

/** What is judged of an action. */
export type JudgedAction = Pick<ActionDefinition, 'billable' | 'cacheable' | 'cost'>

/**
 * What is wrong with policies for certain actions, those of a need: a policy that none of them is concerned by, and a budget of cost
 * where no billable action tells what it cost, so that the limit would never be reached. `path` is the place of the binding.
 */
export function checkPolicyFit(policies: readonly Policy[], actions: readonly JudgedAction[], path: string): Problem[] {
  const billable = actions.filter((action) => action.billable)
  return policies.flatMap((policy) => {
    const place = `${path}.${policy.policy}`
    if (policy.policy === 'cache' && !actions.some((action) => action.cacheable))
      return [
        policyProblem(
          place,
          'There is nothing to cache: no action of the need is marked `cacheable`.',
          'Leave the policy out.',
        ),
      ]
    if (policy.policy !== 'meter' && policy.policy !== 'budget') return []
    if (billable.length === 0)
      return [
        policyProblem(
          place,
          'There is nothing to count: no action of the need is marked `billable`.',
          'Leave the policy out.',
        ),
      ]
    if (policy.policy === 'budget' && policy.cost !== undefined && !billable.some((action) => action.cost))
      return [
        policyProblem(
          `${place}.cost`,
          'The cost cannot be counted: no billable action of the need tells what it cost.',
          'Limit `calls` instead.',
        ),
      ]
    return []
  })
}
