import { cursors, z } from 'plugboard'
import { expect, it } from 'vitest'

const place = z.tuple([z.string(), z.int()])

it('gives the place of a cursor, and none for the first page', () => {
  expect(cursors.placeOf('a', place, cursors.at('a', ['ü', 7]))).toEqual(['ü', 7])
  expect(cursors.placeOf('a', place, undefined)).toBeUndefined()
})

it.each([
  ['that is none', 'nonsense'],
  ['that is empty', ''],
  ['of another list', cursors.at('b', ['ü', 7])],
  ['of another place', cursors.at('a', ['ü', 'x'])],
  ['of more than a place', cursors.at('a', ['ü', 7, 8])],
  ['that was written otherwise', Buffer.from('["a", "ü", 7]').toString('base64url')],
  ['that has more behind it', `${cursors.at('a', ['ü', 7])}=`],
])('refuses a cursor %s', (_, cursor) => {
  expect(() => cursors.placeOf('a', place, cursor)).toThrow(
    expect.objectContaining({ code: 'vendor_refused', where: { path: 'cursor' } }),
  )
})
