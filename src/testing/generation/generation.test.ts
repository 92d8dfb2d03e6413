import { z } from 'plugboard'
import { describe, expect, it } from 'vitest'
import { CannotGenerate } from './cannot-generate.ts'
import { matchingText } from './matching-text.ts'
import { nearMisses } from './near-misses.ts'
import { Random } from './random.ts'
import { complete, plain, sparse, unicode } from './style.ts'
import { fits, validValue } from './valid-value.ts'

interface Tree {
  name: string
  children: Tree[]
}
const tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string().min(1), children: z.array(tree) }))

const schemas = {
  'bounded texts': z.object({ short: z.string().min(2).max(5), exact: z.string().length(3), long: z.string().min(80) }),
  formats: z.object({
    id: z.uuid(),
    mail: z.email(),
    link: z.url(),
    at: z.iso.datetime(),
    day: z.iso.date(),
    address: z.ipv4(),
    data: z.base64(),
  }),
  patterns: z.object({
    tool: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    path: z.string().regex(/^(?!\.{1,2}(?:\/|$))[^/\\\u007f]+(?:\/[^/\\]+)*$/),
    emoji: z.string().regex(/^(?=[\s\S]*\p{Extended_Pictographic})\p{Extended_Pictographic}+$/u),
    start: z.string().startsWith('sk-'),
    end: z.string().endsWith('.md'),
  }),
  numbers: z.object({
    count: z.number().int().positive().max(4),
    share: z.number().min(0).max(1),
    step: z.number().multipleOf(5).min(7),
    below: z.number().negative(),
  }),
  unions: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('a'), value: z.string() }),
    z.object({ kind: z.literal('b'), values: z.array(z.number()).min(1).max(2) }),
  ]),
  wrappers: z.object({
    optional: z.string().optional(),
    nullable: z.string().nullable(),
    fallback: z.number().default(3),
    frozen: z.array(z.string()).readonly(),
    both: z.object({ a: z.string() }).and(z.object({ b: z.number() })),
    pair: z.tuple([z.string(), z.boolean()]),
    named: z.record(z.enum(['x', 'y']), z.boolean()),
    version: z.templateLiteral(['v', z.number().int().min(0)]),
  }),
  'what refinements leave': z.object({
    even: z
      .number()
      .int()
      .refine((value) => value % 2 === 0),
  }),
  'what has no end': tree,
  bytes: z.object({ content: z.instanceof(Uint8Array) }),
}

describe.each(Object.entries(schemas))('a value of %s', (_, schema) => {
  it.each([
    ['plain', plain],
    ['sparse', sparse],
    ['complete', complete],
    ['unicode', unicode],
  ])('fits its schema in the style %s, and is the same for the same seed', (__, style) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const value = validValue(schema, new Random(seed), style)
      expect(fits(schema, value)).toBe(true)
      expect(validValue(schema, new Random(seed), style)).toEqual(value)
    }
  })
})

it('has what is optional always, or never', () => {
  const schema = z.object({ a: z.string().optional(), b: z.array(z.string()) })
  for (let seed = 0; seed < 20; seed += 1) {
    expect(validValue(schema, new Random(seed), complete)).toHaveProperty('a')
    expect(validValue(schema, new Random(seed), sparse)).toEqual({ b: [] })
  }
})

it('differs from seed to seed', () => {
  const values = Array.from({ length: 20 }, (_, seed) => validValue(z.string(), new Random(seed)))
  expect(new Set(values).size).toBeGreaterThan(5)
})

it('is what was given, wherever a schema stands', () => {
  const entity = z.object({ id: z.string() })
  const given = new Map([[entity as z.core.$ZodType, () => ({ id: 'its own' })]])
  const schema = z.object({ one: entity, many: z.array(entity).min(2), maybe: entity.optional() })
  const value = validValue(schema, new Random(1), complete, given) as z.output<typeof schema>
  expect([value.one, ...value.many, value.maybe].every((found) => found?.id === 'its own')).toBe(true)
})

it.each([
  ['a refinement that nobody guesses', z.string().refine((text) => text === 'xyzzy')],
  [
    'a pattern that contradicts its length',
    z
      .string()
      .regex(/^a{3}$/)
      .max(2),
  ],
  ['nothing', z.never()],
])('cannot be made of %s', (_, schema) => {
  expect(() => validValue(schema, new Random(1))).toThrow(CannotGenerate)
})

it.each([
  /^v?\d+\.\d+(?:-[a-z]+)?$/,
  /^(?<year>\d{4})-(?:0[1-9]|1[0-2])$/,
  /^[^a-z\s]{2,}$/,
  /\bword\b/,
  /^\x41\u0042$/,
  /^(a|b|)c*$/,
])('writes a text that %s matches', (pattern) => {
  for (let seed = 0; seed < 10; seed += 1) expect(matchingText(pattern, new Random(seed))).toMatch(pattern)
})

it('writes nothing for an expression that refers to what it found', () => {
  expect(matchingText(/^(a)\1$/, new Random(1))).toBeUndefined()
})

describe('the near misses of a value', () => {
  const schema = z.strictObject({
    name: z.string().min(1).max(10),
    count: z.number().int().min(0),
    parts: z.array(z.object({ kind: z.enum(['a', 'b']) })).min(1),
  })
  const misses = nearMisses(schema, { name: 'x', count: 1, parts: [{ kind: 'a' }] })

  it('are all refused', () => {
    expect(misses.filter(({ value }) => fits(schema, value))).toEqual([])
  })

  it.each([
    'name is missing',
    'name is empty',
    'name is too long',
    'count is no whole number',
    'count is negative',
    'count is a text',
    'parts is empty',
    'parts.0.kind is another text',
    'the whole has a field that nobody knows',
  ])('tell that %s', (what) => {
    expect(misses.map((miss) => miss.what)).toContain(what)
  })

  it('are none where everything is taken', () => {
    expect(nearMisses(z.any(), { a: 1 })).toEqual([])
  })
})
