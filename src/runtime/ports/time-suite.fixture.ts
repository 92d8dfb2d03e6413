import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { newId } from '../new-id.ts'
import type { Effects } from './lane-store.ts'
import type { Store } from './store.ts'

const nothing: Effects = { messages: [], events: [], states: [], tags: [] }
const heard = [{ owner: 'notes', name: 'draft' }]
const settle = { heard, limit: 100 }

/** What every store promises of what happens by the clock. `make` gives an empty one that goes by the clock. */
export function testTime(name: string, make: (clock: VirtualClock) => Promise<Store>): void {
  const start = async () => {
    const clock = new VirtualClock()
    const store = await make(clock)
    const room = { integration: 'desk', channel: 'room', identity: {}, tags: {} }
    const { id: conversation } = await store.getOrCreateConversation(room)
    await store.beat('me', 100_000)
    const draft = { owner: 'notes', name: 'draft', type: 'conversation', id: conversation, expiry: 1000, heard: true }
    const set = async (payload: unknown, given: object = {}) =>
      store.apply('notes', { ...nothing, states: [{ ...draft, payload, ...given }] })
    return Object.assign(store, { clock, conversation, draft, set })
  }

  describe(`the ${name} store, as time passes`, () => {
    it('tells when the next state expires, and what time it is', async () => {
      await using store = await start()
      const now = store.clock.now()
      expect(await store.lookAhead()).toEqual({ now, next: undefined })
      await store.set(1, { id: 'a', expiry: undefined })
      await store.set(1, { id: 'b', expiry: 3000 })
      await store.set(1, { id: 'c', expiry: 2000 })
      expect(await store.lookAhead()).toEqual({ now, next: now + 2000 })
    })

    it('puts a state that has expired into the lane of its conversation, once, with what it last held', async () => {
      await using store = await start()
      await store.set({ text: 'a' })
      await store.set({ text: 'b' })
      expect(await store.settleDue(settle)).toEqual([])
      await store.clock.advance(1000)
      const lanes = (await Promise.all([store.settleDue(settle), store.settleDue(settle)])).flat()
      expect(lanes).toEqual([`in ${store.conversation}`])
      const item = await store.nextInbox(lanes[0]!)
      expect(item).toMatchObject({
        origin: 'notes',
        sequence: 1,
        record: { kind: 'state', state: { name: 'draft', id: store.conversation, payload: { text: 'b' } } },
      })
      expect(await store.waitingLanes()).toEqual(lanes)
      expect((await store.lookAhead()).next).toBeUndefined()
    })

    it('lets a state live on that is set again, and tells one that is set again too late', async () => {
      await using store = await start()
      await store.set('first')
      await store.clock.advance(900)
      await store.set('second')
      await store.clock.advance(900)
      expect(await store.settleDue(settle)).toEqual([])
      await store.clock.advance(100)
      expect(await store.set('third')).toEqual([`in ${store.conversation}`])
      expect(await store.nextInbox(`in ${store.conversation}`)).toMatchObject({
        record: { state: { payload: 'second' } },
      })
      expect(await store.getState(store.draft)).toMatchObject({ payload: 'third' })
      expect(await store.settleDue(settle)).toEqual([])
    })

    it('gives a state that belongs to no conversation a lane of its own, and one that nobody hears none', async () => {
      await using store = await start()
      await store.set(1, { type: 'user', id: 'u' })
      await store.set(2, { type: 'bot', id: '' })
      await store.set(3, { name: 'other' })
      await store.clock.advance(1000)
      const lanes = await store.settleDue(settle)
      expect(new Set(lanes).size).toBe(2)
      const items = await Promise.all(lanes.map((lane) => store.nextInbox(lane)))
      expect(items.map((item) => item?.record)).toMatchObject([
        { state: { type: 'user', id: 'u', payload: 1 } },
        { state: { type: 'bot', id: '', payload: 2 } },
      ])
      expect(await store.lookAhead()).toMatchObject({ next: undefined })
    })

    it('does at most so much at once', async () => {
      await using store = await start()
      for (const id of ['a', 'b', 'c']) await store.set(id, { id, type: 'user' })
      await store.clock.advance(1000)
      expect(await store.settleDue({ heard, limit: 2 })).toHaveLength(2)
      expect(await store.settleDue({ heard, limit: 2 })).toHaveLength(1)
    })

    it('keeps several things apart that wait for a conversation which it does not know', async () => {
      await using store = await start()
      for (const [index, expiry] of [500, 600, 700].entries())
        await store.set(index, { id: 'nowhere', name: `n${index}`, expiry })
      const all = { heard: [0, 1, 2].map((index) => ({ owner: 'notes', name: `n${index}` })), limit: 2 }
      await store.clock.advance(1000)
      await store.settleDue(all)
      const [lane = ''] = await store.settleDue(all)
      const claim = (await store.claim(lane, 'me'))!
      const seen: unknown[] = []
      for (let item = await store.nextInbox(lane); item; item = await store.nextInbox(lane)) {
        seen.push((item.record as { state: { payload: unknown } }).state.payload)
        await store.finishInbox(claim, item)
      }
      expect(seen).toEqual([0, 1, 2])
    })

    it('puts what failed back, a state as it was', async () => {
      await using store = await start()
      await store.set('gone')
      await store.clock.advance(1000)
      const [lane = ''] = await store.settleDue(settle)
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      await store.abandonHandler(claim, item, 'notes.0', { code: 'handler_failed', message: 'no' })
      await store.finishInbox(claim, item)
      const [letter] = (await store.listDeadLetters({ limit: 1 })).items
      expect(await store.retryDeadLetter(letter!.id)).toEqual([lane])
      const again = await store.nextInbox(lane)
      expect(again).toMatchObject({ only: 'notes.0', record: item.record })
    })

    it('lets a slot of a schedule happen once, whoever comes first, and knows the last one', async () => {
      await using store = await start()
      const schedule = { owner: 'bot', name: 'daily', cron: '0 9 * * *' }
      const [since = 0] = await store.beginSchedules([schedule])
      expect(since).toBe(store.clock.now())
      const slot = since + 5000
      const eventOf = (id: string) => ({ id, type: 'bot:rang', payload: {}, createdAt: new Date(since).toISOString() })
      const fired = await Promise.all(['a', 'b', 'c'].map((id) => store.fireSchedule(schedule, slot, eventOf(id))))
      const lanes = fired.find((one) => one !== undefined)
      expect(fired.filter((one) => one !== undefined)).toHaveLength(1)
      expect(await store.waitingLanes()).toEqual(lanes)
      expect((await store.listEvents({ limit: 9 })).items).toHaveLength(1)
      await store.clock.advance(60_000)
      expect(await store.beginSchedules([schedule])).toEqual([slot])
      expect(await store.fireSchedule({ ...schedule, name: 'other' }, slot, eventOf('d'))).toHaveLength(1)
    })

    it('takes a schedule that was changed, or is back after it was gone, for a new one', async () => {
      await using store = await start()
      const daily = { owner: 'bot', name: 'daily', cron: '0 9 * * *' }
      const hourly = { owner: 'bot', name: 'hourly', cron: '0 * * * *' }
      const [since = 0] = await store.beginSchedules([daily, hourly])
      await store.clock.advance(1000)
      expect(await store.beginSchedules([{ ...daily, cron: '0 8 * * *' }, hourly])).toEqual([since + 1000, since])
      await store.beginSchedules([hourly])
      await store.clock.advance(1000)
      expect(await store.beginSchedules([daily, hourly])).toEqual([since + 2000, since])
      expect(await store.beginSchedules([])).toEqual([])
    })

    it('forgets old deliveries and events in batches, but none that waits for its handlers', async () => {
      await using store = await start()
      const retention = 30_000
      const eventOf = (id: string) => ({ id, type: 'desk:rang', payload: {}, createdAt: '2026-01-01T00:00:00.000Z' })
      const receive = async (key: string) => {
        const id = newId(store.clock.now())
        const given = { key, origin: 'desk', messages: [], states: [], events: [eventOf(id)] }
        const [lane = ''] = (await store.receive(given)) ?? []
        return { id, lane }
      }
      const finish = async ({ lane }: { lane: string }) => {
        const claim = (await store.claim(lane, 'me'))!
        await store.finishInbox(claim, (await store.nextInbox(lane))!)
      }
      const old = [await receive('a'), await receive('b'), await receive('c')]
      for (const one of old) await finish(one)
      const waiting = await receive('d')
      await store.clock.advance(retention + 1)
      const young = await receive('e')
      await finish(young)
      expect(await store.prune({ retention, limit: 2 })).toBe(true)
      while (await store.prune({ retention, limit: 2 }));
      expect((await store.listEvents({ limit: 9 })).items.map(({ id }) => id)).toEqual([waiting.id, young.id])
      const known = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => store.hasDelivery(key)))
      expect(known).toEqual([false, false, false, false, true])
      expect(await store.nextInbox(waiting.lane)).toMatchObject({ record: { event: { id: waiting.id } } })
    })

    it('puts an event back with its dead letter that was so old that it was forgotten', async () => {
      await using store = await start()
      const id = newId(store.clock.now())
      const event = { id, type: 'desk:rang', payload: { times: 1 }, createdAt: '2026-01-01T00:00:00.000Z' }
      const [lane = ''] = (await store.receive({
        key: undefined,
        origin: 'desk',
        messages: [],
        states: [],
        events: [event],
      }))!
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      for (const handler of ['bot.0', 'bot.1'])
        await store.abandonHandler(claim, item, handler, { code: 'handler_failed', message: 'no' })
      await store.finishInbox(claim, item)
      await store.clock.advance(2000)
      await store.prune({ retention: 1000, limit: 9 })
      expect((await store.listEvents({ limit: 9 })).items).toEqual([])
      for (const letter of (await store.listDeadLetters({ limit: 9 })).items) await store.retryDeadLetter(letter.id)
      expect(await store.nextInbox(lane)).toMatchObject({ only: 'bot.0', record: { event } })
    })
  })
}
