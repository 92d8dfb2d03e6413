import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('the order of keys and fields that are undefined make no difference', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 'x' }], a: undefined })).toBe('{"b":[{"c":"x","d":1}]}')
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }))
})

test('different values have different texts', () => {
  const values = [
    null,
    true,
    'true',
    1,
    '1',
    [],
    {},
    [1, [2]],
    [[1], 2],
    { a: null },
    { a: 'null' },
    '',
    { '': '' },
    { 'a":1,"b': 1 },
  ]
  expect(new Set(values.map(canonicalJson)).size).toBe(values.length)
})

test('a value that is met twice is no cycle', () => {
  const twice = { x: 1 }
  expect(canonicalJson([twice, twice])).toBe('[{"x":1},{"x":1}]')
})

const cycle: unknown[] = []
cycle.push({ cycle })

test.each([
  { what: 'a date', value: new Date(0) },
  { what: 'a map', value: new Map([[1, 2]]) },
  { what: 'not-a-number', value: NaN },
  { what: 'an endless number', value: Infinity },
  { what: 'a big integer', value: 1n },
  { what: 'a function', value: () => 1 },
  { what: 'a symbol', value: Symbol('x') },
  { what: 'an instance of a class', value: new (class Some {})() },
  { what: 'a hole in a list', value: [undefined] },
  { what: 'a cycle', value: cycle },
])('$what has none, at any depth', ({ value }) => {
  expect(canonicalJson(value)).toBeUndefined()
  expect(canonicalJson({ deep: [{ value }] })).toBeUndefined()
})
