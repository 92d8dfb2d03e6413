import { expect, test } from 'vitest'
import { messages, z } from 'plugboard'
import { sampleOf } from './sample-of.ts'

const item = z.object({ id: z.string().min(1) })

test.each([
  ['fields, also those that may be left out', z.object({ a: z.string(), b: z.number().optional(), c: z.boolean() })],
  ['defaults and transforms', z.object({ a: z.number().default(3), b: z.string().transform((text) => text.length) })],
  ['literals, enums and null', z.object({ a: z.literal('x'), b: z.enum(['large', 'small']), c: z.null() })],
  ['bounds', z.object({ a: z.number().min(7).max(9), b: z.int() })],
  ['lists', z.object({ items: z.array(item).min(1) })],
  ['unions', z.union([item, z.object({ name: z.string() })])],
  ['intersections', z.intersection(item, z.object({ name: z.string() }))],
  ['addresses', z.object({ imageUrl: z.url() })],
  ['whatever it may be', z.object({ a: z.unknown(), b: z.record(z.string(), z.string()) })],
])('a sample of %s is taken by its schema', (_, schema) => {
  expect(schema.safeParse(sampleOf(schema)).error).toBeUndefined()
})

test.each(Object.entries(messages.defaults))('a sample of the message %s is taken by its schema', (_, { schema }) => {
  expect(z.safeParse(schema as never, sampleOf(schema)).error).toBeUndefined()
})

test('a sample is the same every time', () => {
  expect(sampleOf(z.object({ a: item, b: z.number() }))).toEqual({ a: { id: 'a' }, b: 1 })
})
