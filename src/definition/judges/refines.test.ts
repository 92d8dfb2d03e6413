import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as mini from 'zod/mini'
import type { Schema } from '../schema.ts'
import { assignable, judgeRefinement } from './refines.ts'

type Row = [
  what: string,
  verdict: 'yes' | 'no' | 'unprovable',
  from: Schema,
  to: Schema,
  path?: string,
  reason?: string | RegExp,
]

const isEven = (value: number) => value % 2 === 0
const even = z.number().refine(isEven)
const isShort = z.check<string>(
  (context) => void (context.value.length > 9 && context.issues.push({ code: 'custom', input: context.value })),
)
const shared = z.object({ id: z.string() })
const toLength = z.string().transform((text) => text.length)
const bounded = z.object({ low: z.number(), high: z.number() }).refine(({ low, high }) => low <= high)
const stamp = z.instanceof(Date)
const nonempty = z.string().refine(Boolean)
const sorted = z.array(z.int()).refine((items) => items.every((item, index) => item >= (items[index - 1] ?? item)))
const either = z.union([z.string(), z.int()]).refine(Boolean)
const shortened = z.string().min(2).trim()
const filling = z.intersection(z.object({ a: z.string().default('x') }), z.object({ a: z.string().default('x') }))
const tree: z.ZodType = z.object({ name: z.string(), children: z.array(z.lazy(() => tree)) })
const looseTree: z.ZodType = z.object({ name: z.string().optional(), children: z.array(z.lazy(() => looseTree)) })
const numberTree: z.ZodType = z.object({ name: z.number(), children: z.array(z.lazy(() => numberTree)) })
const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('circle'), radius: z.number() }),
  z.object({ kind: z.literal('square'), side: z.number() }),
])

