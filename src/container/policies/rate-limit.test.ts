import { describe, expect, test } from 'vitest'
import { rateLimit, retry } from '../../definition/policy.ts'
import { bound, drain, errorOf, failure, outcomeOf, request } from './bound-calls.fixture.ts'
import { interfaces } from './interfaces.fixture.ts'
import { PolicyState } from './policy-state.ts'
import { ScriptedCandidate } from './scripted-candidate.fixture.ts'
import { VirtualClock } from './virtual-clock.fixture.ts'

describe.each(interfaces)('rateLimit, for $name', ({ once, idempotent, streamed }) => {
  const policies = [rateLimit({ calls: 2, per: 1_000 })]

  test('fails calls beyond so many, with the code and how long to wait', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', once, clock)
    const { call } = bound(once, clock, [candidate], policies)
    await call(request(once.input))
    await clock.advance(400)
    await call(request(once.input))
    await clock.advance(100)
    expect(await errorOf(call(request(once.input)))).toMatchObject({
      code: 'rate_limited',
      retryable: true,
      retryAfter: 500,
      where: { plugin: 'tester', action: once.action.name },
      message: `action '${once.action.name}' was not called: the binding allows 2 calls within a second`,
    })
    expect(candidate.requests).toHaveLength(2)
  })

  test('never has more in any span, wherever it begins', async () => {
    const clock = new VirtualClock()
    const { call } = bound(once, clock, [new ScriptedCandidate('a', once, clock)], policies)
    const times: number[] = []
    for (let step = 0; step < 100; step += 1) {
      if ('output' in (await outcomeOf(call(request(once.input))))) times.push(clock.now())
      await clock.advance(130)
    }
    const spans = times.slice(2).map((time, index) => time - times[index]!)
    expect(Math.min(...spans)).toBeGreaterThanOrEqual(1_000)
    expect(times.length).toBeGreaterThan(20)
  })

  test('lets a call through again when the wait is over, and not a millisecond before', async () => {
    const clock = new VirtualClock()
    const { call } = bound(once, clock, [new ScriptedCandidate('a', once, clock)], policies)
    await Promise.all([call(request(once.input)), call(request(once.input))])
    await clock.advance(999)
    expect(await errorOf(call(request(once.input)))).toMatchObject({ retryAfter: 1 })
    await clock.advance(1)
    const after = await Promise.all([1, 2, 3].map(() => outcomeOf(call(request(once.input)))))
    expect(after.filter((outcome) => 'output' in outcome)).toHaveLength(2)
  })

  test('counts the actions of a binding together, streams too, and those of another one apart', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    await bound(once, clock, [new ScriptedCandidate('a', once, clock)], policies, state).call(request(once.input))
    const streaming = bound(streamed, clock, [new ScriptedCandidate('a', streamed, clock)], policies, state)
    await drain(streaming.stream(request(streamed.input)))
    expect((await errorOf(drain(streaming.stream(request(streamed.input))))).code).toBe('rate_limited')
    const another = bound(idempotent, clock, [new ScriptedCandidate('a', idempotent, clock)], policies, state)
    expect((await errorOf(another.call(request(idempotent.input)))).code).toBe('rate_limited')
    const elsewhere = bound(idempotent, clock, [new ScriptedCandidate('a', idempotent, clock)], policies)
    expect(await elsewhere.call(request(idempotent.input))).toEqual(idempotent.output)
  })

  test('keeps two limits of one binding apart', async () => {
    const clock = new VirtualClock()
    const both = [rateLimit({ calls: 1, per: 100 }), rateLimit({ calls: 2, per: 1_000 })]
    const { call } = bound(once, clock, [new ScriptedCandidate('a', once, clock)], both)
    await call(request(once.input))
    expect(await errorOf(call(request(once.input)))).toMatchObject({ retryAfter: 100 })
    await clock.advance(100)
    await call(request(once.input))
    await clock.advance(100)
    expect(await errorOf(call(request(once.input)))).toMatchObject({ retryAfter: 800 })
  })

  test('does not count a call that is aborted already, and counts one that fails', async () => {
    const clock = new VirtualClock()
    const error = failure('vendor_failed')
    const { call } = bound(
      once,
      clock,
      [new ScriptedCandidate('a', once, clock, [{ error }])],
      [rateLimit({ calls: 1, per: 1_000 })],
    )
    expect((await errorOf(call(request(once.input, AbortSignal.abort())))).code).toBe('aborted')
    expect(await errorOf(call(request(once.input)))).toBe(error)
    expect((await errorOf(call(request(once.input)))).code).toBe('rate_limited')
  })

  test('does not lock calls out when the clock is set back', async () => {
    const clock = new VirtualClock()
    const { call } = bound(
      once,
      clock,
      [new ScriptedCandidate('a', once, clock)],
      [rateLimit({ calls: 1, per: 1_000 })],
    )
    await call(request(once.input))
    clock.set(clock.now() - 3_600_000)
    expect(await call(request(once.input))).toEqual(once.output)
    expect((await errorOf(call(request(once.input)))).code).toBe('rate_limited')
  })

  test('makes a retry around it wait', async () => {
    const clock = new VirtualClock()
    const { call } = bound(once, clock, [new ScriptedCandidate('a', once, clock)], [retry(), ...policies])
    const outputs = [1, 2, 3].map(() => call(request(once.input)))
    await clock.advance(1_000)
    expect(await Promise.all(outputs)).toEqual([once.output, once.output, once.output])
    expect(clock.sleeps).toEqual([1_000])
  })
})
