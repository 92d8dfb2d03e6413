import { describe, expect, it } from 'vitest'
import { listen, visitorsOf, wake } from './hub.ts'

describe('the hub', () => {
  it('wakes who listens to the visitor of the installation, and nobody else', () => {
    const heard: string[] = []
    const ends = [
      listen('one', 'ada', (id) => heard.push(`one ada ${id}`)),
      listen('one', 'ada', (id) => heard.push(`one ada again ${id}`)),
      listen('one', 'bob', (id) => heard.push(`one bob ${id}`)),
      listen('two', 'ada', (id) => heard.push(`two ada ${id}`)),
    ]
    wake('one', 'ada', 'm1')
    wake('one', 'eve', 'm2')
    wake('three', 'ada', 'm3')
    for (const end of ends) end()
    wake('one', 'ada', 'm4')
    expect(heard).toEqual(['one ada m1', 'one ada again m1'])
  })

  it('keeps nothing of what nobody listens to', () => {
    const listener = (): void => {}
    const ends = [listen('one', 'ada', listener), listen('one', 'ada', listener), listen('one', 'bob', listener)]
    expect(visitorsOf('one')).toBe(2)
    ends[0]?.()
    ends[0]?.()
    expect(visitorsOf('one')).toBe(2)
    ends[1]?.()
    expect(visitorsOf('one')).toBe(1)
    const anew = listen('one', 'ada', listener)
    ends[1]?.()
    expect(visitorsOf('one')).toBe(2)
    anew()
    ends[2]?.()
    expect(visitorsOf('one')).toBeUndefined()
  })
})
