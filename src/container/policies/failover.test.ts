import { z } from 'zod'
import { describe, expect, test } from 'vitest'
import { retry, timeout } from '../../definition/policy.ts'
import type { PlugboardError } from '../../errors/index.ts'
import { bound, broken, drain, errorOf, failure, rateLimited, refused, request } from './bound-calls.fixture.ts'
import { collectionSamples, interfaces, writerSamples } from './interfaces.fixture.ts'
import { ScriptedCandidate, type Step } from './scripted-candidate.fixture.ts'
import { VirtualClock } from './virtual-clock.fixture.ts'

describe.each(interfaces)('failover, for $name', ({ once, idempotent, streamed }) => {
  test('calls the first candidate alone while it succeeds', async () => {
    const clock = new VirtualClock()
    const [a, b] = [new ScriptedCandidate('a', once, clock), new ScriptedCandidate('b', once, clock)]
    expect(await bound(once, clock, [a, b], []).call(request(once.input))).toEqual(once.output)
    expect([a.requests.length, b.requests.length]).toEqual([1, 0])
  })

  test.each([
    { what: 'is limited', error: rateLimited() },
    { what: 'refuses the credentials', error: failure('vendor_unauthorized') },
    { what: 'refuses the connection', error: refused() },
    { what: 'is inactive', error: failure('installation_inactive') },
    { what: 'lacks a capability', error: failure('capability_missing') },
  ])('calls the next one when one $what, though the action is not idempotent', async ({ error }) => {
    const clock = new VirtualClock()
    const [a, b] = [new ScriptedCandidate('a', once, clock, [{ error }]), new ScriptedCandidate('b', once, clock)]
    expect(await bound(once, clock, [a, b], []).call(request(once.input))).toEqual(once.output)
    expect(b.requests).toEqual([request(once.input)])
    expect(clock.notices).toMatchObject([{ where: { integration: 'a' }, cause: error }])
  })

  test('after a failure that leaves open what was done, calls the next one only for an idempotent action', async () => {
    const clock = new VirtualClock()
    const error = broken()
    const next = new ScriptedCandidate('b', idempotent, clock)
    const again = bound(idempotent, clock, [new ScriptedCandidate('a', idempotent, clock, [{ error }]), next], [])
    expect(await again.call(request(idempotent.input))).toEqual(idempotent.output)

    const unused = new ScriptedCandidate('b', once, clock)
    const onlyOnce = bound(once, clock, [new ScriptedCandidate('a', once, clock, [{ error }]), unused], [])
    expect(await errorOf(onlyOnce.call(request(once.input)))).toBe(error)
    expect(unused.requests).toHaveLength(0)
  })

  test.each([{ code: 'vendor_refused' }, { code: 'output_invalid' }, { code: 'vendor_failed' }] as const)(
    'throws $code as it is, which is no better with another',
    async ({ code }) => {
      const clock = new VirtualClock()
      const error = failure(code)
      const unused = new ScriptedCandidate('b', idempotent, clock)
      const calls = bound(idempotent, clock, [new ScriptedCandidate('a', idempotent, clock, [{ error }]), unused], [])
      expect(await errorOf(calls.call(request(idempotent.input)))).toBe(error)
      expect(unused.requests).toHaveLength(0)
    },
  )

  test('says of every candidate how it failed when none is left', async () => {
    const clock = new VirtualClock()
    const errors = [rateLimited(9_000), failure('vendor_unauthorized'), rateLimited(4_000)] as const
    const candidates = errors.map(
      (error, index) => new ScriptedCandidate(`candidate-${index}`, once, clock, [{ error }]),
    )
    const error = await errorOf(bound(once, clock, candidates, []).call(request(once.input)))
    expect(error).toMatchObject({
      code: 'failover_exhausted',
      retryable: true,
      retryAfter: 4_000,
      where: { plugin: 'tester', action: once.action.name },
    })
    expect(error.message).toBe(
      `no candidate could answer action '${once.action.name}': ` +
        "'candidate-0' failed with vendor_rate_limited (it failed); " +
        "'candidate-1' failed with vendor_unauthorized (it failed); " +
        "'candidate-2' failed with vendor_rate_limited (it failed)",
    )
    expect((error.cause as AggregateError).errors).toEqual(errors)
  })

  test('is retryable if a candidate is, and as soon as one does not say when', async () => {
    const clock = new VirtualClock()
    const fail = (...errors: PlugboardError[]): Promise<PlugboardError> => {
      const candidates = errors.map((error) => new ScriptedCandidate('a', once, clock, [{ error }]))
      return errorOf(bound(once, clock, candidates, []).call(request(once.input)))
    }
    expect(await fail(rateLimited(9_000), rateLimited())).toMatchObject({ retryable: true, retryAfter: undefined })
    expect(await fail(failure('vendor_unauthorized'), failure('vendor_unauthorized'))).toMatchObject({
      retryable: false,
      retryAfter: undefined,
    })
  })

  test('is repeated as a whole by a retry around it', async () => {
    const clock = new VirtualClock()
    const a = new ScriptedCandidate('a', once, clock, [{ error: rateLimited(500) }])
    const b = new ScriptedCandidate('b', once, clock, [{ error: rateLimited(200) }, {}])
    const output = bound(once, clock, [a, b], [retry()]).call(request(once.input))
    await clock.advance(200)
    expect(await output).toEqual(once.output)
    expect([a.requests.length, b.requests.length]).toEqual([2, 2])
  })

  test.each([
    { what: 'written before a retry', policies: [timeout(1_000), retry({ attempts: 2, delay: 0 })] },
    { what: 'written after it', policies: [retry({ attempts: 2, delay: 0 }), timeout(1_000)] },
  ])('gives each candidate its own time-out, $what, in each attempt', async ({ policies }) => {
    const clock = new VirtualClock()
    const deaf = (alias: string, ...more: Step[]) =>
      new ScriptedCandidate(alias, idempotent, clock, [{ wait: Infinity, deaf: true }, ...more])
    const [a, b] = [deaf('a'), new ScriptedCandidate('b', idempotent, clock)]
    const output = bound(idempotent, clock, [a, b], policies).call(request(idempotent.input))
    await clock.advance(1_000)
    expect(await output).toEqual(idempotent.output)
    expect(clock.notices).toMatchObject([
      {
        kind: 'candidate_failed',
        where: { integration: 'a' },
        cause: { code: 'timeout', where: { integration: 'a' } },
      },
    ])

    const both = [deaf('a'), deaf('b', {})]
    const later = bound(idempotent, clock, both, policies).call(request(idempotent.input))
    await clock.advance(3_000)
    expect(await later).toEqual(idempotent.output)
    expect(both.map(({ requests }) => requests.length)).toEqual([2, 2])
  })

  test('is not used after the time-out of a call that is not to be made twice', async () => {
    const clock = new VirtualClock()
    const unused = new ScriptedCandidate('b', once, clock)
    const candidates = [new ScriptedCandidate('a', once, clock, [{ wait: Infinity }]), unused]
    const error = errorOf(bound(once, clock, candidates, [timeout(1_000)]).call(request(once.input)))
    await clock.advance(1_000)
    expect(await error).toMatchObject({ code: 'timeout', where: { integration: 'a' } })
    expect(unused.requests).toHaveLength(0)
  })

  test('is not used for a call that is aborted', async () => {
    const clock = new VirtualClock()
    const caller = new AbortController()
    const [a, b] = [
      new ScriptedCandidate('a', idempotent, clock, [{ wait: 1_000 }]),
      new ScriptedCandidate('b', idempotent, clock),
    ]
    const error = errorOf(bound(idempotent, clock, [a, b], []).call(request(idempotent.input, caller.signal)))
    await clock.advance(500)
    caller.abort()
    expect((await error).code).toBe('aborted')
    expect(b.requests).toHaveLength(0)
  })

  test('takes the failure of an aborted call for its abort', async () => {
    const clock = new VirtualClock()
    const caller = new AbortController()
    const broke = broken()
    const a = new ScriptedCandidate('a', idempotent, clock, [{ before: () => caller.abort(), error: broke }])
    const b = new ScriptedCandidate('b', idempotent, clock)
    const error = await errorOf(bound(idempotent, clock, [a, b], []).call(request(idempotent.input, caller.signal)))
    expect(error).toMatchObject({ code: 'aborted', cause: broke })
    expect(b.requests).toHaveLength(0)
  })

  test('takes a stream to the next candidate before its first item', async () => {
    const clock = new VirtualClock()
    const [a, b] = [
      new ScriptedCandidate('a', streamed, clock, [{ error: rateLimited() }]),
      new ScriptedCandidate('b', streamed, clock),
    ]
    const result = await drain(bound(streamed, clock, [a, b], []).stream(request(streamed.input)))
    expect(result).toEqual({ items: streamed.items, output: streamed.output })
    expect([a.closed, b.closed]).toEqual([1, 1])
  })

  test('leaves a stream with its candidate after the first item', async () => {
    const clock = new VirtualClock()
    const error = rateLimited()
    const a = new ScriptedCandidate('a', streamed, clock, [{ items: streamed.items.slice(0, 1), error }])
    const b = new ScriptedCandidate('b', streamed, clock)
    const items: unknown[] = []
    expect(await errorOf(drain(bound(streamed, clock, [a, b], []).stream(request(streamed.input)), items))).toBe(error)
    expect(items).toEqual(streamed.items.slice(0, 1))
    expect(b.requests).toHaveLength(0)
  })

  test('tells of a stream for which none is left', async () => {
    const clock = new VirtualClock()
    const candidates = ['a', 'b'].map(
      (alias) => new ScriptedCandidate(alias, streamed, clock, [{ error: rateLimited() }]),
    )
    const error = await errorOf(drain(bound(streamed, clock, candidates, []).stream(request(streamed.input))))
    expect(error.code).toBe('failover_exhausted')
  })

  test('closes the stream of the candidate that its reader leaves', async () => {
    const clock = new VirtualClock()
    const [a, b] = [new ScriptedCandidate('a', streamed, clock), new ScriptedCandidate('b', streamed, clock)]
    const stream = bound(streamed, clock, [a, b], []).stream(request(streamed.input))
    await stream.next()
    await stream.return(undefined)
    expect([a.closed, b.closed]).toEqual([1, 0])
  })
})

