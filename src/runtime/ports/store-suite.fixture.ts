import { describe, expect, it } from 'vitest'
import type { Event, Message } from '../../implementation/records.ts'
import type { Effects, InboxItem, OutboxItem } from './lane-store.ts'
import type { Store } from './store.ts'
import type { UserRequest } from './record-store.ts'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { testBindings } from './binding-suite.fixture.ts'
import { testFiles } from './file-suite.fixture.ts'
import { testRows } from './row-suite.fixture.ts'
import { testSecrets } from './secret-suite.fixture.ts'
import { testSpans } from './span-suite.fixture.ts'
import { testWorkflows } from './workflow-suite.fixture.ts'
import { testTime } from './time-suite.fixture.ts'

const nothing: Effects = { messages: [], events: [], states: [], tags: [] }
const ada: UserRequest = { owner: 'desk', identity: { id: '1' }, tags: { id: '1', mood: 'glad' } }
const room = { integration: 'desk', channel: 'room', identity: { room: '1' }, tags: { room: '1' } }
const delivery = { key: undefined, origin: 'desk', messages: [], events: [], states: [] }
const state = { owner: 'desk', name: 'session', type: 'integration', id: '' }

const messageOf = (conversationId: string, id: string, direction: Message['direction'] = 'incoming'): Message => ({
  id,
  conversationId,
  userId: 'u',
  direction,
  type: 'text',
  payload: { text: id },
  tags: {},
  createdAt: '2026-01-01T00:00:00.000Z',
})
const eventOf = (id: string, conversationId?: string): Event => ({
  id,
  type: 'desk:rang',
  payload: {},
  ...(conversationId !== undefined && { conversationId }),
  createdAt: '2026-01-01T00:00:00.000Z',
})

type Team = { alias: string; integration: string }

