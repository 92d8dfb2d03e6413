import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { interfaces } from './interfaces.fixture.ts'
import { LinkedAbort } from './linked-abort.ts'

const endless = (): Promise<never> => new Promise<never>(Boolean)
const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length

describe.each(interfaces)('a linked signal, for $name', ({ once }) => {
  const facts = { action: once.action, where: { plugin: 'tester' } }

  test('follows its source, with an error for a reason', () => {
    const source = new AbortController()
    const link = new LinkedAbort(source.signal, facts)
    expect(link.signal.aborted).toBe(false)
    source.abort('enough')
    expect(link.signal.reason).toMatchObject({ code: 'aborted', where: { plugin: 'tester' }, cause: 'enough' })
  })

  test('is aborted from the beginning by a source that is', () => {
    expect(new LinkedAbort(AbortSignal.abort(), facts).signal.aborted).toBe(true)
  })

  test('lets go of its source', () => {
    const source = new AbortController()
    const link = new LinkedAbort(source.signal, facts)
    expect(listeners(source.signal)).toBe(1)
    link.unlink()
    expect(listeners(source.signal)).toBe(0)
  })

  test('gives what work gives, and forgets it', async () => {
    const link = new LinkedAbort(undefined, facts)
    const failure = new Error('failed')
    expect(await link.race(Promise.resolve(5))).toBe(5)
    await expect(link.race(Promise.reject(failure))).rejects.toBe(failure)
    await Promise.resolve()
    expect(listeners(link.signal)).toBe(0)
  })

  test('ends work that does not end, when it is aborted and after', async () => {
    const link = new LinkedAbort(undefined, facts)
    const reason = new Error('too late')
    const racing = link.race(endless())
    link.abort(reason)
    await expect(racing).rejects.toBe(reason)
    await expect(link.race(endless())).rejects.toBe(reason)
  })
})
