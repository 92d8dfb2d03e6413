import { describe, expect, test } from 'vitest'
import { budget } from '../../definition/policy.ts'
import { bound, drain, errorOf, failure, outcomeOf, request } from './bound-calls.fixture.ts'
import { interfaces } from './interfaces.fixture.ts'
import { PolicyState } from './policy-state.ts'
import { ScriptedCandidate } from './scripted-candidate.fixture.ts'
import { VirtualClock } from './virtual-clock.fixture.ts'

const day = 86_400_000

describe.each(interfaces)('budget, for $name', ({ billable, streamed, idempotent }) => {
  test('fails a call before it is made once the cost is spent, with the code and when the next span begins', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', billable, clock)
    const { call } = bound(billable, clock, [candidate], [budget({ cost: 0.5 })])
    await call(request(billable.input))
    await clock.advance(1_000)
    await call(request(billable.input))
    expect(await errorOf(call(request(billable.input)))).toMatchObject({
      code: 'budget_exceeded',
      retryable: true,
      retryAfter: day - 1_000,
      where: { plugin: 'tester', action: billable.action.name },
      message: `action '${billable.action.name}' was not called: the budget of the binding is spent, 0.5 of 0.5 US dollars within a day`,
    })
    expect(candidate.requests).toHaveLength(2)
  })

  test('fails a call beyond so many', async () => {
    const clock = new VirtualClock()
    const { call } = bound(billable, clock, [new ScriptedCandidate('a', billable, clock)], [budget({ calls: 1 })])
    await call(request(billable.input))
    const error = await errorOf(call(request(billable.input)))
    expect(error.code).toBe('budget_exceeded')
    expect(error.message).toContain('1 of 1 calls')
  })

  test('starts anew after its span', async () => {
    const clock = new VirtualClock()
    const { call } = bound(
      billable,
      clock,
      [new ScriptedCandidate('a', billable, clock)],
      [budget({ calls: 1, cost: 0.25, per: 1_000 })],
    )
    await call(request(billable.input))
    await clock.advance(999)
    expect((await errorOf(call(request(billable.input)))).code).toBe('budget_exceeded')
    await clock.advance(1)
    expect(await call(request(billable.input))).toEqual(billable.output)
    expect((await errorOf(call(request(billable.input)))).code).toBe('budget_exceeded')
  })

  test('is not exceeded by calls at the same time', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', billable, clock, [{ wait: 100 }])
    const { call } = bound(billable, clock, [candidate], [budget({ calls: 2 })])
    const outcomes = [1, 2, 3, 4].map(() => outcomeOf(call(request(billable.input))))
    await clock.advance(100)
    expect((await Promise.all(outcomes)).filter((outcome) => 'output' in outcome)).toHaveLength(2)
    expect(candidate.requests).toHaveLength(2)
  })

  test('does not count a call that failed or was aborted', async () => {
    const clock = new VirtualClock()
    const steps = [{ error: failure('vendor_failed') }, { wait: 1_000 }, {}]
    const { call } = bound(
      billable,
      clock,
      [new ScriptedCandidate('a', billable, clock, steps)],
      [budget({ calls: 1 })],
    )
    expect((await errorOf(call(request(billable.input)))).code).toBe('vendor_failed')
    const caller = new AbortController()
    const aborted = errorOf(call(request(billable.input, caller.signal)))
    await clock.settle()
    caller.abort()
    expect((await aborted).code).toBe('aborted')
    expect((await errorOf(call(request(billable.input, AbortSignal.abort())))).code).toBe('aborted')
    expect(await call(request(billable.input))).toEqual(billable.output)
    expect((await errorOf(call(request(billable.input)))).code).toBe('budget_exceeded')
  })

  test('gives nothing back to a span for a call that began in the one before', async () => {
    const clock = new VirtualClock()
    const steps = [{ wait: 1_500, error: failure('vendor_failed') }, {}]
    const { call } = bound(
      billable,
      clock,
      [new ScriptedCandidate('a', billable, clock, steps)],
      [budget({ calls: 1, per: 1_000 })],
    )
    const failing = errorOf(call(request(billable.input)))
    await clock.advance(1_000)
    await call(request(billable.input))
    await clock.advance(500)
    await failing
    expect((await errorOf(call(request(billable.input)))).code).toBe('budget_exceeded')
  })

  test('counts the cost in the span in which it became known', async () => {
    const clock = new VirtualClock()
    const { call } = bound(
      billable,
      clock,
      [new ScriptedCandidate('a', billable, clock, [{ wait: 1_500 }])],
      [budget({ cost: 0.25, per: 1_000 })],
    )
    const output = call(request(billable.input))
    await clock.advance(1_500)
    await output
    expect((await errorOf(call(request(billable.input)))).code).toBe('budget_exceeded')
  })

  test('counts the actions of a binding together, streams too', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    const policies = [budget({ cost: 0.5 })]
    const { call } = bound(billable, clock, [new ScriptedCandidate('a', billable, clock)], policies, state)
    const { stream } = bound(streamed, clock, [new ScriptedCandidate('a', streamed, clock)], policies, state)
    await call(request(billable.input))
    expect(await drain(stream(request(streamed.input)))).toEqual({ items: streamed.items, output: streamed.output })
    expect((await errorOf(call(request(billable.input)))).code).toBe('budget_exceeded')
    expect((await errorOf(drain(stream(request(streamed.input))))).code).toBe('budget_exceeded')
  })

  test('counts a stream of which something came out, and not one that failed before', async () => {
    const clock = new VirtualClock()
    const steps = [{ error: failure('vendor_failed') }, { items: streamed.items, error: failure('vendor_failed') }]
    const { stream } = bound(
      streamed,
      clock,
      [new ScriptedCandidate('a', streamed, clock, steps)],
      [budget({ calls: 1 })],
    )
    expect((await errorOf(drain(stream(request(streamed.input))))).code).toBe('vendor_failed')
    expect((await errorOf(drain(stream(request(streamed.input))))).code).toBe('vendor_failed')
    expect((await errorOf(drain(stream(request(streamed.input))))).code).toBe('budget_exceeded')
  })

  test('counts a stream that is left, closes it, and reports that its cost is not known', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', streamed, clock)
    const { stream } = bound(streamed, clock, [candidate], [budget({ calls: 1, cost: 1 })])
    const left = stream(request(streamed.input))
    await left.next()
    await left.return(undefined)
    expect(candidate.closed).toBe(1)
    expect(clock.notices.map(({ kind }) => kind)).toEqual(['cost_unknown'])
    expect((await errorOf(drain(stream(request(streamed.input))))).code).toBe('budget_exceeded')
  })

  test('reports an output that does not say what it cost, if cost is limited', async () => {
    const clock = new VirtualClock()
    const sample = { ...billable, action: { ...billable.action, cost: undefined } }
    const candidates = [new ScriptedCandidate('a', sample, clock)]
    await bound(sample, clock, candidates, [budget({ calls: 9 })]).call(request(billable.input))
    expect(clock.notices).toEqual([])
    await bound(sample, clock, candidates, [budget({ cost: 9 })]).call(request(billable.input))
    expect(clock.notices).toMatchObject([{ kind: 'cost_unknown', where: { action: billable.action.name } }])
  })

  test('keeps what was spent when the clock is set back, but for no longer than a span', async () => {
    const clock = new VirtualClock()
    const { call } = bound(
      billable,
      clock,
      [new ScriptedCandidate('a', billable, clock)],
      [budget({ calls: 1, per: 1_000 })],
    )
    await call(request(billable.input))
    clock.set(clock.now() - 3_600_000)
    expect(await errorOf(call(request(billable.input)))).toMatchObject({ code: 'budget_exceeded', retryAfter: 1_000 })
    await clock.advance(1_000)
    expect(await call(request(billable.input))).toEqual(billable.output)
  })

  test('leaves actions alone that are not billable', () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', idempotent, clock)
    expect(bound(idempotent, clock, [candidate], [budget({ calls: 1 })])).toEqual({
      call: candidate.call,
      stream: candidate.stream,
    })
  })
})