describe.each([
  {
    name: 'writers',
    samples: ['ink', 'quill'].map((id) => writerSamples(z.object({ id: z.literal(id) }))),
    of: (index: number) => ({ model: { id: ['ink', 'quill', 'chalk'][index] }, prompt: 'a tale' }),
  },
  {
    name: 'collection',
    samples: [7, 8].map((number) => collectionSamples(z.object({ number: z.literal(number) }))),
    of: (index: number) => ({ piece: { number: [7, 8, 9][index] } }),
  },
])('failover between candidates with entities of their own, for $name', ({ samples, of }) => {
  const clock = new VirtualClock()
  const [own, other] = [samples[0]!.billable, samples[1]!.billable]
  const candidates = (error?: Error) => [
    new ScriptedCandidate('a', own, clock, [{ error }]),
    new ScriptedCandidate('b', other, clock, [{ error }]),
  ]

  test('skips the one that cannot take the entity, and says so', async () => {
    const [a, b] = candidates()
    expect(await bound(own, clock, [a!, b!], []).call(request(of(1)))).toEqual(other.output)
    expect(clock.notices.splice(0)).toMatchObject([{ kind: 'candidate_skipped', where: { integration: 'a' } }])
  })

  test('says in the error which one was skipped when the others failed', async () => {
    const error = await errorOf(bound(own, clock, candidates(rateLimited(100)), []).call(request(of(0))))
    expect(error).toMatchObject({ code: 'failover_exhausted', retryable: true, retryAfter: 100 })
    expect(error.message).toContain(
      "'a' failed with vendor_rate_limited (it failed); 'b' cannot take the input with input_invalid",
    )
  })

  test('throws the refusal of the first when all refuse the input', async () => {
    const [a, b] = candidates()
    const error = await errorOf(bound(own, clock, [a!, b!], []).call(request(of(2))))
    expect(error.code).toBe('input_invalid')
    expect(error.message).toContain("the input for 'a'")
    expect(b!.requests).toHaveLength(1)
  })
})
