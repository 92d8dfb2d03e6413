import type { ResponseFormat } from 'plugboard/interfaces/llm'
import { expect, test } from 'vitest'
import { isStrict } from './strict-schema.ts'

type Schema = ResponseFormat['schema']

const object = (more: Schema): Schema => ({ type: 'object', properties: { a: { type: 'string' } }, ...more })
const closed = object({ required: ['a'], additionalProperties: false })

test.each<Schema>([closed, { type: 'array', items: closed }, { anyOf: [closed, { type: 'null' }] }])(
  'an answer can be held to %j',
  (schema) => {
    expect(isStrict(schema)).toBe(true)
  },
)

test.each<Schema>([
  object({ required: ['a'] }),
  object({ additionalProperties: false }),
  object({ required: [], additionalProperties: false }),
  object({ required: ['a'], additionalProperties: {} }),
  { ...closed, type: ['object', 'null'], required: [] },
  { properties: { a: {} }, required: ['a'] },
  { type: 'object', properties: { b: object({}) }, required: ['b'], additionalProperties: false },
  { anyOf: [closed, object({})] },
  { ...closed, $defs: { b: object({}) } },
])('an answer cannot be held to %j', (schema) => {
  expect(isStrict(schema)).toBe(false)
})
