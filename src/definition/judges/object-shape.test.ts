import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as mini from 'zod/mini'
import type { Schema } from '../schema.ts'
import { findIds, isObjectSchema, shapeOf } from './object-shape.ts'

const tree: z.ZodType = z.object({ children: z.array(z.lazy(() => tree)) })
const object = z.object({ a: z.string() })
const other = z.object({ b: z.number() })

describe('the fields of a schema', () => {
  const rows: [string, Schema, string[] | undefined][] = [
    ['an object', object, ['a']],
    ['an object of the other flavour', mini.object({ a: mini.string() }), ['a']],
    ['an optional, nullable, readonly object', object.nullish().readonly(), ['a']],
    ['an object with a default', object.default({ a: 'x' }), ['a']],
    ['a lazy object', z.lazy(() => object), ['a']],
    ['an intersection', z.intersection(object, other), ['a', 'b']],
    [
      'an intersection of intersections',
      z.intersection(z.intersection(object, other), z.object({ c: z.null() })),
      ['a', 'b', 'c'],
    ],
    [
      'what a pipe gives',
      z
        .string()
        .transform((text) => JSON.parse(text) as unknown)
        .pipe(object),
      ['a'],
    ],
    ['a transform', object.transform(() => 1), undefined],
    ['an intersection with a record', z.intersection(object, z.record(z.string(), z.string())), undefined],
    ['a record', z.record(z.string(), z.string()), undefined],
    ['a union', z.union([object, other]), undefined],
    ['a string', z.string(), undefined],
    ['an array', z.array(object), undefined],
  ]
  test.each(rows)('%s', (_what, schema, names) => {
    const shape = shapeOf(schema)
    expect(shape && Object.keys(shape)).toEqual(names)
  })

  test('are the schemas themselves, of a shared field the right one', () => {
    const right = z.object({ a: z.literal('x') })
    expect(shapeOf(object)?.['a']).toBe(object.shape.a)
    expect(shapeOf(z.intersection(object, right))?.['a']).toBe(right.shape.a)
  })
})

describe('whether a schema gives objects', () => {
  const rows: [string, Schema, boolean][] = [
    ['an object', object, true],
    ['a record', z.record(z.string(), z.string()), true],
    ['an object of the other flavour', mini.object({}), true],
    ['a union of objects', z.union([object, z.record(z.string(), z.string())]), true],
    ['a discriminated union', z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]), true],
    ['a union with a string', z.union([object, z.string()]), false],
    ['an intersection', z.intersection(object, other), true],
    ['an intersection with a union', z.intersection(object, z.union([other, z.unknown()])), true],
    ['an intersection of others', z.intersection(z.string(), z.unknown()), false],
    ['a tree', tree, true],
    ['a lazy object', z.lazy(() => object).readonly(), true],
    ['a lazy string', z.lazy(() => z.string()), false],
    [
      'a schema that is nothing but itself',
      (() => {
        const self: z.ZodType = z.lazy(() => self)
        return self
      })(),
      false,
    ],
    ['an object with a default', object.default({ a: 'x' }), true],
    ['an optional with a default', object.optional().default({ a: 'x' }), true],
    ['an optional', object.optional(), false],
    ['a nullable', object.nullable(), false],
    ['a caught object', object.catch({ a: 'x' }), true],
    [
      'a pipe that gives an object',
      z
        .string()
        .transform((text) => JSON.parse(text) as unknown)
        .pipe(object),
      true,
    ],
    ['a transform', object.transform((value) => value), false],
    ['an array', z.array(object), false],
    ['a string', z.string(), false],
    ['anything', z.any(), false],
    ['a date', z.date(), false],
  ]
  test.each(rows)('%s', (_what, schema, expected) => {
    expect(isObjectSchema(schema)).toBe(expected)
  })
})

describe('the ids within a schema', () => {
  const named = z.string().meta({ id: 'judges-name' })

  test('are found at any depth', () => {
    expect(findIds(object.meta({ id: 'judges-object' }))).toEqual(['judges-object'])
    expect(findIds(z.array(z.object({ a: z.union([z.number(), named.optional()]) })))).toEqual(['judges-name'])
    expect(findIds(z.record(z.string(), z.tuple([z.lazy(() => named)])))).toEqual(['judges-name'])
    expect(
      findIds(
        z
          .string()
          .transform(Number)
          .pipe(z.number().meta({ id: 'judges-number' })),
      ),
    ).toEqual(['judges-number'])
    expect(findIds(mini.object({ a: mini.string().register(z.globalRegistry, { id: 'judges-mini' }) }))).toEqual([
      'judges-mini',
    ])
  })

  test('are each told once, in schemas that hold themselves too', () => {
    const node: z.ZodType = z.object({ name: named, alias: named, next: z.lazy(() => node) })
    expect(findIds(node.meta({ id: 'judges-node' }))).toEqual(['judges-node', 'judges-name'])
  })

  test('are not those of what a schema was derived from', () => {
    expect(findIds(named.min(2))).toEqual([])
    expect(findIds(z.string().meta({ title: 'Name' }))).toEqual([])
  })

  test('are left out for excepted parts', () => {
    expect(findIds(z.object({ a: named, b: z.string().meta({ id: 'judges-b' }) }), [named])).toEqual(['judges-b'])
  })
})
