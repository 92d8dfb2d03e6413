import { expect, test } from 'vitest'
import { z } from 'zod'
import * as mini from 'zod/mini'
import type { Schema } from '../schema.ts'
import { describeType, describeValue } from './describe-type.ts'

const tree: z.ZodType = z.object({ children: z.array(z.lazy(() => tree)) })

const rows: [Schema, string][] = [
  [z.string(), 'string'],
  [z.string().min(1).max(5), 'string (length >= 1, length <= 5)'],
  [z.string().length(5), 'string (length = 5)'],
  [z.email(), 'string (email)'],
  [z.iso.datetime(), 'string (datetime)'],
  [z.string().regex(/^a/i), 'string (/^a/i)'],
  [z.string().startsWith('ab'), 'string (/^ab.*/)'],
  [z.string().trim(), 'string'],
  [z.string().refine(() => true), 'string (refined)'],
  [z.number().gt(0).max(9.5), 'number (> 0, <= 9.5)'],
  [z.int(), 'number (integer)'],
  [z.uint32().multipleOf(4), 'number (uint32, multiple of 4)'],
  [z.bigint().min(2n), 'bigint (>= 2)'],
  [z.date().min(new Date(0)), 'date (>= 1970-01-01T00:00:00.000Z)'],
  [z.literal('a'), "'a'"],
  [z.literal([1, true, null, undefined]), '1 | true | null | undefined'],
  [z.enum(['opus', 'sonnet']), "'opus' | 'sonnet'"],
  [z.array(z.string()), 'array of string'],
  [z.array(z.union([z.string(), z.number()])).min(1), 'array of (string | number) (length >= 1)'],
  [z.tuple([z.string(), z.int()], z.null()), '[string, number (integer), ...null]'],
  [z.record(z.string(), z.boolean()), 'record of boolean'],
  [z.map(z.string(), z.date()), 'map of string to date'],
  [z.set(z.string()), 'set of string'],
  [
    z.object({ id: z.string(), maxTokens: z.number().optional(), on: z.boolean().default(true) }),
    'object { id: string, maxTokens?: number, on?: boolean }',
  ],
  [z.object({}), 'object {}'],
  [z.looseObject({ id: z.string() }), 'object { id: string, … }'],
  [z.strictObject({ id: z.string() }), 'object { id: string }'],
  [z.union([z.string(), z.number()]), 'string | number'],
  [
    z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
    'object { a: string } & object { b: string }',
  ],
  [z.string().optional(), 'string | undefined'],
  [z.string().nullable(), 'string | null'],
  [z.string().readonly(), 'string'],
  [z.lazy(() => z.string()), 'string'],
  [z.string().transform(Number), 'transformed string'],
  [z.preprocess(Number, z.number()), 'number'],
  [z.templateLiteral(['v', z.literal('1')]), 'string (/^v(1)$/)'],
  [z.instanceof(Date), 'custom (refined)'],
  [z.unknown(), 'unknown'],
  [tree, 'object { children: array of object }'],
  [
    mini.object({ a: mini.optional(mini.string().check(mini.minLength(2), mini.describe('x'))) }),
    'object { a?: string (length >= 2) }',
  ],
]

test.each(rows.map(([schema, text]) => [text, schema] as const))('%s', (text, schema) => {
  expect(describeType(schema)).toBe(text)
})

test('what is too long is cut', () => {
  const schema = z.object(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field${index}`, z.string()])))
  expect(describeType(schema)).toHaveLength(80)
  expect(describeType(schema)).toMatch(/^object \{ field0: string, .*…$/)
  expect(describeType(schema, 20)).toBe('object { field0: st…')
})

test('values are written as in code', () => {
  expect(['a', 1, null, undefined, true, 5n, { a: 1 }, [1]].map(describeValue)).toEqual([
    "'a'",
    '1',
    'null',
    'undefined',
    'true',
    '5n',
    '{"a":1}',
    '[1]',
  ])
})