const rows: Row[] = [
  // Scalars
  ['a string', 'yes', z.string(), z.string()],
  ['a number for a string', 'no', z.number(), z.string(), '', 'expected string, given number'],
  ['a boolean for a string', 'no', z.boolean(), z.string(), '', 'expected string, given boolean'],
  ['a string of another making', 'yes', z.string().describe('name'), z.string().meta({ title: 'Name' })],
  ['a bigint for a number', 'no', z.bigint(), z.number()],
  ['a date', 'yes', z.date(), z.date()],
  ['a date for a string', 'no', z.date(), z.string(), '', 'expected string, given date'],
  ['a date within bounds', 'yes', z.date().min(new Date(2000)), z.date().min(new Date(1000))],
  ['a date outside of bounds', 'no', z.date().min(new Date(1000)), z.date().min(new Date(2000))],
  ['NaN for a number', 'no', z.nan(), z.number()],
  ['a symbol', 'yes', z.symbol(), z.symbol()],
  ['null for undefined', 'no', z.null(), z.undefined()],
  ['void for undefined', 'yes', z.void(), z.undefined()],
  ['anything for a string', 'no', z.unknown(), z.string(), '', 'expected string, given unknown'],
  ['any for a union', 'no', z.any(), z.union([z.string(), z.number()])],
  ['a string for anything', 'yes', z.string(), z.unknown()],
  ['any for unknown', 'yes', z.any(), z.unknown()],
  ['never for a string', 'yes', z.never(), z.string()],
  ['a string for never', 'no', z.string(), z.never()],
  ['a brand', 'yes', z.string().brand<'id'>(), z.string().brand<'other'>()],
  // Strings
  ['a longer minimum', 'yes', z.string().min(3), z.string().min(2)],
  [
    'a shorter minimum',
    'no',
    z.string().min(2),
    z.string().min(3),
    '',
    'expected string (length >= 3), given string (length >= 2)',
  ],
  ['no minimum', 'no', z.string(), z.string().min(1)],
  ['a smaller maximum', 'yes', z.string().max(5), z.string().max(9)],
  ['a larger maximum', 'no', z.string().max(9), z.string().max(5)],
  ['a length within bounds', 'yes', z.string().length(4), z.string().min(2).max(4)],
  ['bounds that are one length', 'yes', z.string().min(4).max(4), z.string().length(4)],
  ['bounds for a length', 'no', z.string().max(4), z.string().length(4)],
  ['the same pattern', 'yes', z.string().regex(/^a+$/), z.string().regex(/^a+$/)],
  ['another pattern', 'unprovable', z.string().regex(/^aa+$/), z.string().regex(/^aa*$/)],
  ['another flag of a pattern', 'no', z.string().regex(/^a+$/), z.string().regex(/^A+$/)],
  ['a pattern that any string may break', 'no', z.string(), z.string().regex(/^a+$/)],
  ['a pattern that no known string breaks', 'unprovable', z.string(), z.string().regex(/^[^~]*$/)],
  ['the same format', 'yes', z.email(), z.string().email()],
  ['a format for any string', 'yes', z.email(), z.string()],
  ['any string for a format', 'no', z.string(), z.email(), '', 'expected string (email), given string'],
  ['another format', 'unprovable', z.email(), z.uuid()],
  ['a version of UUID for any', 'yes', z.uuidv4(), z.uuid()],
  ['any UUID for a version', 'unprovable', z.uuid(), z.uuidv4()],
  ['a UUID for a GUID', 'yes', z.uuid(), z.guid()],
  ['a UUID, which is not empty', 'yes', z.uuid(), z.string().min(1)],
  ['a UUID and its length', 'unprovable', z.uuid(), z.string().min(2)],
  ['a URL of one host for any', 'yes', z.url({ hostname: /^a\.example$/ }), z.url()],
  ['any URL for one of a host', 'unprovable', z.url(), z.url({ hostname: /^a\.example$/ })],
  ['a short URL', 'yes', z.url().max(9), z.url().max(99)],
  ['a start', 'yes', z.string().startsWith('ab'), z.string().startsWith('ab')],
  ['another start', 'no', z.string().startsWith('a'), z.string().startsWith('ab')],
  ['a date and time, and one with offset', 'unprovable', z.iso.datetime({ offset: true }), z.iso.datetime()],
  ['a template literal', 'yes', z.templateLiteral(['v', z.number()]), z.templateLiteral(['v', z.number()])],
  ['a template literal for a string', 'yes', z.templateLiteral(['v', z.number()]), z.string().min(1)],
  ['a string for a template literal', 'no', z.string(), z.templateLiteral(['v', z.number()])],
  ['another template literal', 'unprovable', z.templateLiteral(['v', z.number()]), z.templateLiteral(['v', z.int()])],
  ['a trimmed string', 'yes', z.string().trim(), z.string()],
  ['a string trimmed before its minimum', 'yes', z.string().trim().min(2), z.string().min(1)],
  ['a string trimmed after its minimum', 'no', z.string().min(1).trim(), z.string().min(1)],
  ['a lower-case string of a minimum', 'unprovable', z.string().regex(/B/).toLowerCase(), z.string().regex(/b/)],
  ['a string that is trimmed once more', 'yes', z.string(), z.string().trim()],
  ['a string that is checked once trimmed', 'unprovable', z.string().min(3).regex(/\S{3}/), z.string().trim().min(3)],
  ['the same check', 'yes', z.string().min(1).check(isShort), z.string().check(isShort)],
  ['a check that is not there', 'unprovable', z.string(), z.string().check(isShort)],
  // Numbers
  ['an integer for a number', 'yes', z.int(), z.number()],
  ['a number for an integer', 'no', z.number(), z.int(), '', 'expected number (integer), given number'],
  ['a small integer for an integer', 'yes', z.int32(), z.int()],
  ['an integer for a small one', 'no', z.int(), z.int32()],
  ['an integer within the range of small ones', 'yes', z.int().min(0).max(9), z.uint32()],
  ['a float for a number', 'yes', z.float32(), z.float64()],
  ['a number for a float', 'no', z.number(), z.float32()],
  ['an exclusive bound for an inclusive one', 'yes', z.number().gt(0), z.number().min(0)],
  ['an inclusive bound for an exclusive one', 'no', z.number().min(0), z.number().gt(0)],
  ['integers above zero', 'yes', z.int().positive(), z.int().min(1)],
  ['numbers above zero', 'no', z.number().positive(), z.number().min(1)],
  ['integers below a fraction', 'yes', z.int().lt(2.5), z.number().max(2)],
  ['the narrowest of several bounds', 'yes', z.number().min(0).min(5).min(2), z.number().min(5)],
  ['a maximum', 'no', z.number().max(10), z.number().max(9)],
  ['a multiple', 'yes', z.number().multipleOf(6), z.number().multipleOf(3)],
  ['no multiple', 'no', z.number(), z.number().multipleOf(3)],
  ['another multiple', 'no', z.number().multipleOf(7), z.number().multipleOf(3)],
  ['a multiple and a bound', 'unprovable', z.number().multipleOf(10).min(1).max(25), z.number().max(20)],
  ['bigints within bounds', 'yes', z.bigint().min(5n), z.bigint().positive()],
  ['bigints outside of bounds', 'no', z.bigint(), z.int64()],
  ['the very same refined schema', 'yes', even, even],
  ['the very same refined schema, described', 'yes', even, even.describe('an even number')],
  ['the same refinement on a wider schema', 'yes', even.min(3), even],
  ['another refinement', 'unprovable', z.number(), even, '', /checked by code/],
  ['a refined schema for one without', 'yes', even, z.number()],
  // Values
  ['a literal for its type', 'yes', z.literal('a'), z.string()],
  ['a literal for a bound', 'yes', z.literal('abc'), z.string().min(3)],
  [
    'a literal against a bound',
    'no',
    z.literal('ab'),
    z.string().min(3),
    '',
    "expected string (length >= 3), given 'ab'",
  ],
  ['a literal for a pattern', 'yes', z.literal('aa'), z.string().regex(/^a+$/)],
  ['a literal for code', 'unprovable', z.literal('aa'), z.string().refine(() => true)],
  ['a literal of another type for code', 'no', z.literal(5), z.string().refine(() => true)],
  ['a string for a literal', 'no', z.string(), z.literal('a'), '', "expected 'a', given string"],
  ['fewer values', 'yes', z.enum(['a', 'b']), z.enum(['a', 'b', 'c'])],
  ['more values', 'no', z.enum(['a', 'b', 'c']), z.enum(['a', 'b']), '', "expected 'a' | 'b', given 'c'"],
  ['an enum for literals', 'yes', z.enum(['a', 'b']), z.union([z.literal('a'), z.literal('b')])],
  [
    'an enum for literals and a refined string',
    'yes',
    z.enum(['a', 'b']),
    z.union([z.string().refine(() => false), z.literal('a'), z.literal('b')]),
  ],
  ['a boolean for both of its values', 'yes', z.boolean(), z.union([z.literal(true), z.literal(false)])],
  ['a boolean for one of its values', 'no', z.boolean(), z.literal(true), '', 'expected true, given false'],
  ['an integer for a few numbers', 'no', z.int(), z.literal([1, 2, 3])],
  ['a few integers for as many numbers', 'unprovable', z.int().min(1).max(1), z.literal([1, 0, -1])],
  // Absence
  ['a required field for an optional one', 'yes', z.object({ a: z.string() }), z.object({ a: z.string().optional() })],
  [
    'an optional field for a required one',
    'no',
    z.object({ a: z.string().optional() }),
    z.object({ a: z.string() }),
    'a',
    'is required, but may be absent',
  ],
  ['a missing field', 'no', z.object({}), z.object({ a: z.string() }), 'a', 'is required, but is missing'],
  ['a missing optional field', 'yes', z.object({}), z.object({ a: z.string().optional() })],
  ['a missing field of unknown', 'no', z.object({}), z.object({ a: z.unknown() }), 'a', 'is required, but is missing'],
  [
    'a missing field that may be undefined',
    'no',
    z.object({}),
    z.object({ a: z.union([z.string(), z.undefined()]) }),
    'a',
  ],
  ['a missing field with a default', 'yes', z.object({}), z.object({ a: z.string().default('x') })],
  [
    'a missing field with a default and a refinement',
    'yes',
    z.object({}),
    z.object({
      a: z
        .string()
        .refine(() => true)
        .default('x'),
    }),
  ],
  ['a missing field with a prefault that fits', 'yes', z.object({}), z.object({ a: z.string().min(2).prefault('xx') })],
  [
    'a missing field with a prefault that does not',
    'no',
    z.object({}),
    z.object({ a: z.string().min(2).prefault('x') }),
  ],
  [
    'a missing field with a prefault under code',
    'unprovable',
    z.object({}),
    z.object({
      a: z
        .string()
        .refine(() => true)
        .prefault('x'),
    }),
    'a',
  ],
  ['a default for a required field', 'yes', z.object({ a: z.string().default('x') }), z.object({ a: z.string() })],
  [
    'an optional default, which fills in',
    'yes',
    z.object({ a: z.string().default('x').optional() }),
    z.object({ a: z.string() }),
  ],
  ['a default of an optional', 'yes', z.string().optional().default('x'), z.string()],
  ['a default that does not fit', 'no', z.string().default('x'), z.string().min(0).max(0), '', /given/],
  [
    'a default that alone does not fit',
    'no',
    z.enum(['a', 'b']).default('c' as 'a'),
    z.enum(['a', 'b']),
    '',
    "expected 'a' | 'b', given 'c', which is filled in",
  ],
  ['a caught value', 'yes', z.string().catch('x'), z.string()],
  [
    'a caught value that does not fit',
    'no',
    z.object({ a: z.string().catch(undefined as unknown as string) }),
    z.object({ a: z.string() }),
    'a',
  ],
  [
    'caught undefined, which leaves the key out',
    'no',
    z.object({ a: z.string().catch(undefined as unknown as string) }),
    z.object({ a: z.unknown() }),
    'a',
    'is required, but may be absent',
  ],
  ['what is caught', 'yes', z.number(), z.string().catch('x')],
  ['undefined for an optional', 'yes', z.undefined(), z.string().optional()],
  [
    'undefined for an exact optional',
    'no',
    z.object({ a: z.string().optional() }),
    z.object({ a: z.string().exactOptional() }),
    'a',
  ],
  [
    'an exact optional for an optional',
    'yes',
    z.object({ a: z.string().exactOptional() }),
    z.object({ a: z.string().optional() }),
  ],
  [
    'an exact optional',
    'yes',
    z.object({ a: z.string().exactOptional() }),
    z.object({ a: z.string().min(0).exactOptional() }),
  ],
  [
    'undefined for a refined optional',
    'yes',
    z.undefined(),
    z
      .string()
      .refine(() => true)
      .optional(),
  ],
  [
    'undefined for a refined nonoptional',
    'unprovable',
    z.undefined(),
    z
      .string()
      .refine(() => true)
      .optional()
      .nonoptional(),
  ],
  ['a nonoptional', 'yes', z.string().optional().nonoptional(), z.string()],
  [
    'a nullable for a required field',
    'no',
    z.object({ a: z.string().nullable() }),
    z.object({ a: z.string() }),
    'a',
    'expected string, given null',
  ],
  ['a nullish field', 'yes', z.object({ a: z.string().nullable() }), z.object({ a: z.string().nullish() })],
  [
    'null for a refined nullable',
    'yes',
    z.null(),
    z
      .string()
      .refine(() => true)
      .nullable(),
  ],
  ['a readonly', 'yes', z.array(z.string()).readonly(), z.array(z.string())],
  [
    'a refinement on a wrapper',
    'unprovable',
    z.string(),
    z
      .string()
      .optional()
      .refine(() => true),
  ],
  ['caught undefined for a refined string', 'no', nonempty.catch(undefined as never), nonempty],
  ['undefined for a refined exact optional', 'no', z.undefined(), nonempty.exactOptional()],
  ['anything for a nonoptional of anything', 'no', z.unknown(), z.unknown().nonoptional()],
  [
    'a number for a nonoptional that catches undefined',
    'unprovable',
    z.number(),
    z
      .string()
      .catch(undefined as never)
      .nonoptional(),
  ],
  // Objects
  ['a further field that is dropped', 'yes', z.object({ a: z.string(), b: z.string() }), z.object({ a: z.string() })],
  [
    'a further field for a strict object',
    'no',
    z.object({ a: z.string(), b: z.string() }),
    z.strictObject({ a: z.string() }),
    'b',
    /strict/,
  ],
  ['a dropping object for a strict one', 'yes', z.object({ a: z.string() }), z.strictObject({ a: z.string() })],
  [
    'a loose object for a strict one',
    'no',
    z.looseObject({ a: z.string() }),
    z.strictObject({ a: z.string() }),
    '*',
    /strict/,
  ],
  ['a loose object for a dropping one', 'yes', z.looseObject({ a: z.string() }), z.object({ a: z.string() })],
  [
    'a loose object for one with a further optional field',
    'no',
    z.looseObject({}),
    z.object({ a: z.string().optional() }),
    'a',
    'expected string, given unknown',
  ],
  ['checked unknown keys', 'yes', z.object({}).catchall(z.int()), z.object({}).catchall(z.number())],
  ['wrongly checked unknown keys', 'no', z.object({}).catchall(z.number()), z.object({}).catchall(z.string()), '*'],
  ['a field as an unknown key', 'yes', z.object({ a: z.int() }), z.object({}).catchall(z.number())],
  ['a field as a wrong unknown key', 'no', z.object({ a: z.string() }), z.object({}).catchall(z.number()), 'a'],
  [
    'a field of a field',
    'no',
    z.object({ a: z.object({ b: z.number() }) }),
    z.object({ a: z.object({ b: z.string() }) }),
    'a.b',
    'expected string, given number',
  ],
  ['the same field', 'yes', z.object({ a: shared }), z.object({ a: shared, b: z.string().optional() })],
  ['an array for an object', 'no', z.array(z.string()), z.object({})],
  ['the same refined object', 'yes', bounded, bounded.describe('a range')],
  ['a refined object for one without', 'yes', bounded, z.object({ low: z.number(), high: z.number() })],
  ['an object for a refined one', 'unprovable', z.object({ low: z.number(), high: z.number() }), bounded],
  [
    'a refined object for one with a further optional field',
    'yes',
    bounded,
    bounded.safeExtend({ unit: z.string().optional() }),
  ],
  [
    'a refined object for one that fills in a further field',
    'unprovable',
    bounded,
    bounded.safeExtend({ unit: z.string().default('m') }),
  ],
  [
    'a refined object with a further field for one that drops it',
    'unprovable',
    bounded.safeExtend({ unit: z.string() }),
    bounded,
  ],
  // Records
  ['a record', 'yes', z.record(z.string(), z.int()), z.record(z.string(), z.number())],
  [
    'a record of other values',
    'no',
    z.record(z.string(), z.string()),
    z.record(z.string(), z.number()),
    '*',
    'expected number, given string',
  ],
  [
    'an object for a record',
    'yes',
    z.object({ a: z.int(), b: z.int().optional() }),
    z.record(z.string(), z.int().optional()),
  ],
  [
    'an object with another value for a record',
    'no',
    z.object({ a: z.int(), b: z.string() }),
    z.record(z.string(), z.number()),
    'b',
  ],
  [
    'a record for an object',
    'no',
    z.record(z.string(), z.string()),
    z.object({ a: z.string() }),
    'a',
    'is required, but may be absent',
  ],
  [
    'a record for an object of optional fields',
    'yes',
    z.record(z.string(), z.string()),
    z.object({ a: z.string().optional() }),
  ],
  [
    'a record for a strict object',
    'no',
    z.record(z.string(), z.string()),
    z.strictObject({ a: z.string().optional() }),
    '*',
  ],
  ['a record over an enum', 'yes', z.record(z.enum(['a', 'b']), z.int()), z.object({ a: z.number(), b: z.number() })],
  [
    'an object for a record over an enum',
    'yes',
    z.object({ a: z.int(), b: z.int() }),
    z.record(z.enum(['a', 'b']), z.number()),
  ],
  [
    'an object that lacks a key of a record over an enum',
    'no',
    z.object({ a: z.int() }),
    z.record(z.enum(['a', 'b']), z.number()),
    'b',
  ],
  [
    'a partial record for a whole one',
    'no',
    z.partialRecord(z.enum(['a', 'b']), z.int()),
    z.record(z.enum(['a', 'b']), z.int()),
    'a',
  ],
  [
    'a partial record',
    'yes',
    z.partialRecord(z.enum(['a', 'b']), z.int()),
    z.object({ a: z.int().optional(), b: z.int().optional() }),
  ],
  ['restricted keys', 'yes', z.record(z.string().min(3), z.int()), z.record(z.string().min(1), z.int())],
  ['free keys for restricted ones', 'unprovable', z.record(z.string(), z.int()), z.record(z.string().min(1), z.int())],
  ['a key that fits', 'yes', z.object({ abc: z.int() }), z.record(z.string().min(3), z.int())],
  ['a key that does not fit', 'no', z.object({ ab: z.int() }), z.record(z.string().min(3), z.int()), '*'],
  ['a numeric key', 'yes', z.object({ 1: z.int() }), z.record(z.number(), z.int())],
  [
    'a restricted record for a field it may not have',
    'unprovable',
    z.record(z.string().regex(/^x/), z.int()),
    z.object({ y: z.string().optional() }),
    'y',
  ],
  ['a loose record', 'unprovable', z.object({ a: z.string() }), z.looseRecord(z.string().regex(/^x/), z.int())],
  // Arrays and tuples
  ['an array', 'yes', z.array(z.int()), z.array(z.number())],
  [
    'an array of others',
    'no',
    z.array(z.object({ role: z.string() })),
    z.array(z.object({ role: z.enum(['user']) })),
    '[].role',
    "expected 'user', given string",
  ],
  ['an array of a minimum', 'yes', z.array(z.int()).min(2), z.array(z.int()).nonempty()],
  [
    'an array without a minimum',
    'no',
    z.array(z.int()),
    z.array(z.int()).nonempty(),
    '',
    'expected at least 1 items, given at least 0 items',
  ],
  ['an array of a maximum', 'no', z.array(z.int()).max(5), z.array(z.int()).max(4)],
  [
    'an array of optional items',
    'no',
    z.array(z.string().optional()),
    z.array(z.string()),
    '[]',
    'expected string, given undefined',
  ],
  ['a refined array', 'unprovable', z.array(z.int()), z.array(z.int()).refine(() => true)],
  ['a reversed array', 'unprovable', z.array(z.int()).overwrite((items) => items.toReversed()), z.array(z.int())],
  ['a tuple', 'yes', z.tuple([z.int(), z.string()]), z.tuple([z.number(), z.string()])],
  ['a tuple of another item', 'no', z.tuple([z.int(), z.string()]), z.tuple([z.int(), z.int()]), '[1]'],
  ['a longer tuple', 'no', z.tuple([z.int(), z.int()]), z.tuple([z.int()])],
  ['a shorter tuple', 'no', z.tuple([z.int()]), z.tuple([z.int(), z.int()])],
  ['a shorter tuple for one with an optional end', 'yes', z.tuple([z.int()]), z.tuple([z.int(), z.int().optional()])],
  ['a shorter tuple for one with a filled end', 'yes', z.tuple([z.int()]), z.tuple([z.int(), z.int().default(1)])],
  ['a tuple for an array', 'yes', z.tuple([z.int(), z.int()]), z.array(z.number()).length(2)],
  ['a tuple with a rest for an array', 'no', z.tuple([z.int()], z.string()), z.array(z.int()), '[]'],
  ['an array for a tuple', 'no', z.array(z.int()), z.tuple([z.int()])],
  ['an array of one for a tuple', 'yes', z.array(z.int()).length(1), z.tuple([z.number()])],
  ['an array for a tuple with a rest', 'yes', z.array(z.int()).min(1), z.tuple([z.int()], z.number())],
  [
    'a shorter tuple for one whose end is filled under code',
    'unprovable',
    z.tuple([z.int()]),
    z.tuple([z.int(), nonempty.prefault('x')]),
  ],
  // Maps and Sets
  ['a Map', 'yes', z.map(z.string(), z.int()), z.map(z.string(), z.number())],
  ['a Map of other values', 'no', z.map(z.string(), z.string()), z.map(z.string(), z.number()), '[]'],
  ['a Set', 'yes', z.set(z.int()).min(2), z.set(z.number()).min(1)],
  ['a Set of a size', 'no', z.set(z.int()), z.set(z.int()).min(1)],
  ['a Set whose items may become equal', 'unprovable', z.set(z.string()).min(2), z.set(z.string().trim()).min(2)],
  // Unions
  ['fewer options', 'yes', z.string(), z.union([z.number(), z.string()])],
  ['more options', 'no', z.union([z.string(), z.number()]), z.string(), '', 'expected string, given number'],
  ['the options in another order', 'yes', z.union([z.string(), z.number()]), z.union([z.number(), z.string()])],
  ['no option', 'no', z.boolean(), z.union([z.number(), z.string()]), '', 'expected number | string, given boolean'],
  ['a string for literals', 'no', z.string(), z.union([z.literal('a'), z.literal('b')])],
  [
    'the nearest option',
    'no',
    z.array(z.number()),
    z.union([z.string(), z.array(z.string())]),
    '[]',
    'expected string, given number',
  ],
  ['two formats', 'no', z.string(), z.union([z.email(), z.uuid()])],
  [
    'bounds that cover in part each',
    'unprovable',
    z.array(z.string()),
    z.union([z.array(z.string()).max(1), z.array(z.string()).min(2)]),
  ],
  [
    'a field of two options for two objects',
    'yes',
    z.object({ a: z.union([z.string(), z.int()]) }),
    z.union([z.object({ a: z.string() }), z.object({ a: z.number() })]),
  ],
  [
    'a field of two values for two objects',
    'yes',
    z.object({ kind: z.enum(['circle', 'square']), radius: z.number(), side: z.number() }),
    shape,
  ],
  ['an option of a discriminated union', 'yes', z.object({ kind: z.literal('circle'), radius: z.int() }), shape],
  [
    'an option that lacks a field',
    'no',
    z.object({ kind: z.literal('circle') }),
    shape,
    'radius',
    'is required, but is missing',
  ],
  [
    'an unknown option',
    'no',
    z.object({ kind: z.literal('oval') }),
    shape,
    'kind',
    "expected 'circle' | 'square', given 'oval'",
  ],
  [
    'a discriminated union with one option more',
    'no',
    z.union([shape, z.object({ kind: z.literal('dot') })]),
    shape,
    'kind',
  ],
  [
    'a discriminator that may be absent',
    'unprovable',
    z.object({ kind: z.literal('a').optional() }),
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a').optional() }),
      z.object({ kind: z.literal('b').optional() }),
    ]),
  ],
  [
    'a discriminator that may be left out',
    'unprovable',
    z.object({ kind: z.literal('a').exactOptional() }),
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a').exactOptional() }),
      z.object({ kind: z.literal('b').exactOptional() }),
    ]),
  ],
  [
    'a union of which one option may throw',
    'unprovable',
    z.object({ a: z.string() }),
    z.union([
      z.intersection(z.object({ a: z.string().trim() }), z.object({ a: z.string() })),
      z.object({ a: z.string() }),
    ]),
  ],
  ['an exclusive union', 'yes', z.string(), z.xor([z.string(), z.number()])],
  ['an exclusive union with two that fit', 'unprovable', z.int(), z.xor([z.int(), z.number()])],
  ['a refined union', 'unprovable', z.string(), z.union([z.string(), z.number()]).refine(() => true)],
  // Intersections
  [
    'an intersection for either side',
    'yes',
    z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
    z.strictObject({ a: z.string(), b: z.string() }),
  ],
  [
    'an intersection of dropping objects',
    'yes',
    z.object({ a: z.string(), b: z.string() }),
    z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
  ],
  [
    'an intersection of strict objects',
    'yes',
    z.object({ a: z.string(), b: z.string() }),
    z.intersection(z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })),
  ],
  [
    'a key that both strict objects refuse',
    'no',
    z.object({ a: z.string(), b: z.string(), c: z.string() }),
    z.intersection(z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })),
    'c',
  ],
  [
    'half of an intersection',
    'no',
    z.object({ a: z.string() }),
    z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
    'b',
  ],
  [
    'a field that both sides ask for',
    'yes',
    z.object({ a: z.string().min(2).max(3) }),
    z.intersection(z.object({ a: z.string().min(2) }), z.object({ a: z.string().max(3) })),
  ],
  [
    'a field that one side changes',
    'unprovable',
    z.object({ a: z.string() }),
    z.intersection(z.object({ a: z.string().trim() }), z.object({ a: z.string() })),
  ],
  [
    'a field that both sides fill in',
    'unprovable',
    z.object({}),
    z.intersection(z.object({ a: z.string().default('x') }), z.object({ a: z.string().default('y') })),
  ],
  [
    'a field that both sides hold',
    'yes',
    z.intersection(z.object({ a: z.string() }), z.object({ a: z.string().min(2) })),
    z.object({ a: z.string().min(2) }),
  ],
  [
    'arrays that are merged',
    'unprovable',
    z.intersection(z.array(z.object({ a: z.string() })), z.array(z.object({ b: z.string() }))),
    z.array(z.strictObject({ a: z.string() })),
  ],
  ['scalars that are both', 'yes', z.intersection(z.string().min(2), z.string().max(5)), z.string().max(5)],
  ['a scalar for both', 'yes', z.string().length(3), z.intersection(z.string().min(2), z.string().max(5))],
  ['a scalar for neither', 'no', z.number(), z.intersection(z.string().min(2), z.string().max(5))],
  [
    'a union within an intersection',
    'yes',
    z.intersection(shape, z.object({ id: z.string() })),
    z.object({ kind: z.string(), id: z.string() }),
  ],
  [
    'an intersection with a union',
    'yes',
    z.object({ kind: z.literal('circle'), radius: z.number(), id: z.string() }),
    z.intersection(shape, z.object({ id: z.string() })),
  ],
  [
    'a loose side of an intersection',
    'no',
    z.intersection(z.looseObject({ a: z.string() }), z.object({ b: z.string() })),
    z.strictObject({ a: z.string(), b: z.string() }),
    '*',
  ],
  [
    'a field that one side of an intersection fills in',
    'no',
    z.intersection(z.object({}).catchall(z.date()), z.object({ c: z.literal(1).catch(1) })),
    z.object({ c: z.date() }),
    'c',
  ],
  [
    'a field that one side of an intersection changes and the other keeps',
    'unprovable',
    z.object({ c: z.string() }),
    z.intersection(z.looseObject({}), z.object({ c: z.string().trim() })),
  ],
  // Code
  ['the very same transform', 'unprovable', toLength, toLength, '', /transformed/],
  [
    'the very same transform within',
    'unprovable',
    z.object({ a: toLength }),
    z.object({ a: toLength }),
    'a',
    /transformed/,
  ],
  ['a transform for anything', 'yes', toLength, z.unknown()],
  ['a value for a transform', 'unprovable', z.string(), toLength],
  ['a wrong value for a transform', 'no', z.number(), toLength, '', 'expected string, given number'],
  ['a pipe by its end', 'yes', z.unknown().pipe(z.string()), z.string()],
  ['a pipe by its beginning', 'yes', z.string().min(1), z.string().pipe(z.string())],
  ['a pipe whose end asks for more', 'unprovable', z.string().min(1), z.string().pipe(z.string().min(1))],
  ['a codec', 'unprovable', z.string(), z.stringbool()],
  ['what a codec gives', 'yes', z.stringbool(), z.boolean()],
  ['preprocessing', 'yes', z.preprocess(Number, z.number()), z.number()],
  ['something preprocessed', 'unprovable', z.string(), z.preprocess(Number, z.number())],
  ['what coercion gives', 'yes', z.coerce.number(), z.number()],
  ['its own type for coercion', 'yes', z.number().min(2), z.coerce.number().min(1)],
  ['another type for coercion', 'unprovable', z.string(), z.coerce.number()],
  ['anything for coercion to a boolean', 'yes', z.unknown(), z.coerce.boolean()],
  ['a custom schema', 'unprovable', z.instanceof(Date), z.date()],
  [
    'a field that a refinement may narrow',
    'unprovable',
    z.object({ a: z.string() }).refine(({ a }) => a === 'x'),
    z.object({ a: z.literal('x') }),
    'a',
    /checked by code/,
  ],
  [
    'an optional field that a refinement may require',
    'unprovable',
    z.object({ a: z.string().optional() }).refine(({ a }) => a !== undefined),
    z.object({ a: z.string() }),
    'a',
  ],
  ['a null that a refinement may refuse', 'unprovable', z.string().nullable().refine(Boolean), z.string()],
  ['an option that a refinement may refuse', 'unprovable', z.union([z.string(), z.int()]).refine(Boolean), z.string()],
  [
    'a field of another type, whatever a refinement says',
    'no',
    z.object({ a: z.string() }).refine(() => true),
    z.object({ a: z.number() }),
    'a',
    'expected number, given string',
  ],
  ['for a custom schema', 'unprovable', z.string(), z.custom<string>(() => true)],
  // Schemas that hold themselves
  ['a tree', 'yes', tree, looseTree],
  ['a tree that is looser', 'no', looseTree, tree, 'name', 'is required, but may be absent'],
  ['a tree of other names', 'no', tree, numberTree, 'name'],
  ['a branch', 'no', z.object({ name: z.string(), children: z.array(numberTree) }), tree, 'children[].name'],
  ['JSON', 'yes', z.json(), z.json()],
  ['an object for JSON', 'yes', z.object({ a: z.array(z.object({ b: z.string().nullable() })) }), z.json()],
  ['an object with a Date for JSON', 'no', z.object({ a: z.date() }), z.json()],
  // The very same schemas, whose code need not be known
  ['the very same custom schema', 'yes', z.object({ a: stamp }), z.object({ a: stamp })],
  ['the very same refined array', 'yes', sorted, sorted.describe('in order')],
  ['the very same refined union', 'yes', either, either.meta({ title: 'Either' })],
  ['the very same string that is trimmed after its minimum', 'unprovable', shortened, shortened],
  ['the very same intersection that fills in', 'unprovable', filling, filling],
  // zod/mini
  [
    'the other flavour',
    'yes',
    mini.object({ a: mini.string().check(mini.minLength(3), mini.describe('x')) }),
    z.object({ a: z.string().min(2) }),
  ],
  [
    'the other flavour against it',
    'no',
    mini.object({ a: mini.optional(mini.string()) }),
    z.object({ a: z.string() }),
    'a',
    'is required, but may be absent',
  ],
  ['the other flavour the other way', 'yes', z.object({ a: z.email() }), mini.strictObject({ a: mini.email() })],
]

