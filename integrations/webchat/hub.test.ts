import { describe, expect, it } from 'vitest'
import { type Heard, listen, tell, visitorsOf } from './hub.ts'

describe('the hub', () => {
  it('wakes who listens to the visitor of the installation, and nobody else', () => {
    const heard: string[] = []
    const hear = (who: string) => (given: Heard) => void heard.push(`${who}${JSON.stringify(given)}`)
    const ends = [
      listen('one', 'ada', hear('one ada ')),
      listen('one', 'ada', hear('one ada again ')),
      listen('one', 'bob', hear('one bob ')),
      listen('two', 'ada', hear('two ada ')),
    ]
    tell('one', 'ada', { message: 'm1' })
    tell('one', 'eve', { message: 'm2' })
    tell('three', 'ada', { message: 'm3' })
    for (const end of ends) end()
    tell('one', 'ada', { message: 'm4' })
    expect(heard).toEqual(['one ada {"message":"m1"}', 'one ada again {"message":"m1"}'])
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
