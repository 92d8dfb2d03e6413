import { expect, test } from 'vitest'
import { z } from 'plugboard'
import { frozenCopy } from './frozen-copy.ts'

test('lists and objects are copied and frozen at every depth, with their keys in order', () => {
  const given = { b: [{ c: 1 }], a: { d: undefined } }
  const copy = frozenCopy(given)
  expect(copy).toStrictEqual(given)
  expect(Object.keys(copy)).toEqual(['b', 'a'])
  for (const container of [copy, copy.b, copy.b[0], copy.a]) expect(Object.isFrozen(container)).toBe(true)
  for (const container of [given, given.b, given.b[0], given.a]) expect(Object.isFrozen(container)).toBe(false)
})

test('schemas, functions and instances of classes are the author’s own, and not frozen', () => {
  const given = { schema: z.object({}), call: () => 1, at: new Date(0), names: new Map() }
  const copy = frozenCopy(given)
  for (const key of ['schema', 'call', 'at', 'names'] as const) {
    expect(copy[key]).toBe(given[key])
    expect(Object.isFrozen(copy[key])).toBe(false)
  }
})

test('what stands in two places is one, and what holds itself has an end', () => {
  const shared = { a: 1 }
  const copy = frozenCopy({ one: shared, two: shared })
  expect(copy.one).toBe(copy.two)
  const loop: { self?: unknown } = {}
  loop.self = loop
  const copied = frozenCopy(loop)
  expect(copied.self).toBe(copied)
})

test('what `import * as` gives is an object like any other', () => {
  const module = Object.assign(Object.create(null) as { list?: unknown }, { list: { input: {} } })
  const copy = frozenCopy({ actions: module })
  expect(copy.actions).not.toBe(module)
  expect(Object.isFrozen(copy.actions.list)).toBe(true)
})

test('a key that could be taken for the prototype stays a key', () => {
  const copy = frozenCopy(JSON.parse('{ "__proto__": { "polluted": true } }') as object)
  expect(Object.keys(copy)).toEqual(['__proto__'])
  expect(copy).not.toHaveProperty('polluted')
})
