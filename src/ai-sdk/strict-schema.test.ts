import type { ResponseFormat } from 'plugboard/interfaces/llm'
import { expect, test } from 'vitest'
import { isStrict } from './strict-schema.ts'

type Schema = ResponseFormat['schema']

const object = (more: Schema): Schema => ({ type: 'object', properties: { a: { type: 'string' } }, ...more })
const closed = object({ required: ['a'], additionalProperties: false })

/** An object with a value that is so. */
const holding = (value: Schema, name = 'b'): Schema => ({
  type: 'object',
  properties: { [name]: value },
  required: [name],
  additionalProperties: false,
})

test.each<Schema>([
  closed,
  holding({ type: 'array', items: closed, minItems: 1 }),
  holding({ anyOf: [closed, { type: 'null' }] }),
  holding({ type: 'string', minLength: 1, pattern: '^a', enum: ['a'] }),
  // What properties are called says nothing.
  holding(closed, 'default'),
  holding(closed, 'properties'),
  { ...holding({ $ref: '#/$defs/b' }), $defs: { b: closed } },
])('an answer can be held to %j', (schema) => {
  expect(isStrict(schema)).toBe(true)
})

test.each<Schema>([
  object({ required: ['a'] }),
  object({ additionalProperties: false }),
  object({ required: [], additionalProperties: false }),
  object({ required: ['a'], additionalProperties: {} }),
  { ...closed, type: ['object', 'null'], required: [] },
  { properties: { a: {} }, required: ['a'] },
  { type: 'object', properties: { b: object({}) }, required: ['b'], additionalProperties: false },
  holding({ anyOf: [closed, object({})] }),
  // Which no strict mode takes, and would refuse the request for.
  { type: 'array', items: closed },
  { ...closed, anyOf: [closed] },
  holding({ oneOf: [closed] }),
  holding({ allOf: [closed] }),
  holding({ not: {} }),
  holding({ type: 'string', default: 'a' }),
  holding({ type: 'array', prefixItems: [{ type: 'string' }] }),
  holding({ type: 'array', items: { oneOf: [closed] } }),
  { ...closed, $defs: { b: object({}) } },
])('an answer cannot be held to %j', (schema) => {
  expect(isStrict(schema)).toBe(false)
})
