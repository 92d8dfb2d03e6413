import { describe, expect, test } from 'vitest'
import { retry } from '../../definition/policy.ts'
import { bound, broken, drain, errorOf, failure, rateLimited, refused, request } from './bound-calls.fixture.ts'
import { interfaces } from './interfaces.fixture.ts'
import { ScriptedCandidate } from './scripted-candidate.fixture.ts'
import { VirtualClock } from './virtual-clock.fixture.ts'

describe.each(interfaces)('retry, for $name', ({ once, idempotent, streamed }) => {
  test('repeats an idempotent action that failed, with the same input and idempotency key', async () => {
    const clock = new VirtualClock()
    const flaky = new ScriptedCandidate('flaky', idempotent, clock, [{ error: broken() }, { error: broken() }, {}])
    const output = bound(idempotent, clock, [flaky], [retry()]).call(request(idempotent.input))
    await clock.advance(250 + 500)
    expect(await output).toEqual(idempotent.output)
    expect(flaky.requests).toEqual([request(idempotent.input), request(idempotent.input), request(idempotent.input)])
    expect(clock.notices.map(({ kind }) => kind)).toEqual(['call_repeated', 'call_repeated'])
  })

  test('gives up after the last attempt, with the last error', async () => {
    const clock = new VirtualClock()
    const last = broken()
    const down = new ScriptedCandidate('down', idempotent, clock, [{ error: broken() }, { error: last }])
    const error = errorOf(bound(idempotent, clock, [down], [retry({ attempts: 2 })]).call(request(idempotent.input)))
    await clock.advance(60_000)
    expect(await error).toBe(last)
    expect(down.requests).toHaveLength(2)
  })

  test('doubles the delay up to the longest, and takes a random part of it', async () => {
    const clock = new VirtualClock()
    const down = new ScriptedCandidate('down', idempotent, clock, [{ error: broken() }])
    const { call } = bound(idempotent, clock, [down], [retry({ attempts: 5, delay: 100, longestDelay: 300 })])
    const full = errorOf(call(request(idempotent.input)))
    await clock.advance(60_000)
    await full
    expect(clock.sleeps.splice(0)).toEqual([100, 200, 300, 300])
    clock.chance = 0.5
    const half = errorOf(call(request(idempotent.input)))
    await clock.advance(60_000)
    await half
    expect(clock.sleeps).toEqual([50, 100, 150, 150])
  })

  test.each([
    { what: 'a rate limit', error: rateLimited(100) },
    { what: 'a refused connection', error: refused() },
    { what: 'a limit of its own', error: failure('rate_limited', { retryable: true, retryAfter: 100 }) },
    {
      what: 'a failover of which no candidate did anything',
      error: failure('failover_exhausted', {
        retryable: true,
        cause: new AggregateError([rateLimited(), refused()], 'all failed'),
      }),
    },
  ])('repeats an action that is not idempotent after $what', async ({ error }) => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', once, clock, [{ error }, {}])
    const output = bound(once, clock, [candidate], [retry()]).call(request(once.input))
    await clock.advance(60_000)
    expect(await output).toEqual(once.output)
  })

  test.each([
    { what: 'a broken connection', error: broken() },
    { what: 'a time-out', error: failure('timeout', { retryable: true }) },
    { what: 'a failure of the platform', error: failure('vendor_failed', { retryable: true }) },
    {
      what: 'a failover of which one candidate may have done it',
      error: failure('failover_exhausted', {
        retryable: true,
        cause: new AggregateError([rateLimited(), broken()], 'all failed'),
      }),
    },
  ])('does not repeat an action that is not idempotent after $what', async ({ error }) => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', once, clock, [{ error }, {}])
    expect(await errorOf(bound(once, clock, [candidate], [retry()]).call(request(once.input)))).toBe(error)
    expect(candidate.requests).toHaveLength(1)
  })

  test('does not repeat what is not retryable, even for an idempotent action', async () => {
    const clock = new VirtualClock()
    const error = failure('vendor_unauthorized')
    const candidate = new ScriptedCandidate('a', idempotent, clock, [{ error }, {}])
    expect(await errorOf(bound(idempotent, clock, [candidate], [retry()]).call(request(idempotent.input)))).toBe(error)
    expect(candidate.requests).toHaveLength(1)
  })

  test('waits as long as the platform asks for, and passes the error on when that is too long', async () => {
    const clock = new VirtualClock()
    const patient = rateLimited(7_000)
    const endless = rateLimited(30_001)
    const candidate = new ScriptedCandidate('a', once, clock, [{ error: patient }, { error: endless }, {}])
    const error = errorOf(bound(once, clock, [candidate], [retry()]).call(request(once.input)))
    await clock.advance(6_999)
    expect(candidate.requests).toHaveLength(1)
    await clock.advance(1)
    expect(candidate.requests).toHaveLength(2)
    expect(await error).toBe(endless)
    expect(clock.sleeps).toEqual([7_000])
  })

  test('gives up at once when the caller aborts while it waits', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', once, clock, [{ error: rateLimited(5_000) }, {}])
    const caller = new AbortController()
    const error = errorOf(bound(once, clock, [candidate], [retry()]).call(request(once.input, caller.signal)))
    await clock.advance(1_000)
    caller.abort()
    expect(await error).toMatchObject({ code: 'aborted', where: { action: once.action.name } })
    expect(candidate.requests).toHaveLength(1)
    expect(clock.timers).toBe(0)
  })

  test('takes a failure for an abort when the caller has aborted', async () => {
    const clock = new VirtualClock()
    const caller = new AbortController()
    const cause = rateLimited()
    const candidate = new ScriptedCandidate('a', once, clock, [{ before: () => caller.abort(), error: cause }])
    const error = await errorOf(bound(once, clock, [candidate], [retry()]).call(request(once.input, caller.signal)))
    expect(error).toMatchObject({ code: 'aborted', cause })
    expect(candidate.requests).toHaveLength(1)
  })

  test('begins a stream anew that fails before its first item', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', streamed, clock, [{ error: rateLimited(100) }, {}])
    const result = drain(bound(streamed, clock, [candidate], [retry()]).stream(request(streamed.input)))
    await clock.advance(100)
    expect(await result).toEqual({ items: streamed.items, output: streamed.output })
    expect(candidate.closed).toBe(2)
  })

  test('does not begin a stream anew that fails after its first item', async () => {
    const clock = new VirtualClock()
    const error = rateLimited(100)
    const candidate = new ScriptedCandidate('a', streamed, clock, [{ items: streamed.items, error }, {}])
    const items: unknown[] = []
    expect(
      await errorOf(drain(bound(streamed, clock, [candidate], [retry()]).stream(request(streamed.input)), items)),
    ).toBe(error)
    expect(items).toEqual(streamed.items)
    expect(candidate.requests).toHaveLength(1)
  })

  test('closes the stream whose reader leaves after the first item', async () => {
    const clock = new VirtualClock()
    const candidate = new ScriptedCandidate('a', streamed, clock)
    const stream = bound(streamed, clock, [candidate], [retry()]).stream(request(streamed.input))
    await stream.next()
    await stream.return(undefined)
    expect(candidate.closed).toBe(1)
  })
})
