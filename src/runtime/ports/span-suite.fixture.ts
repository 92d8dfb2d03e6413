import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import type { EndedSpan } from '../telemetry/span.ts'
import type { Store } from './store.ts'

const spanOf = (traceId: string, spanId: string, more: Partial<EndedSpan> = {}): EndedSpan => ({
  traceId,
  spanId,
  parentId: undefined,
  conversationId: undefined,
  name: spanId,
  kind: 'internal',
  startedAt: 1_700_000_000_000,
  duration: 1.5,
  attributes: {},
  events: [],
  error: undefined,
  ...more,
})

/** What every store promises of the spans that it keeps. `make` gives an empty one that goes by the clock. */
export function testSpans(name: string, make: (clock: VirtualClock) => Promise<Store>): void {
  const start = async () => {
    const clock = new VirtualClock()
    return Object.assign(await make(clock), { clock })
  }

  describe(`the spans in the ${name} store`, () => {
    it('come back by trace, in the order in which they began, with all that they were', async () => {
      await using store = await start()
      const root = spanOf('t1', 'root', { startedAt: 1000, duration: 20.25, kind: 'server' })
      const child = spanOf('t1', 'child', {
        parentId: 'root',
        conversationId: 'c1',
        startedAt: 1005,
        duration: 30,
        attributes: { 'a.text': 'x', list: ['y'], number: 1.5, yes: true },
        events: [{ name: 'happened', after: 2, attributes: { why: 'so' } }],
        error: { code: 'timeout', message: 'too late' },
      })
      await store.saveSpans([child])
      await store.saveSpans([])
      await store.saveSpans([root])
      const { items } = await store.listTraces({ limit: 10 })
      expect(items).toEqual([
        { id: 't1', startedAt: '1970-01-01T00:00:01.000Z', duration: 35, failed: true, spans: [root, child] },
      ])
    })

    it('are found by conversation, page by page, the newest first, each trace with all of its spans', async () => {
      await using store = await start()
      for (const trace of ['t1', 't2', 't3', 't4'])
        await store.saveSpans([
          spanOf(trace, `${trace}-webhook`),
          ...(trace === 't2' ? [] : [spanOf(trace, `${trace}-handler`, { conversationId: 'c1' })]),
        ])
      const first = await store.listTraces({ conversationId: 'c1', limit: 2 })
      expect(first.items.map(({ id, spans, failed }) => [id, spans.length, failed])).toEqual([
        ['t4', 2, false],
        ['t3', 2, false],
      ])
      await store.saveSpans([spanOf('t5', 's', { conversationId: 'c1' })])
      const second = await store.listTraces({ conversationId: 'c1', limit: 2, cursor: first.nextCursor })
      expect(second.items.map(({ id }) => id)).toEqual(['t1'])
      expect(second.nextCursor).toBeUndefined()
      expect((await store.listTraces({ limit: 10 })).items.map(({ id }) => id)).toEqual(['t5', 't4', 't3', 't2', 't1'])
      expect((await store.listTraces({ conversationId: 'c2', limit: 2 })).items).toEqual([])
    })

    it('are forgotten by age and by number', async () => {
      await using store = await start()
      const ids = async () => (await store.listTraces({ limit: 10 })).items.map(({ id }) => id)
      await store.saveSpans([spanOf('old', 's')])
      store.clock.set(store.clock.now() + 10_000)
      for (const trace of ['a', 'b', 'c']) await store.saveSpans([spanOf(trace, 's')])
      await store.forgetSpans(store.clock.now() - 20_000, 10)
      expect(await ids()).toEqual(['c', 'b', 'a', 'old'])
      await store.forgetSpans(store.clock.now(), 10)
      expect(await ids()).toEqual(['c', 'b', 'a'])
      await store.forgetSpans(0, 2)
      expect(await ids()).toEqual(['c', 'b'])
    })
  })
}
