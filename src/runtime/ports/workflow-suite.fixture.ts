import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import type { Effects } from './lane-store.ts'
import type { Store } from './store.ts'
import type { StoredWorkflow, WorkflowWrite } from './workflow-store.ts'

const nothing: Effects = { messages: [], events: [], states: [], tags: [] }
const settle = { heard: [], limit: 100 }

/** What every store promises of workflows. `make` gives an empty one that goes by the clock. */
export function testWorkflows(name: string, make: (clock: VirtualClock) => Promise<Store>): void {
  const start = async () => {
    const clock = new VirtualClock()
    const store = await make(clock)
    await store.beat('me', 1_000_000)
    const time = new Date(clock.now()).toISOString()
    const workflowOf = (id: string, given: Partial<StoredWorkflow> = {}): StoredWorkflow => ({
      id,
      owner: 'shop',
      name: 'order',
      status: 'pending',
      input: { of: id },
      tags: {},
      createdAt: time,
      updatedAt: time,
      timeoutAt: new Date(clock.now() + 1000).toISOString(),
      ...given,
    })
    const write = async (...workflows: WorkflowWrite[]) => store.apply('shop', { ...nothing, workflows })
    const begin = async (id: string, given: Partial<StoredWorkflow> = {}, timeout = 1000) =>
      write({ kind: 'start', workflow: workflowOf(id, given), timeout })
    const change = async (id: string, given: object = {}) => write({ kind: 'change', id, ...given })
    /** Takes all out of a lane; gives what was told. */
    const drain = async (id: string) => {
      const claim = (await store.claim(`in ${id}`, 'me'))!
      const told: [string, string, number][] = []
      for (let item = await store.nextInbox(`in ${id}`); item; item = await store.nextInbox(`in ${id}`)) {
        if (item.record.kind === 'workflow') told.push([item.record.moment, item.record.workflow.status, item.sequence])
        await store.finishInbox(claim, item)
      }
      await store.release(claim)
      return told
    }
    const get = (id: string) => store.getWorkflow('shop', id)
    const list = async (filter: Partial<Parameters<Store['listWorkflows']>[0]> = {}) =>
      (await store.listWorkflows({ owner: 'shop', name: 'order', limit: 100, ...filter })).items.map(({ id }) => id)
    return Object.assign(store, { clock, workflowOf, write, begin, change, drain, get, list })
  }

  describe(`the workflows of the ${name} store`, () => {
    it('are started once each, in a lane of their own', async () => {
      await using store = await start()
      const tagged = { tags: { of: 'ada' }, conversationId: 'c', userId: 'u' }
      expect(await store.begin('w', tagged)).toEqual(['in w'])
      expect(await store.get('w')).toEqual(store.workflowOf('w', tagged))
      expect(await store.getWorkflow('other', 'w')).toBeUndefined()
      expect(await store.get('none')).toBeUndefined()
      expect(await store.nextInbox('in w')).toMatchObject({
        origin: 'shop',
        sequence: 1,
        record: { kind: 'workflow', moment: 'workflowStart', workflow: { id: 'w', input: { of: 'w' } } },
      })
      expect(await store.waitingLanes()).toEqual(['in w'])
      const claim = (await store.claim('in w', 'me'))!
      await store.beginWorkflow(claim, 'w')
      expect(await store.get('w')).toMatchObject({ status: 'in_progress' })
      await store.release(claim)
      await expect(store.beginWorkflow(claim, 'w')).rejects.toMatchObject({ code: 'lease_lost' })
    })

    it('end once: what comes after the end changes nothing', async () => {
      await using store = await start()
      for (const id of ['a', 'b', 'c']) await store.begin(id)
      await store.change('a', { end: { status: 'completed', output: { total: 1 } } })
      await store.change('a', {
        end: { status: 'failed', failureReason: 'late' },
        tags: { late: 'yes' },
        continueAfter: 0,
      })
      expect(await store.get('a')).toMatchObject({ status: 'completed', output: { total: 1 }, tags: {} })
      expect(await store.get('a')).not.toHaveProperty('timeoutAt')
      await store.change('b', { end: { status: 'failed', failureReason: 'no stock' } })
      expect(await store.get('b')).toMatchObject({ status: 'failed', failureReason: 'no stock' })
      await store.change('c', { end: { status: 'cancelled' } })
      await store.change('gone', { end: { status: 'cancelled' } })
      await store.clock.advance(5000)
      expect(await store.settleDue(settle)).toEqual([])
      expect((await store.lookAhead()).next).toBeUndefined()
      expect(await store.list({ statuses: ['cancelled', 'failed'] })).toEqual(['b', 'c'])
    })

    it('time out once, unless they were given more time', async () => {
      await using store = await start()
      await store.begin('a')
      await store.begin('b')
      await store.begin('c', {}, 5000)
      await store.clock.advance(500)
      await store.change('b', { timeout: 1000 })
      expect(await store.lookAhead()).toMatchObject({ next: store.clock.now() + 500 })
      await store.clock.advance(500)
      const lanes = (await Promise.all([store.settleDue(settle), store.settleDue(settle)])).flat()
      expect(lanes).toEqual(['in a'])
      expect(await store.get('a')).toMatchObject({ status: 'timedout' })
      await store.clock.advance(500)
      expect(await store.settleDue(settle)).toEqual(['in b'])
      expect(await store.drain('a')).toEqual([
        ['workflowStart', 'timedout', 1],
        ['workflowTimeout', 'timedout', 2],
      ])
      expect(await store.get('c')).toMatchObject({ status: 'pending' })
    })

    it('go on at once or after a while, in the order in which that was asked', async () => {
      await using store = await start()
      await store.begin('w', {}, 60_000)
      expect(await store.change('w', { continueAfter: 0 })).toEqual(['in w'])
      expect(await store.change('w', { continueAfter: 2000 })).toEqual([])
      expect(await store.change('w', { continueAfter: 1000 })).toEqual([])
      await store.change('w', { continueAfter: 0 })
      expect(await store.drain('w')).toEqual([
        ['workflowStart', 'pending', 1],
        ['workflowContinue', 'pending', 2],
        ['workflowContinue', 'pending', 3],
      ])
      await store.clock.advance(1000)
      expect(await store.settleDue(settle)).toEqual(['in w'])
      expect(await store.settleDue(settle)).toEqual([])
      expect(await store.drain('w')).toEqual([['workflowContinue', 'pending', 4]])
    })

    it('are listed the oldest first, by status, tags and conversation, page by page', async () => {
      await using store = await start()
      await store.begin('a', { tags: { of: 'ada' }, conversationId: 'x' })
      await store.begin('b', { tags: { of: 'ada', at: 'home' } })
      await store.begin('c', { tags: { of: 'bob' }, conversationId: 'x' })
      await store.begin('d', { name: 'other' })
      expect(await store.list()).toEqual(['a', 'b', 'c'])
      expect(await store.list({ tags: { of: 'ada' } })).toEqual(['a', 'b'])
      expect(await store.list({ conversationId: 'x' })).toEqual(['a', 'c'])
      expect(await store.list({ conversationId: 'x', tags: { of: 'bob' } })).toEqual(['c'])
      await store.change('b', { tags: { of: 'bob', at: undefined } })
      expect((await store.get('b'))?.tags).toEqual({ of: 'bob' })
      expect(await store.list({ tags: { of: 'bob' } })).toEqual(['b', 'c'])
      expect(await store.list({ tags: { at: 'home' } })).toEqual([])
      await store.change('a', { end: { status: 'cancelled' } })
      expect(await store.list({ statuses: ['pending'] })).toEqual(['b', 'c'])
      expect(await store.list({ statuses: [] })).toEqual([])
      const first = await store.listWorkflows({ owner: 'shop', name: 'order', limit: 2 })
      expect(first.items.map(({ id }) => id)).toEqual(['a', 'b'])
      expect(await store.list({ cursor: first.nextCursor })).toEqual(['c'])
    })

    it('are put back into their lanes by a dead letter, behind what waits', async () => {
      await using store = await start()
      await store.begin('w')
      const claim = (await store.claim('in w', 'me'))!
      const item = (await store.nextInbox('in w'))!
      await store.abandonHandler(claim, item, 'shop.0', { code: 'handler_failed', message: 'no' })
      await store.finishInbox(claim, item)
      await store.change('w', { continueAfter: 0 })
      const [letter] = (await store.listDeadLetters({ limit: 1 })).items
      await store.retryDeadLetter(letter!.id)
      await store.change('w', { continueAfter: 0 })
      await store.release(claim)
      expect(await store.drain('w')).toEqual([
        ['workflowContinue', 'pending', 2],
        ['workflowStart', 'pending', 3],
        ['workflowContinue', 'pending', 4],
      ])
    })
  })
}
