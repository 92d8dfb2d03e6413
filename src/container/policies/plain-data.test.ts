import { expect, test } from 'vitest'
import { copyOf, isPlainData } from './plain-data.ts'

const bare = Object.assign(Object.create(null) as object, { a: [1] })

test.each([
  { what: 'a value that is no object', value: 'text' },
  { what: 'plain data', value: { list: [1, 'a', null, undefined, true, 1n], inner: { deep: [{}] } } },
  { what: 'a list with a hole', value: [1, , 3] }, // oxlint-disable-line no-sparse-arrays
  {
    what: 'a field that could be taken for the prototype',
    value: JSON.parse('{ "__proto__": { "a": 1 } }') as unknown,
  },
  { what: 'dates and binary data', value: [new Date(0), new Uint8Array([1])] },
  { what: 'maps and sets', value: new Map([['a', new Set([{ b: 1 }])]]) },
])('$what is copied', ({ value }) => {
  expect(isPlainData(value)).toBe(true)
  expect(copyOf(value)).toStrictEqual(value)
})

test('an object without a prototype is copied as a plain one', () => {
  expect(isPlainData(bare)).toBe(true)
  expect(copyOf(bare)).toStrictEqual({ a: [1] })
})

test('a copy shares nothing with its original', () => {
  const value = { list: [{ a: 1 }], map: new Map([['a', { b: 1 }]]), bytes: new Uint8Array([1]), date: new Date(0) }
  const copy = copyOf(value) as typeof value
  copy.list[0]!.a = 2
  copy.map.get('a')!.b = 2
  copy.bytes[0] = 2
  copy.date.setTime(2)
  expect(value).toEqual({
    list: [{ a: 1 }],
    map: new Map([['a', { b: 1 }]]),
    bytes: new Uint8Array([1]),
    date: new Date(0),
  })
})

class Some {}
const cycle: unknown[] = []
cycle.push({ cycle })

test.each([
  { what: 'a function', value: () => 1 },
  { what: 'a symbol', value: Symbol('x') },
  { what: 'an instance of a class', value: new Some() },
  { what: 'a promise', value: Promise.resolve() },
  { what: 'an address', value: new URL('http://localhost') },
  { what: 'a cycle', value: cycle },
])('$what is no plain data, wherever it is', ({ value }) => {
  for (const within of [
    value,
    [value],
    { a: { value } },
    new Map([['a', value]]),
    new Map([[value, 'a']]),
    new Set([value]),
  ])
    expect(isPlainData(within)).toBe(false)
})
