import { describe, expect, it } from 'vitest'
import { added, find, page, removed, replaced, shelfOf } from './notes.ts'

describe('a shelf of notes', () => {
  it('gives the note that a call made before, if the call is repeated', () => {
    const first = added(shelfOf([]), { title: 'Sow' }, 'call-1')
    const again = added(first.shelf, { title: 'Sow' }, 'call-1')
    const other = added(again.shelf, { title: 'Sow' }, 'call-2')
    expect([first.isNew, again.isNew, other.isNew]).toEqual([true, false, true])
    expect(again.note).toBe(first.note)
    expect(page(other.shelf, 0, 10).notes.map(({ id }) => id)).toEqual(['note-1', 'note-2'])
  })

  it('is not changed by what is made of it', () => {
    const shelf = shelfOf([{ title: 'Sow' }])
    const before = structuredClone(shelf)
    const note = find(shelf, 'note-1')!
    added(shelf, { title: 'Reap' })
    removed(replaced(shelf, { ...note, title: 'Dig' }), 'note-1')
    expect(shelf).toEqual(before)
  })

  it('has no note with an id that is a property of every object', () => {
    expect(find(shelfOf([{ title: 'Sow' }]), 'constructor')).toBeUndefined()
  })
})
