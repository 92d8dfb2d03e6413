import { expect, test } from 'vitest'
import { isCopyable } from './output-cache.ts'

test.each([
  { what: 'plain data', value: { list: [1, 'a', null, undefined, true, 1n], inner: Object.create(null) as object } },
  { what: 'dates and binary data', value: [new Date(0), new Uint8Array([1])] },
  { what: 'maps and sets', value: new Map([['a', new Set([{ b: 1 }])]]) },
])('$what can be copied', ({ value }) => {
  expect(isCopyable(value)).toBe(true)
  expect(structuredClone(value)).toEqual(value)
})

class Some {}

test.each([
  { what: 'a function', value: () => 1 },
  { what: 'a symbol', value: Symbol('x') },
  { what: 'an instance of a class', value: new Some() },
  { what: 'a promise', value: Promise.resolve() },
  { what: 'an address', value: new URL('http://localhost') },
])('$what cannot be copied, wherever it is', ({ value }) => {
  for (const within of [
    value,
    [value],
    { a: { value } },
    new Map([['a', value]]),
    new Map([[value, 'a']]),
    new Set([value]),
  ])
    expect(isCopyable(within)).toBe(false)
})