describe('what parsing with one schema gives, for another to accept', () => {
  test.each(rows)('%s: %s', (_what, verdict, from, to, path, reason) => {
    const judged = assignable(from, to)
    expect(judged).toMatchObject({ verdict, ...(path !== undefined && { path }) })
    if (reason !== undefined)
      expect(judged).toMatchObject({ reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) })
  })

  test('the table tells all three verdicts apart', () => {
    for (const one of ['yes', 'no', 'unprovable'])
      expect(rows.filter(([, verdict]) => verdict === one).length).toBeGreaterThan(30)
  })
})

test('a refusal says what was expected, what is given, and how it differs', () => {
  expect(assignable(z.object({ a: z.number() }), z.object({ a: z.string() }))).toMatchObject({
    expected: 'string',
    given: 'number',
    cause: 'type',
  })
  expect(assignable(z.object({}), z.object({ a: z.string() }))).toMatchObject({
    expected: 'string',
    given: 'nothing',
    cause: 'missing',
  })
  expect(assignable(z.object({ a: z.string().optional() }), z.object({ a: z.string() }))).toMatchObject({
    given: 'nothing',
    cause: 'optional',
  })
  expect(assignable(z.string().nullable(), z.string())).toMatchObject({
    expected: 'string',
    given: 'null',
    cause: 'optional',
  })
})

