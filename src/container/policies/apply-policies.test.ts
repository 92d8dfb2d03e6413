import { describe, expect, test } from 'vitest'
import { budget, cache, meter, type Policy, rateLimit, retry, timeout } from '../../definition/policy.ts'
import { applyPolicies } from './apply-policies.ts'
import { bound, broken, failure, outcomeOf, rateLimited, request } from './bound-calls.fixture.ts'
import { interfaces, type Sample } from './interfaces.fixture.ts'
import { PolicyState } from './policy-state.ts'
import { ScriptedCandidate, type Step } from './scripted-candidate.fixture.ts'
import { VirtualClock } from './virtual-clock.fixture.ts'

/** Makes two calls at the same time, and two more when those have ended. Gives how they ended, and what the candidate and the meter saw. */
async function observe(sample: Sample, steps: readonly Step[], policies: readonly Policy[]): Promise<unknown> {
  const clock = new VirtualClock()
  const state = new PolicyState()
  const candidate = new ScriptedCandidate('a', sample, clock, steps)
  const { call } = bound(sample, clock, [candidate], policies, state)
  const ends: unknown[] = []
  for (let round = 0; round < 2; round += 1) {
    const outcomes = [0, 1].map(() => outcomeOf(call(request(sample.input))))
    await clock.advance(10_000)
    ends.push(...(await Promise.all(outcomes)).map((outcome) => ('error' in outcome ? outcome.error.code : 'output')))
  }
  return { ends, calls: candidate.requests.length, meter: state.meter[sample.action.name]?.calls }
}

describe.each(interfaces)('a policy makes the difference, for $name', ({ idempotent, billable, cacheable }) => {
  test.each([
    {
      policy: timeout(1_000),
      sample: idempotent,
      steps: [{ wait: 5_000 }],
      with: { ends: ['timeout', 'timeout', 'timeout', 'timeout'], calls: 4 },
      without: { ends: ['output', 'output', 'output', 'output'], calls: 4 },
    },
    {
      policy: retry(),
      sample: idempotent,
      steps: [{ error: broken() }, {}],
      with: { ends: ['output', 'output', 'output', 'output'], calls: 5 },
      without: { ends: ['vendor_unavailable', 'output', 'output', 'output'], calls: 4 },
    },
    {
      policy: cache(60_000),
      sample: cacheable,
      steps: [{}],
      with: { ends: ['output', 'output', 'output', 'output'], calls: 1 },
      without: { ends: ['output', 'output', 'output', 'output'], calls: 4 },
    },
    {
      policy: rateLimit({ calls: 1, per: 1_000 }),
      sample: idempotent,
      steps: [{}],
      with: { ends: ['output', 'rate_limited', 'output', 'rate_limited'], calls: 2 },
      without: { ends: ['output', 'output', 'output', 'output'], calls: 4 },
    },
    {
      policy: meter(),
      sample: billable,
      steps: [{}],
      with: { ends: ['output', 'output', 'output', 'output'], calls: 4, meter: 4 },
      without: { ends: ['output', 'output', 'output', 'output'], calls: 4, meter: undefined },
    },
    {
      policy: budget({ calls: 3 }),
      sample: billable,
      steps: [{}],
      with: { ends: ['output', 'output', 'output', 'budget_exceeded'], calls: 3 },
      without: { ends: ['output', 'output', 'output', 'output'], calls: 4 },
    },
  ])('$policy.policy', async ({ policy, sample, steps, with: expected, without }) => {
    expect(await observe(sample, steps, [policy])).toEqual(expected)
    expect(await observe(sample, steps, [])).toEqual(without)
  })
})

describe.each(interfaces)('the calls of a binding, for $name', ({ once, idempotent, billable }) => {
  test('are the functions of the only candidate where there is no policy', () => {
    const candidate = new ScriptedCandidate('a', once, new VirtualClock())
    expect(bound(once, new VirtualClock(), [candidate], [])).toEqual({ call: candidate.call, stream: candidate.stream })
  })

  test('have the first policy outermost, and failover innermost', async () => {
    const clock = new VirtualClock()
    const down = () => [
      new ScriptedCandidate('a', idempotent, clock, [{ error: failure('vendor_unauthorized') }]),
      new ScriptedCandidate('b', idempotent, clock, [{ error: rateLimited(0) }, {}]),
    ]
    const limit = rateLimit({ calls: 1, per: 60_000 })
    const limitedOutside = bound(idempotent, clock, down(), [limit, retry()])
    const outside = outcomeOf(limitedOutside.call(request(idempotent.input)))
    await clock.advance(0)
    expect(await outside).toEqual({ output: idempotent.output })
    const limitedInside = bound(idempotent, clock, down(), [retry(), limit])
    const inside = outcomeOf(limitedInside.call(request(idempotent.input)))
    await clock.advance(0)
    expect(await inside).toMatchObject({ error: { code: 'rate_limited' } })
  })

  test('start with new state for a new binding', async () => {
    const clock = new VirtualClock()
    const policies = [budget({ calls: 1 })]
    for (let generation = 0; generation < 2; generation += 1) {
      const { call } = bound(billable, clock, [new ScriptedCandidate('a', billable, clock)], policies)
      expect(await call(request(billable.input))).toEqual(billable.output)
    }
  })

  test('need a candidate', () => {
    expect(() => bound(once, new VirtualClock(), [], [])).toThrow('a binding without a candidate')
  })

  test('need no one to report to', async () => {
    const clock = new VirtualClock()
    const candidates = [
      new ScriptedCandidate('a', once, clock, [{ error: rateLimited() }]),
      new ScriptedCandidate('b', once, clock),
    ]
    const services = { now: clock.now, sleep: clock.sleep, random: clock.random }
    const { call } = applyPolicies({
      facts: { action: once.action, where: {} },
      candidates,
      policies: [],
      services,
      state: new PolicyState(),
    })
    expect(await call(request(once.input))).toEqual(once.output)
  })
})
