import { describe, expect, test } from 'vitest'
import { cache, meter } from '../../definition/policy.ts'
import { bound, drain, errorOf, failure, request } from './bound-calls.fixture.ts'
import { interfaces } from './interfaces.fixture.ts'
import { PolicyState } from './policy-state.ts'
import { ScriptedCandidate } from './scripted-candidate.fixture.ts'
import { VirtualClock } from './virtual-clock.fixture.ts'

const nothing = { calls: 0, failures: 0, aborted: 0, unpriced: 0, cost: 0 }

describe.each(interfaces)('meter, for $name', ({ billable, streamed, idempotent, once }) => {
  test('counts the calls of billable actions and what they cost, by action', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    const { call } = bound(billable, clock, [new ScriptedCandidate('a', billable, clock)], [meter()], state)
    const { stream } = bound(streamed, clock, [new ScriptedCandidate('a', streamed, clock)], [meter()], state)
    expect(state.meter).toEqual({})
    expect(await call(request(billable.input))).toEqual(billable.output)
    await call(request(billable.input))
    expect(await drain(stream(request(streamed.input)))).toEqual({ items: streamed.items, output: streamed.output })
    expect(state.meter).toEqual({
      [billable.action.name]: { ...nothing, calls: 2, cost: 0.5 },
      [streamed.action.name]: { ...nothing, calls: 1, cost: 0.25 },
    })
  })

  test('leaves actions alone that are not billable', () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', idempotent, clock)
    expect(bound(idempotent, clock, [candidate], [meter()])).toEqual({ call: candidate.call, stream: candidate.stream })
  })

  test('gives a reading that does not change any more', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    const { call } = bound(billable, clock, [new ScriptedCandidate('a', billable, clock)], [meter()], state)
    await call(request(billable.input))
    const before = state.meter
    await call(request(billable.input))
    expect(before[billable.action.name]!.calls).toBe(1)
  })

  test('counts failures and aborts apart, and passes the errors on', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    const error = failure('vendor_failed')
    const candidate = new ScriptedCandidate('a', billable, clock, [{ error }, { wait: 1_000 }])
    const { call } = bound(billable, clock, [candidate], [meter()], state)
    expect(await errorOf(call(request(billable.input)))).toBe(error)
    const caller = new AbortController()
    const aborted = errorOf(call(request(billable.input, caller.signal)))
    await clock.settle()
    caller.abort()
    await aborted
    expect(state.meter).toEqual({ [billable.action.name]: { ...nothing, calls: 2, failures: 1, aborted: 1 } })
  })

  test('counts a stream that fails as a failure, and one that is aborted or left as aborted', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    const steps = [{ items: streamed.items, error: failure('vendor_failed') }, { wait: 1_000 }, {}]
    const candidate = new ScriptedCandidate('a', streamed, clock, steps)
    const { stream } = bound(streamed, clock, [candidate], [meter()], state)
    await errorOf(drain(stream(request(streamed.input))))
    const caller = new AbortController()
    const aborted = errorOf(drain(stream(request(streamed.input, caller.signal))))
    await clock.settle()
    caller.abort()
    await aborted
    const left = stream(request(streamed.input))
    await left.next()
    await left.return(undefined)
    expect(candidate.closed).toBe(3)
    expect(state.meter).toEqual({ [streamed.action.name]: { ...nothing, calls: 3, failures: 1, aborted: 2 } })
  })

  test.each([
    { what: 'does not say', cost: () => undefined },
    { what: 'says nonsense of', cost: () => Number.NaN },
    { what: 'says without end', cost: () => Infinity },
    { what: 'says less than nothing of', cost: () => -1 },
    {
      what: 'fails to say',
      cost: () => {
        throw new Error('no price')
      },
    },
    { what: 'has no way to say', cost: undefined },
  ])('counts an output as unpriced that $what what it cost', async ({ cost }) => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    const sample = { ...billable, action: { ...billable.action, cost } }
    const { call } = bound(sample, clock, [new ScriptedCandidate('a', sample, clock)], [meter()], state)
    expect(await call(request(billable.input))).toEqual(billable.output)
    expect(state.meter).toEqual({ [billable.action.name]: { ...nothing, calls: 1, unpriced: 1 } })
  })

  test('counts by its place: what a cache around it gives again costs nothing', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    const sample = { ...billable, action: { ...billable.action, cacheable: true } }
    const inside = bound(sample, clock, [new ScriptedCandidate('a', sample, clock)], [cache(1_000), meter()], state)
    await inside.call(request(billable.input))
    await inside.call(request(billable.input))
    expect(state.meter[billable.action.name]).toEqual({ ...nothing, calls: 1, cost: 0.25 })
  })

  test('is not there without the policy', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    await bound(once, clock, [new ScriptedCandidate('a', once, clock)], [], state).call(request(once.input))
    expect(state.meter).toEqual({})
  })
})
