import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as mini from 'zod/mini'
import type { Schema } from '../schema.ts'
import { compareEntity } from './compare-entity.ts'

const base = z.object({
  id: z.string(),
  name: z.string().optional(),
  limits: z.object({ maxTokens: z.number() }).optional(),
})
const isOdd = (value: { id: string }) => value.id.length % 2 === 1
const odd = z.object({ id: z.string() }).refine(isOdd)

describe('an own entity that refines', () => {
  const rows: [string, Schema, Schema][] = [
    ['the very same', base, base],
    [
      'the same fields',
      base,
      z.object({ id: z.string(), name: z.string().optional(), limits: z.object({ maxTokens: z.number() }).optional() }),
    ],
    ['further fields', base, z.object({ id: z.string(), family: z.string() })],
    [
      'narrower fields',
      base,
      z.object({
        id: z.enum(['opus', 'sonnet']),
        name: z.string(),
        limits: z.object({ maxTokens: z.int(), maxImages: z.int() }),
      }),
    ],
    ['a strict own entity', base, z.strictObject({ id: z.string(), family: z.string() })],
    [
      'a strict entity of the interface',
      z.strictObject({ id: z.string() }),
      z.object({ id: z.string(), family: z.string() }),
    ],
    ['a loose own entity', z.object({ id: z.string() }), z.looseObject({ id: z.string() })],
    ['an intersection', base, z.intersection(z.object({ id: z.string() }), z.object({ family: z.string() }))],
    ['a readonly entity', base, z.object({ id: z.string() }).readonly()],
    ['the other flavour', base, mini.object({ id: mini.string(), name: mini.optional(mini.string()) })],
    ['a record for a record', z.record(z.string(), z.number()), z.record(z.string(), z.int())],
    [
      'a union of entities',
      z.object({ id: z.string() }),
      z.union([z.object({ id: z.literal('a') }), z.object({ id: z.string(), size: z.int() })]),
    ],
    ['the same refinement', odd, odd.safeExtend({ family: z.string() })],
    ['a refined own entity', z.object({ id: z.string() }), z.object({ id: z.string() }).refine(isOdd)],
  ]
  test.each(rows)('%s', (_what, interfaceEntity, own) => {
    expect(compareEntity(interfaceEntity, own)).toEqual([])
  })
})

describe('an own entity that does not refine', () => {
  const rows: [string, Schema, Schema, problem: object][] = [
    [
      'a missing field',
      base,
      z.object({ name: z.string() }),
      { kind: 'missing', field: 'id', expected: 'string', given: 'nothing' },
    ],
    [
      'an optional field',
      base,
      z.object({ id: z.string().optional() }),
      { kind: 'optional', field: 'id', expected: 'string', given: 'string | undefined' },
    ],
    [
      'a nullable field',
      base,
      z.object({ id: z.string().nullable() }),
      { kind: 'optional', field: 'id', expected: 'string', given: 'null' },
    ],
    [
      'a field of another type',
      base,
      z.object({ id: z.number() }),
      { kind: 'type', field: 'id', expected: 'string', given: 'number' },
    ],
    [
      'an optional field of another type',
      base,
      z.object({ id: z.string(), name: z.number().optional() }),
      { kind: 'type', field: 'name' },
    ],
    [
      'a nullable field of another type',
      base,
      z.object({ id: z.number().nullable() }),
      { kind: 'type', field: 'id', given: 'number' },
    ],
    [
      'a wider field',
      z.object({ tier: z.enum(['a', 'b']) }),
      z.object({ tier: z.string() }),
      { kind: 'type', field: 'tier', expected: "'a' | 'b'", given: 'string' },
    ],
    [
      'a field missing within',
      base,
      z.object({ id: z.string(), limits: z.object({}) }),
      { kind: 'missing', field: 'limits.maxTokens' },
    ],
    [
      'a field optional within',
      base,
      z.object({ id: z.string(), limits: z.object({ maxTokens: z.number().optional() }) }),
      { kind: 'optional', field: 'limits.maxTokens' },
    ],
    [
      'a type within',
      base,
      z.object({ id: z.string(), limits: z.object({ maxTokens: z.string() }) }),
      { kind: 'type', field: 'limits.maxTokens', expected: 'number', given: 'string' },
    ],
    [
      'a type within an array',
      z.object({ tags: z.array(z.string()) }),
      z.object({ tags: z.array(z.int()) }),
      { kind: 'type', field: 'tags[]' },
    ],
    [
      'a record for an object',
      base,
      z.record(z.string(), z.string()),
      { kind: 'kind', field: '', given: 'record of string' },
    ],
    [
      'an object for a record',
      z.record(z.string(), z.string()),
      z.object({ id: z.string() }),
      { kind: 'kind', field: '', expected: 'record of string' },
    ],
    ['a string for an object', base, z.string(), { kind: 'kind', field: '', given: 'string' }],
    [
      'another record',
      z.record(z.string(), z.string()),
      z.record(z.string(), z.number()),
      { kind: 'type', field: '*' },
    ],
    [
      'a union with one wrong option',
      z.object({ id: z.string() }),
      z.union([z.object({ id: z.string() }), z.object({ id: z.number() })]),
      { kind: 'type', field: 'id' },
    ],
    ['a nullable entity', base, z.object({ id: z.string() }).nullable(), { kind: 'optional', field: '' }],
    [
      'another refinement of a field',
      z.object({ id: z.string().refine(Boolean) }),
      z.object({ id: z.string() }),
      { kind: 'unprovable', field: 'id' },
    ],
    [
      'a refinement that the own entity lacks',
      z.object({ id: z.string() }).refine(isOdd),
      z.object({ id: z.string() }),
      { kind: 'unprovable', field: '' },
    ],
  ]
  test.each(rows)('%s', (_what, interfaceEntity, own, problem) => {
    expect(compareEntity(interfaceEntity, own)).toEqual([
      expect.objectContaining({ reason: expect.any(String), ...problem }),
    ])
  })

  test('tells of all fields at once, in the order of the interface', () => {
    const problems = compareEntity(base, z.object({ limits: z.object({}), name: z.number() }))
    expect(problems.map(({ kind, field }) => [kind, field])).toEqual([
      ['missing', 'id'],
      ['type', 'name'],
      ['missing', 'limits.maxTokens'],
    ])
  })
})