test('no refinement and no transform is run', () => {
  let runs = 0
  const counted = z.string().refine(() => ++runs > 0)
  const transformed = z.string().transform(() => ++runs)
  const rejected = z.string().refine(async () => Promise.reject(new Error('never run')))
  for (const schema of [counted, transformed, rejected, counted.prefault('x'), z.object({ a: counted.catch('x') })]) {
    for (const other of [z.literal('a'), z.object({}), z.object({ a: z.literal('b') }), z.undefined(), schema]) {
      assignable(other, schema)
      assignable(schema, other)
    }
  }
  expect(runs).toBe(0)
})

test('an own input must be at least as wide, an own output at least as narrow', () => {
  const narrow = z.object({ prompt: z.string() })
  const wide = z.object({ prompt: z.string().optional() })
  expect(judgeRefinement(wide, narrow, 'input').verdict).toBe('yes')
  expect(judgeRefinement(narrow, wide, 'input')).toMatchObject({ verdict: 'no', path: 'prompt' })
  expect(judgeRefinement(narrow, wide, 'output').verdict).toBe('yes')
  expect(judgeRefinement(wide, narrow, 'output')).toMatchObject({ verdict: 'no', path: 'prompt' })
})

test('a schema too large to judge is not judged, and soon', () => {
  const options = (count: number): z.ZodType[] =>
    Array.from({ length: count }, (_, index) => z.object({ [`key${index}`]: nested(count - 1) }))
  const nested = (count: number): z.ZodType => (count <= 0 ? z.string() : z.union(options(count)))
  expect(assignable(nested(5), nested(5)).verdict).not.toBe('no')
})
