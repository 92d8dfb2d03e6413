import { describe, expect, it, vi } from 'vitest'
import { gate } from '../bot/speech.fixture.ts'
import type { Queue } from './queue.ts'

/** What every queue promises. `make` gives one in which nothing waits. */
export function testQueue(name: string, make: () => Promise<Queue>): void {
  describe(`the ${name} queue`, () => {
    it('calls the worker for what was woken before it started', async () => {
      await using queue = await make()
      const worker = vi.fn(async () => undefined)
      await queue.wake('a')
      await queue.wake('a')
      await queue.wake('b')
      expect(worker).not.toHaveBeenCalled()
      await queue.start(worker)
      await queue.idle()
      expect(worker.mock.calls).toHaveLength(2)
      expect(new Set(worker.mock.calls.flat())).toEqual(new Set(['a', 'b']))
    })

    it('has one worker at a time in a lane, and calls it again for what was woken meanwhile', async () => {
      await using queue = await make()
      const { opened, open } = gate()
      const log: string[] = []
      await queue.start(async (lane) => {
        log.push(`begin ${lane}`)
        await opened
        log.push(`end ${lane}`)
        return undefined
      })
      await queue.wake('a')
      await vi.waitFor(() => expect(log).toEqual(['begin a']))
      await queue.wake('a')
      await queue.wake('a')
      expect(log).toEqual(['begin a'])
      open()
      await queue.idle()
      expect(log).toEqual(['begin a', 'end a', 'begin a', 'end a'])
    })

    it('lets lanes not wait for one another', async () => {
      await using queue = await make()
      const { opened, open } = gate()
      const done: string[] = []
      await queue.start(async (lane) => {
        if (lane === 'slow') await opened
        done.push(lane)
        return undefined
      })
      await queue.wake('slow')
      await queue.wake('fast')
      await vi.waitFor(() => expect(done).toEqual(['fast']))
      open()
      await queue.idle()
      expect(done).toEqual(['fast', 'slow'])
    })

    it('is idle only when what the work has woken is done too', async () => {
      await using queue = await make()
      const done: string[] = []
      await queue.start(async (lane) => {
        if (lane.length < 5) await queue.wake(`${lane}x`)
        done.push(lane)
        return undefined
      })
      await queue.wake('x')
      await queue.idle()
      expect(done.toSorted()).toEqual(['x', 'xx', 'xxx', 'xxxx', 'xxxxx'])
    })

    it('calls the worker again after the time that it asks for, or before it if the lane is woken', async () => {
      await using queue = await make()
      const seen: string[] = []
      await queue.start(async (lane) => {
        seen.push(lane)
        if (lane === 'soon') return seen.length < 3 ? 1 : undefined
        return seen.filter((one) => one === lane).length < 2 ? 600_000 : undefined
      })
      await queue.wake('soon')
      await queue.idle()
      expect(seen).toEqual(['soon', 'soon', 'soon'])
      await queue.wake('late')
      await vi.waitFor(() => expect(seen).toContain('late'))
      await queue.wake('late')
      await queue.idle()
      expect(seen.slice(3)).toEqual(['late', 'late'])
    })

    it('ends after the work in hand, and takes nothing more', async () => {
      const queue = await make()
      const { opened, open } = gate()
      const log: string[] = []
      await queue.start(async (lane) => {
        log.push(`begin ${lane}`)
        await opened
        log.push(`end ${lane}`)
        return undefined
      })
      await queue.wake('a')
      await vi.waitFor(() => expect(log).toEqual(['begin a']))
      const closing = queue[Symbol.asyncDispose]()
      await queue.wake('a')
      await queue.wake('b')
      open()
      await closing
      expect(log).toEqual(['begin a', 'end a'])
    })
  })
}
