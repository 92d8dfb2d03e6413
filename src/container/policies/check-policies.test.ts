import { describe, expect, test } from 'vitest'
import { bind, type Binding, failover } from '../../definition/binding.ts'
import { budget, cache, meter, rateLimit, retry, timeout } from '../../definition/policy.ts'
import { checkPolicies } from './check-policies.ts'

const check = (...policies: readonly unknown[]) =>
  checkPolicies({ to: ['a'], policies: policies as Binding['policies'] }, 'here')

test('what the functions give by their defaults is sound', () => {
  const binding = bind(
    failover('a', 'b'),
    timeout(30_000),
    retry(),
    cache(1_000),
    rateLimit({ calls: 1, per: 1 }),
    meter(),
    budget({ cost: 0.01 }),
    budget({ calls: 1 }),
  )
  expect(checkPolicies(binding, 'here')).toEqual([])
})

test('the same policy can be there twice, such as a time-out for an attempt and one for all of them', () => {
  expect(check(timeout(60_000), retry(), timeout(10_000))).toEqual([])
})

describe('a number that cannot work is told by place, value and what is expected', () => {
  test.each([
    [timeout(0), 'timeout.milliseconds', 'It is 0.', 'Give milliseconds above 0, at most 2147483647.'],
    [timeout(-1), 'timeout.milliseconds', 'It is -1.', 'Give milliseconds above 0, at most 2147483647.'],
    [timeout(NaN), 'timeout.milliseconds', 'It is NaN.', 'Give milliseconds above 0, at most 2147483647.'],
    [
      timeout(2_147_483_648),
      'timeout.milliseconds',
      'It is 2147483648.',
      'Give milliseconds above 0, at most 2147483647.',
    ],
    [retry({ attempts: 1.5 }), 'retry.attempts', 'It is 1.5.', 'Give a whole number above 0.'],
    [retry({ delay: -1 }), 'retry.delay', 'It is -1.', 'Give milliseconds from 0 to 2147483647.'],
    [
      retry({ longestDelay: Infinity }),
      'retry.longestDelay',
      'It is Infinity.',
      'Give milliseconds from 0 to 2147483647.',
    ],
    [cache(Infinity), 'cache.milliseconds', 'It is Infinity.', 'Give milliseconds above 0.'],
    [cache(1, { entries: 0 }), 'cache.entries', 'It is 0.', 'Give a whole number above 0.'],
    [rateLimit({ calls: 0, per: 1 }), 'rateLimit.calls', 'It is 0.', 'Give a whole number above 0.'],
    [rateLimit({ calls: 1, per: 0 }), 'rateLimit.per', 'It is 0.', 'Give milliseconds above 0.'],
    [budget({ cost: 0 }), 'budget.cost', 'It is 0.', 'Give US dollars above 0.'],
    [budget({ calls: 0.5 }), 'budget.calls', 'It is 0.5.', 'Give a whole number above 0.'],
    [budget({ calls: 1, per: -1 }), 'budget.per', 'It is -1.', 'Give milliseconds above 0.'],
    [
      { policy: 'timeout', milliseconds: '30' },
      'timeout.milliseconds',
      "It is '30'.",
      'Give milliseconds above 0, at most 2147483647.',
    ],
    [
      { policy: 'retry', attempts: 1, delay: 1 },
      'retry.longestDelay',
      'It is nothing.',
      'Give milliseconds from 0 to 2147483647.',
    ],
  ])('%j', (policy, path, message, remedy) => {
    expect(check(policy)).toEqual([{ code: 'binding_policy_invalid', path: `here.${path}`, message, remedy }])
  })
})

describe('a policy that cannot be is told', () => {
  test.each([
    ['of no name that exists', { policy: 'bulkhead' }, 'here.bulkhead', "There is no policy 'bulkhead'."],
    ['named like what every object has', { policy: 'toString' }, 'here.toString', "There is no policy 'toString'."],
    ['that is no policy', { milliseconds: 5 }, 'here', '{"milliseconds":5} is no policy.'],
    ['that is missing', undefined, 'here', 'nothing is no policy.'],
    [
      'with a field it does not have',
      { ...meter(), every: 5 },
      'here.meter.every',
      "'meter' has no field of that name.",
    ],
    ['that limits nothing', budget({}), 'here.budget', 'It limits nothing.'],
  ])('%s', (_what, policy, path, message) => {
    expect(check(policy)).toMatchObject([{ code: 'binding_policy_invalid', path, message }])
  })

  test('such as the function in place of what it gives', () => {
    expect(check(meter)).toMatchObject([{ path: 'here', remedy: expect.stringContaining('meter()') as string }])
  })

  test('and a meter that is there twice', () => {
    expect(check(meter(), retry(), meter())).toMatchObject([{ path: 'here.meter' }])
  })
})

describe('candidates', () => {
  const checkTo = (...to: readonly unknown[]) => checkPolicies({ to: to as Binding['to'], policies: [] }, 'here')
  const as = (integrationInterfaceAlias: string) => ({ integrationAlias: 'a', integrationInterfaceAlias })

  test('of one alias are two if they are two implementations', () => {
    expect(checkTo('b', 'a', as('users'), as('channels'))).toEqual([])
  })

  test.each([
    ['none', [], 'The binding has no candidate.'],
    ['one twice', ['a', 'b', 'a'], "'a' is there twice among the candidates of a failover."],
    ['one implementation twice', [as('users'), as('users')], "'a' is there twice among the candidates of a failover."],
    ['an empty name', [''], "'' is no candidate."],
    ['half a name', [{ integrationAlias: 'a' }], '{"integrationAlias":"a"} is no candidate.'],
    ['a number', [5], '5 is no candidate.'],
  ])('are told if they are wrong: %s', (_what, to, message) => {
    expect(checkTo(...to)).toMatchObject([{ code: 'binding_policy_invalid', path: 'here', message }])
  })
})

test('all problems are told at once', () => {
  const problems = checkPolicies({ to: [], policies: [timeout(0), retry({ attempts: 0, delay: -1 })] }, 'here')
  expect(problems.map(({ path }) => path)).toEqual([
    'here',
    'here.timeout.milliseconds',
    'here.retry.attempts',
    'here.retry.delay',
  ])
})
