import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as mini from 'zod/mini'
import type { Schema } from '../schema.ts'
import { findNotJsonSafe } from './json-safe.ts'

const tree: z.ZodType = z.object({ name: z.string(), children: z.array(z.lazy(() => tree)) })
const datedTree: z.ZodType = z.object({ at: z.date(), children: z.array(z.lazy(() => datedTree)) })

describe('plain JSON is accepted', () => {
  const accepted: [string, Schema][] = [
    ['an object of scalars', z.object({ a: z.string(), b: z.number(), c: z.boolean(), d: z.null(), e: z.int() })],
    [
      'bounds, formats and refinements',
      z.object({
        a: z
          .string()
          .min(1)
          .refine((text) => text !== 'x'),
        b: z.email(),
        c: z.number().positive(),
      }),
    ],
    ['a URL', z.object({ a: z.url() })],
    ['literals and enums', z.object({ a: z.literal(['x', 1, true, null, 'Infinity']), b: z.enum(['x', 'y']) })],
    [
      'optional, nullable and readonly fields',
      z.object({ a: z.string().optional(), b: z.string().nullable(), c: z.string().nullish().readonly() }),
    ],
    ['an exact optional field', z.object({ a: z.string().exactOptional() })],
    ['a field that is required again', z.object({ a: z.string().optional().nonoptional() })],
    ['an item that is required again', z.array(z.string().optional().nonoptional())],
    [
      'arrays and tuples',
      z.object({ a: z.array(z.object({ b: z.string().optional() })), c: z.tuple([z.string(), z.int()], z.null()) }),
    ],
    ['records', z.record(z.string(), z.string().optional())],
    [
      'unions and intersections',
      z.intersection(z.object({ a: z.union([z.string(), z.number().optional()]) }), z.object({ b: z.string() })),
    ],
    [
      'a discriminated union',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
    ],
    ['a template literal', z.object({ a: z.templateLiteral(['v', z.number()]) })],
    ['unknown keys of JSON', z.object({}).catchall(z.json())],
    ['a strict object', z.strictObject({ a: z.string() })],
    ['any JSON', z.json()],
    ['a brand and a description', z.object({ a: z.string().brand<'id'>().describe('the id') }).meta({ title: 'A' })],
    ['a schema that holds itself', tree],
    ['the other flavour', mini.object({ a: mini.optional(mini.string().check(mini.minLength(2))) })],
  ]
  test.each(accepted)('%s', (_what, schema) => {
    expect(findNotJsonSafe(schema)).toEqual([])
  })
})

describe('what JSON cannot hold, or does not give back, is refused at its place', () => {
  const refused: [string, Schema, path: string, reason: RegExp][] = [
    ['a date', z.object({ a: z.object({ at: z.date() }) }), 'a.at', /z\.iso\.datetime\(\)/],
    ['a bigint', z.object({ a: z.array(z.bigint()) }), 'a[]', /bigint/],
    ['a symbol', z.object({ a: z.symbol() }), 'a', /symbol/],
    ['undefined', z.object({ a: z.undefined() }), 'a', /optional/],
    ['undefined as an option', z.object({ a: z.union([z.string(), z.undefined()]) }), 'a', /optional/],
    ['void', z.object({ a: z.void() }), 'a', /undefined/],
    ['NaN', z.object({ a: z.nan() }), 'a', /NaN/],
    ['a Map', z.object({ a: z.map(z.string(), z.string()) }), 'a', /z\.record\(\)/],
    ['a Set', z.object({ a: z.set(z.string()) }), 'a', /z\.array\(\)/],
    ['a File', z.object({ a: z.file() }), 'a', /File/],
    ['a function', z.object({ a: z.function() }), 'a', /function/],
    ['a promise', z.object({ a: z.promise(z.string()) }), 'a', /promise/],
    ['any', z.object({ a: z.any() }), 'a', /z\.json\(\)/],
    ['unknown', z.record(z.string(), z.unknown()), '*', /z\.json\(\)/],
    ['unknown keys', z.looseObject({ a: z.string() }), '*', /z\.json\(\)/],
    ['a literal undefined', z.object({ a: z.literal(['x', undefined]) }), 'a', /undefined/],
    ['a literal bigint', z.object({ a: z.literal([1n]) }), 'a', /1/],
    ['a transform', z.object({ a: z.string().transform(Number) }), 'a', /transforms/],
    ['a codec', z.object({ a: z.stringbool() }), 'a', /transforms/],
    ['a pipe', z.object({ a: z.string().pipe(z.email()) }), 'a', /transforms/],
    ['preprocessing', z.object({ a: z.preprocess(Number, z.number()) }), 'a', /transforms/],
    ['coercion', z.object({ a: z.coerce.number() }), 'a', /z\.coerce/],
    ['a default', z.object({ a: z.string().default('x') }), 'a', /fills in/],
    ['a prefault', z.object({ a: z.string().prefault('x') }), 'a', /fills in/],
    ['a caught value', z.object({ a: z.string().catch('x') }), 'a', /fills in/],
    ['a trimmed string', z.object({ a: z.tuple([z.string(), z.string().trim()]) }), 'a[1]', /trim/],
    ['a normalized URL', z.object({ a: z.url({ normalize: true }) }), 'a', /normalize/],
    ['a custom schema', z.object({ a: z.custom<string>() }), 'a', /code alone/],
    ['an instance', z.object({ a: z.instanceof(URL) }), 'a', /code alone/],
    ['an optional item', z.object({ a: z.array(z.string().optional()) }), 'a[]', /nullable/],
    ['an option of an item', z.array(z.union([z.number(), z.string().optional()])), '[]', /nullable/],
    ['an optional item of a tuple', z.tuple([z.string().optional()]), '[0]', /nullable/],
    ['an optional on the whole', z.object({}).optional(), '', /undefined/],
    ['a date in a schema that holds itself', datedTree, 'at', /Date/],
    ['the other flavour', mini.object({ a: mini.date() }), 'a', /Date/],
  ]
  test.each(refused)('%s', (_what, schema, path, reason) => {
    const found = findNotJsonSafe(schema)
    expect(found).toEqual([{ path, reason: expect.stringMatching(reason) }])
  })
})

test('all places are found at once, each once', () => {
  const both = z.object({ at: z.date() })
  const found = findNotJsonSafe(z.object({ a: z.date(), b: z.array(z.string().trim()), c: both, d: both }))
  expect(found.map(({ path }) => path)).toEqual(['a', 'b[]', 'c.at'])
})

test('a schema that may be left out in one place is still refused in another', () => {
  const maybe = z.string().optional()
  expect(findNotJsonSafe(z.object({ a: maybe, b: z.array(maybe) })).map(({ path }) => path)).toEqual(['b[]'])
})