/** What every store promises. `make` gives an empty one that goes by the clock. */
export function testStore(name: string, make: (clock: VirtualClock) => Promise<Store>): void {
  const start = async () => {
    const clock = new VirtualClock()
    const store = await make(clock)
    const conversation = await store.getOrCreateConversation(room)
    await store.beat('me', 10_000)
    return Object.assign(store, { clock, in: conversation.id })
  }
  const idsOf = async (store: Store, conversationId: string, unsent = true): Promise<string[]> =>
    (await store.listMessages({ conversationId, unsent, limit: 100 })).items.map(({ id }) => id)

  describe(`the ${name} store`, () => {
    it('gives the same user and conversation for the same identity, also to two who ask at once', async () => {
      await using store = await start()
      const users = await Promise.all([1, 2, 3].map(() => store.getOrCreateUser(ada)))
      expect(new Set(users.map(({ id }) => id)).size).toBe(1)
      expect(await store.getUser(users[0]?.id ?? '')).toEqual(users[0])
      expect(await store.getUser(users[0]?.id ?? '', ['other', 'desk'])).toEqual(users[0])
      expect(await store.getUser(users[0]?.id ?? '', ['other'])).toBeUndefined()
      expect((await store.getOrCreateUser({ ...ada, owner: 'other' })).id).not.toBe(users[0]?.id)
      expect((await store.getOrCreateConversation(room)).id).toBe(store.in)
      expect((await store.getOrCreateConversation({ ...room, channel: 'hall' })).id).not.toBe(store.in)
      expect(await store.getUser('nobody')).toBeUndefined()
      expect(await store.getConversation('none')).toBeUndefined()
    })

    it('changes tags one by one, and finds by what they are now', async () => {
      await using store = await start()
      const { id } = await store.getOrCreateUser(ada)
      await store.changeTags({ kind: 'user', id, tags: { mood: undefined, id: '2' }, name: 'Ada' })
      expect(await store.getUser(id)).toMatchObject({ id, name: 'Ada', tags: { id: '2' } })
      expect((await store.getOrCreateUser({ ...ada, identity: { id: '2' } })).id).toBe(id)
      await store.changeTags({ kind: 'conversation', id: store.in, tags: { topic: 'tea' } })
      const filter = { integration: 'desk', limit: 10 }
      expect((await store.listConversations({ ...filter, tags: { topic: 'tea' } })).items).toHaveLength(1)
      expect((await store.listConversations({ ...filter, tags: { topic: 'rum' } })).items).toEqual([])
      await store.changeTags({ kind: 'user', id: 'nobody', tags: { a: 'b' } })
    })

    it('keeps no text that another store cannot keep', async () => {
      await using store = await start()
      const tags = { id: '1', nick: 'a\0b' }
      const refused = store.getOrCreateUser({ ...ada, identity: { id: '1' }, tags })
      await expect(refused).rejects.toMatchObject({ code: 'payload_invalid', retryable: false })
      expect((await store.listUsers({ owner: ada.owner, limit: 10 })).items).toEqual([])
    })

    it('keeps a state until it expires', async () => {
      await using store = await start()
      const expiresAt = store.clock.now() + 1000
      await store.apply('desk', { ...nothing, states: [{ ...state, payload: { a: 1 }, expiry: 1000 }] })
      expect(await store.getState(state)).toEqual({ payload: { a: 1 }, expiresAt })
      for (const other of [{ owner: 'x' }, { name: 'x' }, { type: 'x' }, { id: 'x' }])
        expect(await store.getState({ ...state, ...other })).toBeUndefined()
      await store.clock.advance(1000)
      expect(await store.getState(state)).toBeUndefined()
    })

    it('writes some fields of a state over what is there by then, whoever writes others at the same time', async () => {
      await using store = await start()
      const write = (payload: object, fields?: readonly string[]) =>
        store.apply('desk', { ...nothing, states: [{ ...state, payload, fields, expiry: undefined }] })
      await write({ a: 0, b: 0, c: 0, d: 0 })
      await Promise.all(['a', 'b', 'c'].map((field) => write({ a: 9, b: 9, c: 9, d: 9, [field]: 1 }, [field])))
      expect(await store.getState(state)).toMatchObject({ payload: { a: 1, b: 1, c: 1, d: 0 } })
      await write({ a: undefined, b: 2 }, ['a', 'b'])
      expect(await store.getState(state)).toMatchObject({ payload: { b: 2, c: 1, d: 0 } })
      await store.apply('desk', { ...nothing, states: [{ ...state, payload: { a: 1 }, expiry: 1000 }] })
      await store.clock.advance(1000)
      await write({ b: 3, c: 4 }, ['b'])
      expect(await store.getState(state)).toMatchObject({ payload: { b: 3, c: 4 } })
    })

    it('stores a delivery once, with everything that it brings', async () => {
      await using store = await start()
      const given = {
        ...delivery,
        key: 'k',
        messages: [messageOf(store.in, 'm1')],
        states: [{ ...state, payload: 1, expiry: undefined }],
      }
      expect(await store.hasDelivery('k')).toBe(false)
      const lanes = await Promise.all([store.receive(given), store.receive(given)])
      expect(lanes.filter((one) => one !== undefined)).toHaveLength(1)
      expect(await store.hasDelivery('k')).toBe(true)
      expect(await idsOf(store, store.in)).toEqual(['m1'])
      expect(await store.getState(state)).toMatchObject({ payload: 1 })
    })

    it('gives the items of a lane one by one in the order in which they came, each until it is finished', async () => {
      await using store = await start()
      const messages = ['m1', 'm2'].map((id) => messageOf(store.in, id))
      const lanes = await store.receive({ ...delivery, messages, events: [eventOf('e1', store.in), eventOf('e2')] })
      expect(lanes).toHaveLength(2)
      expect((await store.waitingLanes()).toSorted()).toEqual(lanes?.toSorted())
      const [lane = '', alone = ''] = lanes ?? []
      const seen: [string, number][] = []
      const claim = (await store.claim(lane, 'me'))!
      for (let item = await store.nextInbox(lane); item; item = await store.nextInbox(lane)) {
        expect(await store.nextInbox(lane)).toMatchObject({ id: item.id })
        seen.push([item.id, item.sequence])
        await store.finishInbox(claim, item)
      }
      expect(seen).toEqual([
        ['m1', 1],
        ['m2', 2],
        ['e1', 3],
      ])
      expect(await store.nextInbox(alone)).toMatchObject({ id: 'e2', sequence: 1, origin: 'desk' })
      expect(await store.waitingLanes()).toEqual([alone])
    })

    it('notes which handlers are finished, with what they did', async () => {
      await using store = await start()
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      const effects = { ...nothing, messages: [messageOf(store.in, 'o1', 'outgoing')], events: [eventOf('e1')] }
      const woken = await store.finishHandler(claim, item, 'bot.0', 'bot', effects)
      expect(woken).toHaveLength(2)
      expect((await store.nextInbox(lane))?.finished).toEqual(['bot.0'])
      const outboxes = await Promise.all(woken.map((one) => store.nextOutbox(one)))
      expect(outboxes.filter(Boolean)).toMatchObject([{ id: 'o1', message: { direction: 'outgoing' } }])
    })

    it('lets one living worker have a lane, and another one once that is dead, which then shuts the first one out', async () => {
      await using store = await start()
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      await store.beat('other', 5000)
      const first = (await store.claim(lane, 'me'))!
      expect(first.claims).toBe(1)
      expect(await store.claim(lane, 'other')).toBeUndefined()
      expect(await store.holds(first)).toBe(true)
      expect(await store.waitingLanes()).toEqual([])
      await store.clock.advance(10_000)
      await store.beat('other', 5000)
      expect(await store.waitingLanes()).toEqual([lane])
      const second = (await store.claim(lane, 'other'))!
      expect(second.claims).toBe(2)
      expect([await store.holds(first), await store.holds(second)]).toEqual([false, true])
      const item = (await store.nextInbox(lane))!
      const lost = { code: 'lease_lost' }
      const effects = { ...nothing, messages: [messageOf(store.in, 'o1', 'outgoing')] }
      await expect(store.finishHandler(first, item, 'bot.0', 'bot', effects)).rejects.toMatchObject(lost)
      await expect(store.retryHandler(first, item, 1, 0)).rejects.toMatchObject(lost)
      await expect(store.saveStep(first, item.id, 'bot.0', 'pay', 1)).rejects.toMatchObject(lost)
      await expect(store.finishInbox(first, item)).rejects.toMatchObject(lost)
      expect(await store.release(first)).toBe(false)
      expect(await idsOf(store, store.in)).toEqual(['m1'])
      await store.finishInbox(second, item)
      expect(await store.release(second)).toBe(false)
      expect(await store.claim(lane, 'me')).toMatchObject({ claims: 1 })
    })

    it('takes a lane with what comes first in it, and who said it where', async () => {
      await using store = await start()
      const user = await store.getOrCreateUser({ ...ada, name: 'Ada' })
      const message = { ...messageOf(store.in, 'm1'), userId: user.id, tags: { id: '7' } }
      const [lane = ''] = (await store.receive({ ...delivery, messages: [message] })) ?? []
      expect(await store.take(lane, 'me')).toEqual({
        claim: { lane, token: expect.any(String), claims: 1 },
        next: { item: await store.nextInbox(lane), conversation: await store.getConversation(store.in), user },
      })
      const effects = { ...nothing, messages: [{ ...message, id: 'o1', direction: 'outgoing' as const }] }
      const [out = ''] = await store.apply('bot', effects)
      expect((await store.take(out, 'me'))?.next).toEqual({
        item: await store.nextOutbox(out),
        conversation: await store.getConversation(store.in),
        user,
      })
      await store.beat('other', 5000)
      expect(await store.take(lane, 'other')).toBeUndefined()
      const [own = ''] = (await store.receive({ ...delivery, events: [eventOf('e1')] })) ?? []
      expect(await store.take(own, 'me')).toMatchObject({ next: { item: { record: { event: { id: 'e1' } } } } })
      expect((await store.take('in nothing', 'me'))?.next).toBeUndefined()
    })

    it('goes on with what comes next in a lane, and gives it free when nothing does', async () => {
      await using store = await start()
      const messages = ['m1', 'm2', 'm3'].map((id) => messageOf(store.in, id))
      const [lane = ''] = (await store.receive({ ...delivery, messages })) ?? []
      const { claim, next } = (await store.take(lane, 'me'))!
      const second = await store.finishInbox(claim, next!.item as InboxItem)
      expect(second).toMatchObject({ free: false, next: { item: { id: 'm2' } } })
      const effects = { ...nothing, messages: [messageOf(store.in, 'o1', 'outgoing')] }
      const third = await store.finishLastHandler(claim, second.next!.item as InboxItem, 'bot', effects)
      expect(third).toMatchObject({ free: false, woken: [`out ${store.in}`], next: { item: { id: 'm3' } } })
      expect(await store.holds(claim)).toBe(true)
      const nothingLeft = { free: true, next: undefined, woken: [] }
      expect(await store.finishLastHandler(claim, third.next!.item as InboxItem, 'bot', nothing)).toEqual(nothingLeft)
      expect(await store.holds(claim)).toBe(false)
      const out = (await store.take(`out ${store.in}`, 'me'))!
      const item = out.next!.item as OutboxItem
      expect(await store.finishOutbox(out.claim, item, item.message)).toEqual({ free: true, next: undefined })
      expect(await store.waitingLanes()).toEqual([])
      await expect(store.finishLastHandler(claim, next!.item as InboxItem, 'bot', effects)).rejects.toMatchObject({
        code: 'lease_lost',
      })
      expect(await idsOf(store, store.in)).toEqual(['m1', 'm2', 'm3', 'o1'])
    })

    it('leaves tags alone that were changed while a message was sent, unless the channel has given it some', async () => {
      await using store = await start()
      const messages = ['o1', 'o2'].map((id) => messageOf(store.in, id, 'outgoing'))
      const [lane = ''] = await store.apply('bot', { ...nothing, messages })
      const { claim, next } = (await store.take(lane, 'me'))!
      await store.changeTags({ kind: 'message', id: 'o1', tags: { read: 'yes' } })
      const first = next!.item as OutboxItem
      const second = (await store.finishOutbox(claim, first, first.message)).next!.item as OutboxItem
      await store.finishOutbox(claim, second, { ...second.message, tags: { id: '9' } })
      const find = async (tags: object) =>
        (await store.listMessages({ conversationId: store.in, unsent: false, limit: 9, tags: { ...tags } })).items
      expect(await find({ read: 'yes' })).toMatchObject([{ id: 'o1', tags: { read: 'yes' } }])
      expect(await find({ id: '9' })).toMatchObject([{ id: 'o2', tags: { id: '9' } }])
    })

    it('does not count against a lane that its worker comes back for it', async () => {
      await using store = await start()
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      await store.claim(lane, 'me')
      expect(await store.claim(lane, 'me')).toMatchObject({ claims: 1 })
    })

    it('takes a worker that has left for dead at once', async () => {
      await using store = await start()
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      await store.claim(lane, 'me')
      await store.leave('me')
      expect(await store.claim(lane, 'other')).toBeDefined()
    })

    it('tells when a lane is given free whether something has come meanwhile', async () => {
      await using store = await start()
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      const claim = (await store.claim(lane, 'me'))!
      await store.finishInbox(claim, (await store.nextInbox(lane))!)
      await store.receive({ ...delivery, messages: [messageOf(store.in, 'm2')] })
      expect(await store.release(claim)).toBe(true)
    })

    it('keeps an attempt that failed until its time, and counts it', async () => {
      await using store = await start()
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      const notBefore = store.clock.now() + 1000
      await store.retryHandler(claim, item, 1, notBefore)
      await store.release(claim)
      expect(await store.nextInbox(lane)).toMatchObject({ attempts: 1, notBefore })
      expect(await store.waitingLanes()).toEqual([])
      await store.clock.advance(1000)
      expect(await store.waitingLanes()).toEqual([lane])
    })

    it('keeps the results of steps until their handler is finished', async () => {
      await using store = await start()
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      expect(await store.getStep(item.id, 'bot.0', 'pay')).toBeUndefined()
      await store.saveStep(claim, item.id, 'bot.0', 'pay', { receipt: 7 })
      await store.saveStep(claim, item.id, 'bot.0', 'tell', undefined)
      expect(await store.getStep(item.id, 'bot.0', 'pay')).toEqual({ result: { receipt: 7 } })
      expect(await store.getStep(item.id, 'bot.0', 'tell')).toEqual({ result: undefined })
      expect(await store.getStep(item.id, 'bot.1', 'pay')).toBeUndefined()
      await store.finishHandler(claim, item, 'bot.0', 'bot', nothing)
      expect(await store.getStep(item.id, 'bot.0', 'pay')).toBeUndefined()
    })

    it('keeps what waits to be sent out of the history that platforms see, until it was sent or stopped', async () => {
      await using store = await start()
      const messages = ['o1', 'o2'].map((id) => messageOf(store.in, id, 'outgoing'))
      const [lane = ''] = await store.apply('bot', { ...nothing, messages })
      expect(await idsOf(store, store.in)).toEqual(['o1', 'o2'])
      expect(await idsOf(store, store.in, false)).toEqual([])
      const claim = (await store.claim(lane, 'me'))!
      const first = (await store.nextOutbox(lane))!
      await store.finishOutbox(claim, first, { ...first.message, payload: { text: 'changed' }, tags: { id: '9' } })
      expect(await store.getMessage('o1')).toMatchObject({ payload: { text: 'changed' }, tags: { id: '9' } })
      expect(await idsOf(store, store.in, false)).toEqual(['o1'])
      const second = (await store.nextOutbox(lane))!
      expect(second.id).toBe('o2')
      await store.finishOutbox(claim, second, undefined)
      expect(await store.nextOutbox(lane)).toBeUndefined()
      expect(await store.getMessage('o2')).toBeUndefined()
      expect(await idsOf(store, store.in)).toEqual(['o1'])
    })

    it('lists page by page, and goes on where it was when more has come', async () => {
      await using store = await start()
      const add = (id: string) => store.receive({ ...delivery, messages: [messageOf(store.in, id)] })
      for (const id of ['a', 'b', 'c']) await add(id)
      const filter = { conversationId: store.in, unsent: true, limit: 2 }
      const first = await store.listMessages(filter)
      expect(first.items.map(({ id }) => id)).toEqual(['a', 'b'])
      await add('d')
      const second = await store.listMessages({ ...filter, cursor: first.nextCursor })
      expect(second.items.map(({ id }) => id)).toEqual(['c', 'd'])
      expect(second.nextCursor).toBeUndefined()
    })

    it('keeps what was sent from being sent again while its hooks are to run', async () => {
      await using store = await start()
      const [lane = ''] = await store.apply('bot', { ...nothing, messages: [messageOf(store.in, 'o1', 'outgoing')] })
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextOutbox(lane))!
      await store.beginOutbox(claim, item)
      expect((await store.nextOutbox(lane))?.state).toBe('sending')
      await store.sendOutbox(claim, item, { ...item.message, payload: { text: 'sent' } })
      const sent = (await store.nextOutbox(lane))!
      expect(sent).toMatchObject({ state: 'sent', message: { payload: { text: 'sent' } } })
      expect(await idsOf(store, store.in, false)).toEqual(['o1'])
      await store.abandonOutbox(claim, sent, 'hooks', { code: 'handler_failed', message: 'no' })
      expect(await idsOf(store, store.in, false)).toEqual(['o1'])
      const [letter] = (await store.listDeadLetters({ limit: 10 })).items
      expect(await store.retryDeadLetter(letter!.id)).toEqual([lane])
      expect(await store.nextOutbox(lane)).toMatchObject({ id: 'o1', state: 'sent' })
    })

    it('keeps what failed, and puts it back into its lane behind what waits', async () => {
      await using store = await start()
      const messages = ['m1', 'm2'].map((id) => messageOf(store.in, id))
      const [lane = ''] = (await store.receive({ ...delivery, messages })) ?? []
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      await store.abandonHandler(claim, item, 'bot.1', { code: 'handler_failed', message: 'no' })
      await store.finishInbox(claim, item)
      const { items } = await store.listDeadLetters({ limit: 10 })
      expect(items).toMatchObject([
        { lane, handler: 'bot.1', code: 'handler_failed', message: 'no', item: { id: 'm1' } },
      ])
      expect(await store.retryDeadLetter(items[0]!.id)).toEqual([lane])
      expect((await store.listDeadLetters({ limit: 10 })).items).toEqual([])
      expect(await store.nextInbox(lane)).toMatchObject({ id: 'm2' })
      await store.finishInbox(claim, (await store.nextInbox(lane))!)
      expect(await store.nextInbox(lane)).toMatchObject({
        only: 'bot.1',
        finished: [],
        record: { message: { id: 'm1' } },
      })
      await expect(store.retryDeadLetter(items[0]!.id)).rejects.toMatchObject({ code: 'dead_letter_unknown' })
    })

    it('takes a message that cannot be sent out of the history, and sends it when it is put back', async () => {
      await using store = await start()
      const [lane = ''] = await store.apply('bot', { ...nothing, messages: [messageOf(store.in, 'o1', 'outgoing')] })
      const claim = (await store.claim(lane, 'me'))!
      await store.abandonOutbox(claim, (await store.nextOutbox(lane))!, 'channel', {
        code: 'vendor_failed',
        message: 'no',
      })
      expect(await idsOf(store, store.in)).toEqual([])
      const [letter] = (await store.listDeadLetters({ limit: 10 })).items
      await store.retryDeadLetter(letter!.id)
      expect(await store.nextOutbox(lane)).toMatchObject({ id: 'o1', state: 'waiting', attempts: 0 })
    })

    it('tells how much waits, and for how long', async () => {
      await using store = await start()
      expect(await store.backlog()).toEqual({
        inbox: { waiting: 0, oldest: 0 },
        outbox: { waiting: 0, oldest: 0 },
        deadLetters: 0,
      })
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      await store.apply('bot', { ...nothing, messages: [messageOf(store.in, 'o1', 'outgoing')] })
      store.clock.set(store.clock.now() + 3000)
      await store.receive({ ...delivery, messages: [messageOf(store.in, 'm2')] })
      expect(await store.backlog()).toEqual({
        inbox: { waiting: 2, oldest: 3000 },
        outbox: { waiting: 1, oldest: 3000 },
        deadLetters: 0,
      })
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      await store.abandonHandler(claim, item, 'bot.1', { code: 'handler_failed', message: 'no' })
      await store.finishInbox(claim, item)
      expect(await store.backlog()).toMatchObject({ inbox: { waiting: 1, oldest: 0 }, deadLetters: 1 })
    })

    it('keeps what is done about a failure together with what failed', async () => {
      await using store = await start()
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')] })) ?? []
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      const effects = { ...nothing, messages: [messageOf(store.in, 'o1', 'outgoing')] }
      const failure = { code: 'handler_failed', message: 'no' }
      const [out = ''] = await store.abandonHandler(claim, item, 'bot.1', failure, effects)
      expect(await store.nextOutbox(out)).toMatchObject({ id: 'o1' })
      expect((await store.listDeadLetters({ limit: 9 })).items).toMatchObject([{ handler: 'bot.1' }])
      expect((await store.nextInbox(lane))?.finished).toEqual(['bot.1'])
      await store.release(claim)
      // Whoever has lost the lane does nothing about it either.
      await expect(store.abandonHandler(claim, item, 'bot.2', failure, effects)).rejects.toMatchObject({
        code: 'lease_lost',
      })
    })

    it('keeps what work goes on from with what waits, also where a dead letter is tried again', async () => {
      await using store = await start()
      const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
      const [lane = ''] = (await store.receive({ ...delivery, messages: [messageOf(store.in, 'm1')], trace })) ?? []
      const claim = (await store.claim(lane, 'me'))!
      const item = (await store.nextInbox(lane))!
      expect(item.trace).toBe(trace)
      const effects = { ...nothing, messages: [messageOf(store.in, 'o1', 'outgoing')], trace }
      const [out = ''] = await store.finishHandler(claim, item, 'bot.1', 'bot', effects)
      expect((await store.nextOutbox(out))?.trace).toBe(trace)
      await store.abandonHandler(claim, item, 'bot.2', { code: 'handler_failed', message: 'no' })
      await store.finishInbox(claim, item)
      await store.retryDeadLetter((await store.listDeadLetters({ limit: 1 })).items[0]!.id)
      expect((await store.nextInbox(lane))?.trace).toBe(trace)
    })

    it('lists users by their tags and owner, the oldest first, page by page', async () => {
      await using store = await start()
      const make = (owner: string, id: string, mood: string) =>
        store.getOrCreateUser({ owner, identity: { id }, tags: { id, mood } })
      const users = [await make('desk', '1', 'glad'), await make('desk', '2', 'sad'), await make('shop', '1', 'glad')]
      await make('bot', '1', 'glad')
      const ids = users.map(({ id }) => id)
      const list = async (filter: object) => (await store.listUsers({ limit: 9, ...filter })).items.map(({ id }) => id)
      expect(await list({})).toEqual(ids)
      expect(await list({ owner: 'desk' })).toEqual(ids.slice(0, 2))
      expect(await list({ tags: { mood: 'glad' } })).toEqual([ids[0], ids[2]])
      expect(await list({ owner: 'desk', tags: { mood: 'glad', id: '1' } })).toEqual([ids[0]])
      const first = await store.listUsers({ limit: 2 })
      expect(await list({ cursor: first.nextCursor })).toEqual([ids[2]])
    })

    it('lists events, and messages by their tags', async () => {
      await using store = await start()
      const tagged = { ...messageOf(store.in, 'm1'), tags: { id: '7' } }
      await store.receive({
        ...delivery,
        messages: [tagged, messageOf(store.in, 'm2')],
        events: [eventOf('e1', store.in), eventOf('e2')],
      })
      const first = await store.listEvents({ limit: 1 })
      expect(first.items.map(({ id }) => id)).toEqual(['e1'])
      expect((await store.listEvents({ limit: 1, cursor: first.nextCursor })).items.map(({ id }) => id)).toEqual(['e2'])
      expect((await store.listEvents({ limit: 9, conversationId: store.in })).items).toHaveLength(1)
      expect((await store.listEvents({ limit: 9, type: 'desk:left' })).items).toEqual([])
      const wrong = store.listMessages({ conversationId: store.in, unsent: true, limit: 9, cursor: 'x' })
      await expect(wrong).rejects.toMatchObject({ code: 'cursor_invalid' })
      const filter = { conversationId: store.in, unsent: false, limit: 9, tags: { id: '7' } }
      expect((await store.listMessages(filter)).items.map(({ id }) => id)).toEqual(['m1'])
    })

    it('knows installations by their identifiers, each of which one of an integration has', async () => {
      await using store = await start()
      const [red, blue] = ['red', 'blue'].map((alias) => ({ alias, integration: 'teams' })) as [Team, Team]
      await store.identify(red, 'T1', undefined)
      await store.identify(red, 'T1', undefined)
      await expect(store.identify(blue, 'T1', undefined)).rejects.toMatchObject({ code: 'identifier_taken' })
      await store.identify({ alias: 'green', integration: 'rooms' }, 'T1', undefined)
      await store.identify(blue, 'T2', undefined)
      // What is refused changes nothing.
      await expect(store.identify(blue, 'T1', undefined)).rejects.toMatchObject({ code: 'identifier_taken' })
      expect(await store.findIdentified('teams', 'T1')).toBe('red')
      expect(await store.findIdentified('teams', 'T2')).toBe('blue')
      expect(await store.findIdentified('rooms', 'T1')).toBe('green')
      await store.identify(red, 'T3', undefined)
      expect(await store.findIdentified('teams', 'T1')).toBeUndefined()
      const asked = await Promise.allSettled([
        store.identify(red, 'T4', undefined),
        store.identify(blue, 'T4', undefined),
      ])
      expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const claim = (await store.claim('register red', 'me'))!
      const lost = { ...claim, token: 'none' }
      await expect(store.identify(red, 'T5', lost)).rejects.toMatchObject({ code: 'lease_lost' })
      await store.identify(red, 'T5', claim)
      await store.removeInstallation(claim, 'red')
      expect(await store.findIdentified('teams', 'T5')).toBeUndefined()
    })

    it('gives a step of giving access to one who asks for it, and not for ever', async () => {
      await using store = await start()
      const flow = { id: 'h1', kind: 'state', alias: 'desk', browser: 'h2' } as const
      await store.putFlow(flow, 1000)
      expect(await store.takeFlow('h1', 'link')).toBeUndefined()
      const taken = await Promise.all([1, 2, 3].map(() => store.takeFlow('h1', 'state')))
      expect(taken.filter((one) => one !== undefined)).toEqual([flow])
      const link = { id: 'h3', kind: 'link', alias: 'desk', browser: undefined } as const
      await store.putFlow(link, 1000)
      await store.putFlow(flow, 2000)
      await store.clock.advance(1000)
      expect(await store.takeFlow('h3', 'link')).toBeUndefined()
      expect(await store.takeFlow('h1', 'state')).toEqual(flow)
    })

    it('keeps what is known of installations, as far as the claim holds', async () => {
      await using store = await start()
      const claim = (await store.claim('register desk', 'me'))!
      const installation = {
        alias: 'desk',
        integration: 'acme/desk',
        version: '1.0.0',
        configurationType: undefined,
        fingerprint: 'f1',
        webhookUrl: 'https://bots.test/desk/webhook',
        status: 'failed',
        registered: undefined,
        failure: { code: 'vendor_failed', message: 'no' },
        attempts: 2,
        retryAt: 7,
      } as const
      await store.saveInstallation(claim, installation)
      expect(await store.getInstallation('desk')).toEqual({ ...installation, at: store.clock.now() })
      const better = {
        ...installation,
        status: 'registered',
        configurationType: 'guest',
        registered: 'f1',
        failure: undefined,
        attempts: 0,
        retryAt: 0,
      } as const
      await store.saveInstallation(claim, better)
      expect(await store.listInstallations()).toEqual([{ ...better, at: store.clock.now() }])
      const lost = { ...claim, token: 'another' }
      await expect(store.saveInstallation(lost, installation)).rejects.toMatchObject({ code: 'lease_lost' })
      await expect(store.removeInstallation(lost, 'desk')).rejects.toMatchObject({ code: 'lease_lost' })
      await store.removeInstallation(claim, 'desk')
      expect(await store.getInstallation('desk')).toBeUndefined()
    })
  })
  testRows(name, make)
  testFiles(name, make)
  testWorkflows(name, make)
  testSpans(name, make)
  testSecrets(name, make)
  testTime(name, make)
  testBindings(name, make)
}
