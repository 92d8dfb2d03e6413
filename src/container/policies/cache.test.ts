import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { cache, timeout } from '../../definition/policy.ts'
import { bound, drain, errorOf, failure, request } from './bound-calls.fixture.ts'
import { interfaces } from './interfaces.fixture.ts'
import { PolicyState } from './policy-state.ts'
import { ScriptedCandidate } from './scripted-candidate.fixture.ts'
import { VirtualClock } from './virtual-clock.fixture.ts'

describe.each(interfaces)('cache, for $name', ({ cacheable, sameInput, otherInput, once, idempotent, streamed }) => {
  /** Gives another output for each call. */
  const counting = (clock: VirtualClock, wait = 0) =>
    new ScriptedCandidate(
      'a',
      cacheable,
      clock,
      [1, 2, 3, 4, 5].map((call) => ({ wait, output: { call } })),
    )

  test('gives an output again for an equal input, until its time is over', async () => {
    const clock = new VirtualClock()
    const candidate = counting(clock)
    const { call } = bound(cacheable, clock, [candidate], [cache(1_000)])
    expect(await call(request(cacheable.input))).toEqual({ call: 1 })
    await clock.advance(999)
    expect(await call(request(sameInput))).toEqual({ call: 1 })
    await clock.advance(1)
    expect(await call(request(sameInput))).toEqual({ call: 2 })
    expect(candidate.requests).toHaveLength(2)
  })

  test('tells inputs apart', async () => {
    const clock = new VirtualClock()
    const { call } = bound(cacheable, clock, [counting(clock)], [cache(1_000)])
    expect(await call(request(cacheable.input))).toEqual({ call: 1 })
    expect(await call(request(otherInput))).toEqual({ call: 2 })
    expect(await call(request(cacheable.input))).toEqual({ call: 1 })
  })

  test('leaves actions alone that are not cacheable, and streams', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', once, clock)
    const calls = bound(once, clock, [candidate], [cache(1_000)])
    expect(calls).toEqual({ call: candidate.call, stream: candidate.stream })
    const streaming = { ...streamed, action: { ...streamed.action, cacheable: true } }
    const source = new ScriptedCandidate('a', streaming, clock)
    const { stream } = bound(streaming, clock, [source], [cache(1_000)])
    await drain(stream(request(streamed.input)))
    await drain(stream(request(streamed.input)))
    expect(source.requests).toHaveLength(2)
  })

  test('cannot be corrupted through an output', async () => {
    const clock = new VirtualClock()
    const { call } = bound(cacheable, clock, [new ScriptedCandidate('a', cacheable, clock)], [cache(1_000)])
    const outputs = await Promise.all([call(request(cacheable.input)), call(request(cacheable.input))])
    outputs.push(await call(request(cacheable.input)))
    for (const output of outputs) {
      expect(output).toEqual(cacheable.output)
      for (const list of Object.values(output as Record<string, unknown[]>)) list.length = 0
    }
    expect(await call(request(cacheable.input))).toEqual(cacheable.output)
  })

  test('cannot be corrupted by the candidate, which may keep what it gave', async () => {
    const clock = new VirtualClock()
    const output = { list: [1] }
    const { call } = bound(
      cacheable,
      clock,
      [new ScriptedCandidate('a', cacheable, clock, [{ output }])],
      [cache(1_000)],
    )
    await call(request(cacheable.input))
    output.list.push(2)
    expect(await call(request(cacheable.input))).toEqual({ list: [1] })
  })

  test('does not keep an error', async () => {
    const clock = new VirtualClock()
    const error = failure('vendor_failed')
    const { call } = bound(
      cacheable,
      clock,
      [new ScriptedCandidate('a', cacheable, clock, [{ error }, {}])],
      [cache(1_000)],
    )
    expect(await errorOf(call(request(cacheable.input)))).toBe(error)
    expect(await call(request(cacheable.input))).toEqual(cacheable.output)
  })

  test('makes one call of equal ones at the same time, and gives all of them its output or its error', async () => {
    const clock = new VirtualClock()
    const error = failure('vendor_failed')
    const candidate = new ScriptedCandidate('a', cacheable, clock, [{ wait: 100, error }, { wait: 100 }])
    const { call } = bound(cacheable, clock, [candidate], [cache(1_000)])
    const failing = [errorOf(call(request(cacheable.input))), errorOf(call(request(sameInput)))]
    await clock.advance(100)
    expect(await Promise.all(failing)).toEqual([error, error])
    const succeeding = [call(request(cacheable.input)), call(request(sameInput))]
    await clock.advance(100)
    expect(await Promise.all(succeeding)).toEqual([cacheable.output, cacheable.output])
    expect(candidate.requests).toHaveLength(2)
  })

  test('lets one caller abort without the others', async () => {
    const clock = new VirtualClock()
    const candidate = counting(clock, 100)
    const { call } = bound(cacheable, clock, [candidate], [cache(1_000)])
    const first = new AbortController()
    const leaving = errorOf(call(request(cacheable.input, first.signal)))
    const staying = call(request(cacheable.input))
    await clock.advance(50)
    first.abort()
    expect(await leaving).toMatchObject({ code: 'aborted', where: { action: cacheable.action.name } })
    await clock.advance(50)
    expect(await staying).toEqual({ call: 1 })
    expect(candidate.aborted).toBe(0)
  })

  test('aborts a call that everyone has left, and makes a new one for who comes then', async () => {
    const clock = new VirtualClock()
    const candidate = counting(clock, 100)
    const { call } = bound(cacheable, clock, [candidate], [cache(1_000)])
    const callers = [new AbortController(), new AbortController()]
    const errors = callers.map(({ signal }) => errorOf(call(request(cacheable.input, signal))))
    await clock.advance(50)
    callers.forEach((caller) => caller.abort())
    expect((await Promise.all(errors)).map(({ code }) => code)).toEqual(['aborted', 'aborted'])
    expect(candidate.requests.map(({ signal }) => signal!.aborted)).toEqual([true])
    const later = call(request(cacheable.input))
    await clock.advance(100)
    expect(await later).toEqual({ call: 2 })
  })

  test('lets go of the signal of its caller', async () => {
    const clock = new VirtualClock()
    const { signal } = new AbortController()
    await bound(cacheable, clock, [counting(clock)], [cache(1_000)]).call(request(cacheable.input, signal))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('does not begin a call that is aborted already', async () => {
    const clock = new VirtualClock()
    const candidate = counting(clock)
    const { call } = bound(cacheable, clock, [candidate], [cache(1_000)])
    expect((await errorOf(call(request(cacheable.input, AbortSignal.abort())))).code).toBe('aborted')
    expect(candidate.requests).toHaveLength(0)
  })

  test('keeps so many outputs, and drops the one used longest ago', async () => {
    const clock = new VirtualClock()
    const { call } = bound(cacheable, clock, [counting(clock)], [cache(1_000, { entries: 2 })])
    const [x, y, z] = [cacheable.input, otherInput, {}].map((input) => request(input))
    expect(await call(x!)).toEqual({ call: 1 })
    expect(await call(y!)).toEqual({ call: 2 })
    expect(await call(x!)).toEqual({ call: 1 })
    expect(await call(z!)).toEqual({ call: 3 })
    expect(await call(x!)).toEqual({ call: 1 })
    expect(await call(y!)).toEqual({ call: 4 })
  })

  test('is one for the binding, and tells its actions apart', async () => {
    const clock = new VirtualClock()
    const state = new PolicyState()
    const candidate = counting(clock)
    const renamed = { ...cacheable, action: { ...cacheable.action, name: 'another' } }
    const policies = [cache(1_000)]
    expect(await bound(cacheable, clock, [candidate], policies, state).call(request(cacheable.input))).toEqual({
      call: 1,
    })
    expect(await bound(renamed, clock, [candidate], policies, state).call(request(cacheable.input))).toEqual({
      call: 2,
    })
    expect(await bound(cacheable, clock, [candidate], policies, state).call(request(cacheable.input))).toEqual({
      call: 1,
    })
    expect(await bound(cacheable, clock, [candidate], policies).call(request(cacheable.input))).toEqual({ call: 3 })
  })

  test('passes an input through that is no plain data', async () => {
    const clock = new VirtualClock()
    const candidate = counting(clock)
    const { call } = bound(cacheable, clock, [candidate], [cache(1_000)])
    const input = { ...(cacheable.input as object), since: new Date(0) }
    expect([await call(request(input)), await call(request(input))]).toEqual([{ call: 1 }, { call: 2 }])
  })

  test('hands an output that cannot be copied to its own caller alone', async () => {
    const clock = new VirtualClock()
    class Handle {}
    const [one, two] = [{ handle: new Handle() }, { handle: new Handle() }]
    const { call } = bound(
      cacheable,
      clock,
      [new ScriptedCandidate('a', cacheable, clock, [{ output: one }, { output: two }])],
      [cache(1_000)],
    )
    const [first, second] = await Promise.all([call(request(cacheable.input)), call(request(cacheable.input))])
    expect(first).toBe(one)
    expect(second).toBe(two)
  })

  test('is aborted by a time-out around it as by its caller', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', idempotent, clock, [{ wait: Infinity }, {}])
    const { call } = bound(idempotent, clock, [candidate], [timeout(1_000), cache(1_000)])
    const error = errorOf(call(request(idempotent.input)))
    await clock.advance(1_000)
    expect((await error).code).toBe('timeout')
    expect(candidate.aborted).toBe(1)
    expect(await call(request(idempotent.input))).toEqual(idempotent.output)
  })
})
