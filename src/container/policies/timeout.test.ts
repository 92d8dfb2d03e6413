import { describe, expect, test } from 'vitest'
import { retry, timeout } from '../../definition/policy.ts'
import { bound, drain, errorOf, failure, request } from './bound-calls.fixture.ts'
import { interfaces } from './interfaces.fixture.ts'
import { ScriptedCandidate } from './scripted-candidate.fixture.ts'
import { VirtualClock } from './virtual-clock.fixture.ts'

describe.each(interfaces)('timeout, for $name', ({ once, streamed }) => {
  const clock = () => new VirtualClock()

  test('fails a call at its deadline, with the code, the place and that it may succeed later', async () => {
    const time = clock()
    const slow = new ScriptedCandidate('slow', once, time, [{ wait: 5_000 }])
    const error = errorOf(bound(once, time, [slow], [timeout(1_000)]).call(request(once.input)))
    await time.advance(1_000)
    expect(await error).toMatchObject({
      code: 'timeout',
      retryable: true,
      where: { plugin: 'tester', action: once.action.name },
      message: `the call of action '${once.action.name}' took longer than 1000 ms`,
    })
    expect(slow.aborted).toBe(1)
  })

  test('lets a call end that is one millisecond faster', async () => {
    const time = clock()
    const { call } = bound(once, time, [new ScriptedCandidate('fast', once, time, [{ wait: 999 }])], [timeout(1_000)])
    const output = call(request(once.input))
    await time.advance(999)
    expect(await output).toEqual(once.output)
  })

  test('does not wait for one that ignores the signal', async () => {
    const time = clock()
    const deaf = new ScriptedCandidate('deaf', once, time, [{ wait: 60_000, deaf: true }])
    const error = errorOf(bound(once, time, [deaf], [timeout(1_000)]).call(request(once.input)))
    await time.advance(1_000)
    expect((await error).code).toBe('timeout')
  })

  test('leaves no timer behind, however the call ends', async () => {
    const time = clock()
    const error = failure('vendor_refused')
    const candidate = new ScriptedCandidate('a', once, time, [{}, { error }])
    const { call } = bound(once, time, [candidate], [timeout(1_000)])
    await call(request(once.input))
    expect(time.timers).toBe(0)
    expect(await errorOf(call(request(once.input)))).toBe(error)
    expect(time.timers).toBe(0)
    expect(time.sleeps).toEqual([1_000, 1_000])
  })

  test('tells the abort of the caller from a time-out, and lets go of its signal', async () => {
    const time = clock()
    const deaf = new ScriptedCandidate('deaf', once, time, [{ wait: Infinity, deaf: true }])
    const caller = new AbortController()
    const error = errorOf(bound(once, time, [deaf], [timeout(1_000)]).call(request(once.input, caller.signal)))
    await time.advance(500)
    caller.abort(new Error('no longer wanted'))
    expect(await error).toMatchObject({ code: 'aborted', cause: { message: 'no longer wanted' } })
    expect(deaf.requests[0]!.signal!.aborted).toBe(true)
    expect(time.timers).toBe(1) // the candidate's own
  })

  test('does not begin a call that is aborted already', async () => {
    const time = clock()
    const candidate = new ScriptedCandidate('a', once, time)
    const error = await errorOf(
      bound(once, time, [candidate], [timeout(1_000)]).call(request(once.input, AbortSignal.abort())),
    )
    expect(error.code).toBe('aborted')
    expect(candidate.requests).toHaveLength(0)
  })

  test('does not abort a call that has ended when its caller aborts later', async () => {
    const time = clock()
    const candidate = new ScriptedCandidate('a', once, time)
    const caller = new AbortController()
    await bound(once, time, [candidate], [timeout(1_000)]).call(request(once.input, caller.signal))
    caller.abort()
    expect(candidate.requests[0]!.signal!.aborted).toBe(false)
  })

  test('counts for each attempt inside a retry, and for all of them around one', async () => {
    const time = clock()
    const steps = [
      { wait: 800, error: failure('vendor_rate_limited', { retryable: true, retryAfter: 0 }) },
      { wait: 800 },
    ]
    const inside = bound(once, time, [new ScriptedCandidate('a', once, time, steps)], [retry(), timeout(1_000)])
    const output = inside.call(request(once.input))
    await time.advance(1_600)
    expect(await output).toEqual(once.output)

    const around = bound(once, time, [new ScriptedCandidate('a', once, time, steps)], [timeout(1_000), retry()])
    const error = errorOf(around.call(request(once.input)))
    await time.advance(1_600)
    expect((await error).code).toBe('timeout')
  })

  test('gives each item of a stream the whole time', async () => {
    const time = clock()
    const steady = new ScriptedCandidate('steady', streamed, time, [{ wait: 900 }])
    const result = drain(bound(streamed, time, [steady], [timeout(1_000)]).stream(request(streamed.input)))
    await time.advance(2_700)
    expect(await result).toEqual({ items: streamed.items, output: streamed.output })
    expect(time.timers).toBe(0)
  })

  test('does not count the time that the reader of a stream takes', async () => {
    const time = clock()
    const stream = bound(streamed, time, [new ScriptedCandidate('a', streamed, time)], [timeout(1_000)]).stream(
      request(streamed.input),
    )
    expect((await stream.next()).value).toEqual(streamed.items[0])
    await time.advance(60_000)
    expect((await stream.next()).value).toEqual(streamed.items[1])
  })

  test.each([
    { what: 'that heeds the signal', deaf: false },
    { what: 'that ignores it', deaf: true },
  ])('fails a stream that stalls after its first item, of a candidate $what', async ({ deaf }) => {
    const time = clock()
    const candidate = new ScriptedCandidate('a', streamed, time, [{ wait: [900, Infinity], deaf }])
    const items: unknown[] = []
    const calls = bound(streamed, time, [candidate], [timeout(1_000)])
    const error = errorOf(drain(calls.stream(request(streamed.input)), items))
    await time.advance(1_900)
    expect(await error).toMatchObject({
      code: 'timeout',
      message: `the next item of action '${streamed.action.name}' took longer than 1000 ms`,
    })
    expect(items).toEqual(streamed.items.slice(0, 1))
    expect(candidate.requests[0]!.signal!.aborted).toBe(true)
  })

  test('ends a stream that its caller aborts as aborted, even if it is ignored', async () => {
    const time = clock()
    const deaf = new ScriptedCandidate('deaf', streamed, time, [{ wait: Infinity, deaf: true }])
    const caller = new AbortController()
    const error = errorOf(
      drain(bound(streamed, time, [deaf], [timeout(1_000)]).stream(request(streamed.input, caller.signal))),
    )
    await time.settle()
    caller.abort()
    expect((await error).code).toBe('aborted')
  })

  test('closes a stream whose reader leaves', async () => {
    const time = clock()
    const candidate = new ScriptedCandidate('a', streamed, time)
    const stream = bound(streamed, time, [candidate], [timeout(1_000)]).stream(request(streamed.input))
    await stream.next()
    await stream.return(undefined)
    expect(candidate.closed).toBe(1)
    expect(time.timers).toBe(0)
  })
})
