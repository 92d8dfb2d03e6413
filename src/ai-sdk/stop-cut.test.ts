import { expect, test } from 'vitest'
import { StopCut } from './stop-cut.ts'

/** What is said of a text, however it is cut into pieces of one length. */
function saidOf(text: string, stops: string[], length: number): string {
  const cut = new StopCut(stops)
  let said = ''
  for (let at = 0; at < text.length; at += length) said += cut.next(text.slice(at, at + length))
  return said + cut.rest()
}

test.each([
  ['one two three', ['two'], 'one '],
  ['one two three', ['three', 'two'], 'one '],
  ['one two three', ['four'], 'one two three'],
  ['aaab', ['aab'], 'a'],
  ['ababac', ['abac'], 'ab'],
  ['it ends with th', ['the'], 'it ends with th'],
  ['END', ['END'], ''],
  ['', ['END'], ''],
  ['a👍b', ['👍'], 'a'],
  ['one', [], 'one'],
])('%j ends before the first of %j', (text, stops, expected) => {
  for (const length of [1, 2, 3, 100]) expect(saidOf(text, stops, length)).toBe(expected)
})

test('only what may be the beginning of a text to stop at is held back', () => {
  const cut = new StopCut(['END'])
  expect([cut.next('one E'), cut.next('x'), cut.next('EN'), cut.next('D two'), cut.next('three')]).toEqual([
    'one ',
    'Ex',
    '',
    '',
    '',
  ])
  expect(cut).toMatchObject({ isCut: true })
})
