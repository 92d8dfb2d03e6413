import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type EventSource, eventStream, type StreamEvent } from './event-stream.ts'
import type { Heard, Listener } from './heard.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const here = { id: 'c1', key: 'main' }

/** A source whose messages are stored by hand, and the stream of it. */
function open(source: Partial<EventSource> = {}) {
  const listeners = new Set<Listener>()
  const stored: StreamEvent[] = []
  const ending = new AbortController()
  let reads = 0
  const stream = eventStream({
    read: async () => {
      reads += 1
      return stored.splice(0)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isOpen: ({ id }) => id === here.id,
    changed: async () => [],
    signal: ending.signal,
    failed: () => {},
    ...source,
  })
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  return {
    listeners,
    ending,
    reader,
    reads: () => reads,
    announce: (id: string) => listeners.forEach((listener) => listener({ message: id, from: 'bot', in: here })),
    tell: (heard: Heard) => listeners.forEach((listener) => listener(heard)),
    store: (id: string) => stored.push({ id, position: `p-${id}`, data: { id, text: 'a\nb' } }),
    next: async () => {
      const { value, done } = await reader.read()
      return done ? undefined : decoder.decode(value)
    },
  }
}
const frame = (id: string): string => `id: p-${id}\nevent: message\ndata: {"id":"${id}","text":"a\\nb"}\n\n`

describe('a stream of events', () => {
  it('begins at once, with what there is', async () => {
    const stream = open()
    stream.store('m1')
    stream.store('m2')
    expect([await stream.next(), await stream.next(), await stream.next()]).toEqual([
      ': open\n\n',
      frame('m1'),
      frame('m2'),
    ])
  })

  it('looks for a message that was announced until it is stored', async () => {
    const stream = open()
    await stream.next()
    const next = stream.next()
    await vi.advanceTimersByTimeAsync(1000)
    const before = stream.reads()
    stream.announce('m1')
    await vi.advanceTimersByTimeAsync(1000)
    expect(stream.reads()).toBeGreaterThan(before + 2)
    stream.store('m1')
    await vi.advanceTimersByTimeAsync(500)
    expect(await next).toBe(frame('m1'))
    const after = stream.next()
    const settled = stream.reads()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(stream.reads()).toBeLessThanOrEqual(settled + 1)
    stream.ending.abort()
    expect(await after).toBeUndefined()
  })

  it('hears what is announced while it reads', async () => {
    const gate = Promise.withResolvers<void>()
    let reads = 0
    const stream = open({
      read: async () => {
        reads += 1
        if (reads === 1) await gate.promise
        return reads === 2 ? [{ id: 'm1', position: 'p-m1', data: { id: 'm1', text: 'a\nb' } }] : []
      },
    })
    await stream.next()
    const next = stream.next()
    await vi.advanceTimersByTimeAsync(0)
    stream.announce('m1')
    gate.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(await next).toBe(frame('m1'))
  })

  it('tells what is being made as it is last, and not at all once it is stored', async () => {
    const stream = open()
    await stream.next()
    const draft = (id: string, text: string): Heard => ({
      draft: {
        id,
        conversationId: here.id,
        from: 'bot',
        type: 'text',
        payload: { text },
        createdAt: '2026-01-01T00:00:00.000Z',
      },
      in: here,
    })
    stream.tell(draft('m1', 'a'))
    expect(await stream.next()).toContain('event: draft\ndata: {"id":"m1"')
    const reads = stream.reads()
    stream.tell(draft('m1', 'ab'))
    stream.tell(draft('m1', 'abc'))
    stream.tell({ discarded: 'm2', in: here })
    expect(await stream.next()).toMatch(/^event: draft\n.*"text":"abc"/)
    expect(await stream.next()).toBe('event: discard\ndata: {"id":"m2"}\n\n')
    expect(stream.reads()).toBe(reads)
    stream.tell(draft('m1', 'abcd'))
    stream.store('m1')
    stream.announce('m1')
    expect(await stream.next()).toBe(frame('m1'))
    const after = stream.next()
    // From another process it may come late.
    stream.tell(draft('m1', 'abcd'))
    stream.tell({ discarded: 'm3', in: here })
    expect(await after).toBe('event: discard\ndata: {"id":"m3"}\n\n')
    const end = stream.next()
    stream.ending.abort()
    expect(await end).toBeUndefined()
  })

  it('looks at once for what it may have missed', async () => {
    const stream = open()
    await stream.next()
    const next = stream.next()
    await vi.advanceTimersByTimeAsync(0)
    stream.store('m1')
    stream.tell({ missed: true })
    expect(await next).toBe(frame('m1'))
  })

  it('tells what was changed: all of it at first and when something may have been missed, and then each as it is', async () => {
    const asked: (string | undefined)[] = []
    const stream = open({
      changed: async (id) => {
        asked.push(id)
        return [{ id: id ?? 'all' }]
      },
    })
    const change = (id: string): string => `event: change\ndata: {"id":"${id}"}\n\n`
    expect([await stream.next(), await stream.next()]).toEqual([': open\n\n', change('all')])
    stream.tell({ changed: 'm1', in: here })
    stream.tell({ changed: 'm1', in: here })
    stream.tell({ changed: 'm2', in: { id: 'c2', key: 'x' } })
    expect(await stream.next()).toBe(change('m1'))
    stream.tell({ missed: true })
    expect(await stream.next()).toBe(change('all'))
    expect(asked).toEqual([undefined, 'm1', undefined])
  })

  it('tells that the bot is writing until its answer is announced, and again what is begun after that', async () => {
    const stream = open()
    await stream.next()
    stream.tell({ typing: 3000, in: here })
    expect(await stream.next()).toBe('event: typing\ndata: {"timeout":3000}\n\n')
    stream.tell({ typing: 4000, in: here })
    stream.announce('m1')
    stream.store('m1')
    expect(await stream.next()).toBe(frame('m1'))
    stream.announce('m2')
    stream.tell({ typing: 5000, in: here })
    stream.store('m2')
    expect([await stream.next(), await stream.next()]).toEqual([
      frame('m2'),
      'event: typing\ndata: {"timeout":5000}\n\n',
    ])
  })

  it('tells of another conversation that something was said there, and no more', async () => {
    const stream = open()
    await stream.next()
    const there = { id: 'c2', key: 'x' }
    const reads = stream.reads()
    stream.tell({ typing: 3000, in: there })
    stream.tell({ message: 'm1', from: 'bot', in: there })
    stream.tell({ message: 'm2', from: 'bot', in: there })
    stream.tell({ discarded: 'm3', in: here })
    expect([await stream.next(), await stream.next()]).toEqual([
      'event: conversation\ndata: {"conversationId":"c2"}\n\n',
      'event: discard\ndata: {"id":"m3"}\n\n',
    ])
    expect(stream.reads()).toBe(reads + 1)
  })

  it('looks for a message while another one is being made without a pause', async () => {
    const stream = open()
    await stream.next()
    stream.announce('m1')
    const sent: (string | undefined)[] = []
    for (let count = 0; count < 40; count += 1) {
      stream.tell({ discarded: 'm2', in: here })
      sent.push(await stream.next())
      if (count === 10) stream.store('m1')
      await vi.advanceTimersByTimeAsync(20)
    }
    expect(sent).toContain(frame('m1'))
  })

  it('gives up on a message that is never stored', async () => {
    const stream = open()
    await stream.next()
    const next = stream.next()
    await vi.advanceTimersByTimeAsync(0)
    stream.announce('m1')
    await vi.advanceTimersByTimeAsync(11_000)
    const before = stream.reads()
    await vi.advanceTimersByTimeAsync(3000)
    expect(stream.reads()).toBe(before)
    stream.ending.abort()
    await next
  })

  it('says that it lives when nothing happens, and looks for what nobody announced', async () => {
    const stream = open()
    await stream.next()
    const alive = stream.next()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await alive).toBe(': alive\n\n')
    const next = stream.next()
    stream.store('m1')
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await next).toBe(frame('m1'))
  })

  it.each([
    ['its signal aborts while it waits', 'wait'],
    ['its signal aborts while nobody reads', 'idle'],
    ['its reader leaves while it waits', 'leave'],
    ['its reader leaves while it does not read', 'leave idle'],
  ])('listens no more when %s', async (_, how) => {
    const stream = open()
    await stream.next()
    const next = how.includes('idle') ? undefined : stream.next()
    await vi.advanceTimersByTimeAsync(0)
    if (how.startsWith('leave')) await stream.reader.cancel()
    else stream.ending.abort()
    await vi.advanceTimersByTimeAsync(0)
    expect(stream.listeners.size).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
    expect(await (next ?? stream.next())).toBeUndefined()
  })

  it('ends when its messages cannot be read, and tells why', async () => {
    const broken = new Error('the store is broken')
    const failed = vi.fn()
    const stream = open({
      read: async () => {
        throw broken
      },
      failed,
    })
    expect([await stream.next(), await stream.next()]).toEqual([': open\n\n', undefined])
    expect(failed).toHaveBeenCalledExactlyOnceWith(broken)
    expect(stream.listeners.size).toBe(0)
  })
})
