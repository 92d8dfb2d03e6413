import { describe, expect, it } from 'vitest'
import { TopicListeners } from './topic-listeners.ts'

describe('listeners of topics', () => {
  it('are told of their topic, and of no other', () => {
    const heard: string[] = []
    const listeners = new TopicListeners()
    const hear = (who: string) => (data: string | undefined) => void heard.push(`${who} ${data}`)
    const ends = [
      listeners.add('ada', hear('one')),
      listeners.add('ada', hear('two')),
      listeners.add('bob', hear('three')),
    ]
    listeners.tell('ada', 'hi')
    listeners.tell('eve', 'hi')
    listeners.tell('bob')
    for (const end of ends) end()
    listeners.tell('ada', 'late')
    expect(heard).toEqual(['one hi', 'two hi', 'three undefined'])
  })

  it('that have left leave nothing behind, and end nobody else', () => {
    const listener = (): void => {}
    const listeners = new TopicListeners()
    const ends = [listeners.add('ada', listener), listeners.add('ada', listener)]
    ends[0]?.()
    ends[0]?.()
    expect(listeners.topics).toEqual(['ada'])
    ends[1]?.()
    expect(listeners.topics).toEqual([])
    listeners.add('ada', listener)
    ends[1]?.()
    expect(listeners.topics).toEqual(['ada'])
  })
})
