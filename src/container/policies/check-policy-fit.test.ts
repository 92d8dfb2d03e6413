import { describe, expect, test } from 'vitest'
import { budget, cache, meter, rateLimit, retry, timeout } from '../../definition/policy.ts'
import { checkPolicyFit } from './check-policy-fit.ts'
import { interfaces } from './interfaces.fixture.ts'

describe.each(interfaces)('policies fit what they are for, for $name', ({ once, idempotent, billable, cacheable }) => {
  test('if an action of the need is concerned', () => {
    const actions = [billable.action, cacheable.action]
    expect(checkPolicyFit([cache(1), meter(), budget({ cost: 1, calls: 1 })], actions, 'here')).toEqual([])
    expect(checkPolicyFit([timeout(1), retry(), rateLimit({ calls: 1, per: 1 })], [once.action], 'here')).toEqual([])
  })

  test('and not if none is', () => {
    const billed = { ...billable.action, cacheable: false }
    const problems = [
      ...checkPolicyFit([cache(1)], [billed], 'here'),
      ...checkPolicyFit([meter(), budget({ calls: 1 })], [idempotent.action], 'here'),
      ...checkPolicyFit([budget({ cost: 1, calls: 1 })], [{ ...billed, cost: undefined }], 'here'),
    ]
    expect(problems.map(({ code, path, message }) => [code, path, message])).toEqual([
      [
        'binding_policy_invalid',
        'here.cache',
        'There is nothing to cache: no action of the need is marked `cacheable`.',
      ],
      [
        'binding_policy_invalid',
        'here.meter',
        'There is nothing to count: no action of the need is marked `billable`.',
      ],
      [
        'binding_policy_invalid',
        'here.budget',
        'There is nothing to count: no action of the need is marked `billable`.',
      ],
      [
        'binding_policy_invalid',
        'here.budget.cost',
        'The cost cannot be counted: no billable action of the need tells what it cost.',
      ],
    ])
  })
})
