import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'plugboard'
import { json } from './json.ts'

const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 'deep')
const shared = Array.from({ length: 100 }).reduce<unknown>((inner) => [inner, inner], 'shared')

describe('any JSON', () => {
  it.each([
    null,
    true,
    0,
    -1.5,
    '',
    [],
    {},
    [1, [null, { a: 'b' }]],
    { a: [{ b: {} }], 'c d': false },
    Object.create(null),
    JSON.parse('{ "constructor": 1, "toString": [] }'),
  ])('takes %j as it is', (value) => {
    expect(z.parse(json, value)).toBe(value)
  })

  it.each([
    ['undefined', undefined],
    ['a field that is undefined', { a: undefined }],
    ['a hole in a list', [1, , 2]], // oxlint-disable-line eslint/no-sparse-arrays -- that is what is refused
    ['no number', Number.NaN],
    ['no end', Number.POSITIVE_INFINITY],
    ['a big integer', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    [
      'an object of a class',
      new (class Point {
        x = 1
      })(),
    ],
    ['a key that copying would take for the prototype', JSON.parse('{ "a": { "__proto__": { "admin": true } } }')],
    ['something deep inside', { a: [{ b: [new Date(0)] }] }],
  ])('refuses %s', (_, value) => {
    expect(z.safeParse(json, value).error?.issues).toMatchObject([{ message: 'Invalid input: expected JSON' }])
  })

  it('is judged at any depth, and once however often it is met', () => {
    expect(z.safeParse(json, deep).success).toBe(true)
    expect(z.safeParse(json, shared).success).toBe(true)
  })

  it('says in JSON Schema that it is anything', () => {
    expect(z.toJSONSchema(json)).toEqual({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
  })

  it('is typed as JSON on both sides', () => {
    expectTypeOf<z.input<typeof json>>().toEqualTypeOf<z.core.util.JSONType>()
    expectTypeOf<z.output<typeof json>>().toEqualTypeOf<z.core.util.JSONType>()
  })
})
