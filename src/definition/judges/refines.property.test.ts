import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { describeType } from './describe-type.ts'
import { assignable, type Verdict } from './refines.ts'
import { checksOf, partsOf } from './schema-parts.ts'

/** A schema, how to make values that it may accept, and schemas that are a little other. */
type Made = { schema: z.ZodType; sample: () => unknown; vary: () => Made }

const pairs = 3000
const valuesOfEach = 30

// Thousands of schemas that parse a few values each: compiling them takes longer than interpreting them.
beforeAll(() => void z.config({ jitless: true }))
afterAll(() => void z.config({ jitless: false }))

/** Numbers from 0 to 1, the same in each run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = seeded(20)
const below = (count: number) => Math.floor(random() * count)
const pick = <TItem>(items: readonly TItem[]): TItem => items[below(items.length)]!
const chance = (share: number) => random() < share
const some = <TItem>(items: readonly TItem[], share = 0.5) => items.filter(() => chance(share))
const times = <TItem>(count: number, make: () => TItem) => Array.from({ length: count }, make)

const words = ['', 'a', 'b', 'ab', 'abc', ' a ', 'aaaa', 'a@b.example', '0', 'x'.repeat(12)]
const numbers = [-7, -1, 0, 0.5, 1, 2, 3, 4, 6, 12, 2.5, 1e12]
const literals = ['a', 'b', 'c', 0, 1, true, null] as const
const odd = [undefined, null, 'a', 7, true, {}, [], { a: 1 }, ['a'], new Date(0), { kind: 'a' }]
const keys = ['a', 'b', 'c', 'kind']

/** A value of a schema, now and then of another one. */
const valueOf = (made: Made) => (chance(0.06) ? pick(odd) : made.sample())

/** Makes a schema from chosen parameters; varied, it has other parameters or other parts, and else the very same ones. */
function made<TChoice>(
  choice: TChoice,
  choose: () => TChoice,
  build: (choice: TChoice) => z.ZodType,
  sample: (choice: TChoice) => unknown,
): Made {
  return { schema: build(choice), sample: () => sample(choice), vary: () => made(choose(), choose, build, sample) }
}

function madeOf(
  parts: readonly Made[],
  build: (parts: readonly Made[]) => z.ZodType,
  sample: (parts: readonly Made[]) => unknown,
): Made {
  const vary = () =>
    madeOf(
      parts.map((part) => (chance(0.3) ? part.vary() : part)),
      build,
      sample,
    )
  return { schema: build(parts), sample: () => sample(parts), vary: () => (chance(0.12) ? anything(2) : vary()) }
}

function text(): Made {
  const steps: ((schema: z.ZodString) => z.ZodString)[] = [
    (schema) => schema.min(below(4)),
    (schema) => schema.max(1 + below(12)),
    (schema) => schema.length(1 + below(3)),
    (schema) => schema.regex(/^a/),
    (schema) => schema.startsWith('a'),
    (schema) => schema.trim(),
    (schema) => schema.toLowerCase(),
    (schema) => schema.email(),
    (schema) => schema.includes('b'),
  ]
  const choose = () => some(steps, 0.15)
  return made(
    choose(),
    choose,
    (chosen) =>
      chosen.reduce(
        (schema, step) => step(schema),
        chance(0.06) ? (z.coerce.string() as unknown as z.ZodString) : z.string(),
      ),
    () => pick(words),
  )
}

function numeric(): Made {
  const steps: ((schema: z.ZodNumber) => z.ZodNumber)[] = [
    (schema) => schema.int(),
    (schema) => schema.min(pick(numbers)),
    (schema) => schema.max(pick(numbers)),
    (schema) => schema.gt(pick([0, 0.5, 1])),
    (schema) => schema.lt(pick([2, 2.5, 4])),
    (schema) => schema.multipleOf(pick([2, 3, 6])),
  ]
  const choose = () => some(steps, 0.2)
  return made(
    choose(),
    choose,
    (chosen) => chosen.reduce((schema, step) => step(schema), z.number()),
    () => pick(numbers),
  )
}

function literal(): Made {
  const choose = () => [pick(literals), ...some(literals, 0.3)]
  return made(
    choose(),
    choose,
    (values) => z.literal(values),
    (values) => pick(values),
  )
}

const plain = (schema: z.ZodType, sample: () => unknown): Made =>
  made(
    0,
    () => 0,
    () => schema,
    sample,
  )

function object(depth: number, tag?: string): Made {
  const modes = ['strip', 'strict', 'loose', 'catchall'] as const
  const weighted = () => (chance(0.5) ? 'strip' : pick(modes))
  const assemble = (
    names: readonly string[],
    fields: readonly Made[],
    mode: (typeof modes)[number],
    rest: Made,
  ): Made => {
    const shape: Record<string, z.ZodType> = Object.fromEntries(
      names.map((name, index) => [name, fields[index]!.schema]),
    )
    if (tag !== undefined) shape['kind'] = z.literal(tag)
    const base = z.object(shape)
    const schema =
      mode === 'strip'
        ? base
        : mode === 'strict'
          ? base.strict()
          : mode === 'loose'
            ? base.loose()
            : base.catchall(rest.schema)
    const sample = () => {
      const entries = names.flatMap((name, index) => (chance(0.2) ? [] : [[name, valueOf(fields[index]!)]]))
      const further = chance(0.3) ? [[pick(['d', 'e', ...keys]), valueOf(rest)]] : []
      return Object.fromEntries([...further, ...entries, ...(tag === undefined ? [] : [['kind', tag]])]) as unknown
    }
    const vary = () => {
      const kept = names
        .map((name, index) => [name, chance(0.25) ? fields[index]!.vary() : fields[index]!] as const)
        .filter(() => chance(0.92))
      const added = chance(0.2) ? [[pick(keys), anything(depth - 1)] as const] : []
      const next = new Map([...kept, ...added])
      return assemble(
        [...next.keys()],
        [...next.values()],
        chance(0.25) ? weighted() : mode,
        chance(0.3) ? rest.vary() : rest,
      )
    }
    return { schema, sample, vary }
  }
  const names = some(keys.slice(0, tag === undefined ? 4 : 3), 0.55)
  return assemble(
    names,
    names.map(() => anything(depth - 1)),
    weighted(),
    anything(0),
  )
}

function array(depth: number): Made {
  const choose = () => ({ min: chance(0.3) ? below(3) : undefined, max: chance(0.3) ? 1 + below(3) : undefined })
  const assemble = (element: Made, { min, max }: ReturnType<typeof choose>): Made => {
    let schema = z.array(element.schema)
    if (min !== undefined) schema = schema.min(min)
    if (max !== undefined) schema = schema.max(max)
    const vary = () => assemble(chance(0.5) ? element.vary() : element, chance(0.4) ? choose() : { min, max })
    return { schema, sample: () => times(below(4), () => valueOf(element)), vary }
  }
  return assemble(anything(depth - 1), choose())
}

function tuple(depth: number): Made {
  const withRest = chance(0.3)
  return madeOf(
    times(1 + below(3), () => anything(depth - 1)),
    (parts) => {
      const schemas = parts.map(({ schema }) => schema)
      return withRest ? z.tuple(schemas.slice(1) as [z.ZodType], schemas[0]!) : z.tuple(schemas as [z.ZodType])
    },
    (parts) => {
      const items = (withRest ? [...parts.slice(1), ...times(below(3), () => parts[0]!)] : parts).map(valueOf)
      return chance(0.3) ? items.slice(0, below(items.length + 1)) : items
    },
  )
}

function record(depth: number): Made {
  const names: (() => z.ZodType)[] = [
    () => z.string(),
    () => z.string(),
    () => z.enum(['a', 'b']),
    () => z.string().min(1 + below(2)),
    () => z.string().regex(/^a/),
  ]
  const [name, partial] = [pick(names), chance(0.3)]
  return madeOf(
    [anything(depth - 1)],
    ([value]) => {
      const key = name() as z.ZodString
      return partial ? z.partialRecord(key, value!.schema) : z.record(key, value!.schema)
    },
    ([value]) =>
      Object.fromEntries((chance(0.4) ? ['a', 'b'] : some(['a', 'b', 'ab', 'c'])).map((key) => [key, valueOf(value!)])),
  )
}

function wrapped(depth: number): Made {
  const filled = (inner: Made, build: (value: unknown) => z.ZodType): z.ZodType => {
    const fitting = times(5, inner.sample)
      .map((value) => tried(inner.schema, value))
      .find((result) => result && tried(inner.schema, result.value))
    return fitting ? build(fitting.value) : inner.schema
  }
  const wraps: ((inner: Made) => z.ZodType)[] = [
    ({ schema }) => schema.optional(),
    ({ schema }) => schema.optional(),
    ({ schema }) => schema.exactOptional(),
    ({ schema }) => schema.nullable(),
    ({ schema }) => schema.nullish(),
    ({ schema }) => schema.readonly(),
    ({ schema }) => z.lazy(() => schema),
    ({ schema }) => schema.nonoptional(),
    (inner) => filled(inner, (value) => inner.schema.default(value)),
    (inner) => filled(inner, (value) => inner.schema.prefault(value)),
    (inner) => filled(inner, (value) => inner.schema.catch(value)),
    ({ schema }) => schema.catch(undefined),
    ({ schema }) => schema.describe('described'),
    ({ schema }) => schema.refine((value) => typeof value !== 'string' || value.length < 9),
    ({ schema }) => schema.pipe(schema),
    ({ schema }) => schema.transform((value) => value),
  ]
  const assemble = (wrap: (inner: Made) => z.ZodType, inner: Made): Made => ({
    schema: wrap(inner),
    sample: () => (chance(0.15) ? undefined : chance(0.1) ? null : inner.sample()),
    vary: () =>
      chance(0.15) ? inner : assemble(chance(0.35) ? pick(wraps) : wrap, chance(0.4) ? inner.vary() : inner),
  })
  return assemble(pick(wraps), anything(depth - 1))
}

function union(depth: number): Made {
  const options = times(1 + below(3), () => anything(depth - 1))
  const build = chance(0.15) ? z.xor : z.union
  return madeOf(
    options,
    (parts) =>
      build(
        some(parts, 0.9)
          .concat(parts[0]!)
          .map(({ schema }) => schema),
      ),
    (parts) => pick(parts).sample(),
  )
}

function tagged(depth: number): Made {
  const options = ['a', 'b', 'c'].slice(0, 1 + below(3)).map((tag) => object(depth, tag))
  return {
    schema: z.discriminatedUnion('kind', options.map(({ schema }) => schema) as [z.ZodObject]),
    sample: () => pick(options).sample(),
    vary: () => {
      const parts = options.map((option) => (chance(0.4) ? option.vary() : option))
      return {
        schema: z.discriminatedUnion('kind', parts.map(({ schema }) => schema) as [z.ZodObject]),
        sample: () => pick(parts).sample(),
        vary: () => pick(parts),
      }
    },
  }
}

function intersection(depth: number): Made {
  const side = () => (chance(0.75) ? object(depth) : anything(depth - 1))
  return madeOf(
    [side(), side()],
    ([left, right]) => z.intersection(left!.schema, right!.schema),
    (parts) => {
      const values = parts.map(({ sample }) => sample())
      return values.every((value) => typeof value === 'object') ? Object.assign({}, ...values) : pick(values)
    },
  )
}

function collection(depth: number): Made {
  const min = chance(0.4) ? below(3) : 0
  const isMap = chance(0.5)
  return madeOf(
    [text(), anything(depth - 1)],
    ([key, value]) => (isMap ? z.map(key!.schema, value!.schema).min(min) : z.set(value!.schema).min(min)),
    ([key, value]) =>
      isMap
        ? new Map(times(below(3), () => [key!.sample(), valueOf(value!)]))
        : new Set(times(below(4), () => valueOf(value!))),
  )
}

function anything(depth: number): Made {
  const simple = [
    text,
    text,
    numeric,
    numeric,
    literal,
    literal,
    () => plain(z.boolean(), () => chance(0.5)),
    () => plain(z.unknown(), () => pick(odd)),
    () => plain(z.null(), () => null),
    () => plain(z.undefined(), () => undefined),
    () => plain(z.date(), () => new Date(below(9))),
    () => plain(z.coerce.boolean(), () => true),
  ]
  if (depth <= 0 || chance(0.25)) return pick(simple)()
  return pick([
    object,
    object,
    object,
    array,
    tuple,
    record,
    wrapped,
    wrapped,
    wrapped,
    union,
    tagged,
    intersection,
    collection,
  ])(depth)
}

/** What parsing gives, if it gives anything. Two sides of an intersection that cannot be merged throw. */
function tried(schema: z.ZodType, value: unknown): { value: unknown } | undefined {
  try {
    const result = schema.safeParse(value)
    return result.success ? { value: result.data } : undefined
  } catch {
    return undefined
  }
}

/** What a schema is made of, to be read where a verdict is wrong. */
function plan(schema: z.core.$ZodType): unknown {
  const checks = checksOf(schema).map((check) =>
    Object.values(check._zod.def)
      .filter((value) => typeof value !== 'function')
      .join(' '),
  )
  const parts = partsOf(schema).map(({ label, schema: part }) => [label, plan(part)])
  return [describeType(schema), ...(checks.length > 0 ? [checks] : []), ...parts]
}

test('what is judged to be accepted is accepted, what is judged to be refused is refused as a rule', () => {
  const counts = { yes: 0, no: 0, unprovable: 0 }
  const refusedAtOnce = { yes: 0, no: 0, unprovable: 0 }
  for (let pair = 0; pair < pairs; pair++) {
    const from = anything(3)
    let to = from
    for (let steps = below(3); steps >= 0; steps--) to = to.vary()
    if (chance(0.04)) to = anything(2)
    const judged: Verdict = assignable(from.schema, to.schema)
    const given = times(valuesOfEach, () => tried(from.schema, valueOf(from))).flatMap((result) =>
      result ? [result.value] : [],
    )
    const refused = given.filter((value) => !tried(to.schema, value))
    if (judged.verdict === 'yes') {
      const shown =
        refused.length === 0
          ? ''
          : `pair ${pair}: ${inspect({ from: plan(from.schema), to: plan(to.schema), value: refused[0] }, { depth: 20 })}`
      expect(refused.length, shown).toBe(0)
    }
    if (given.length === 0) continue
    counts[judged.verdict]++
    if (refused.length > 0) refusedAtOnce[judged.verdict]++
  }
  expect(counts.yes).toBeGreaterThan(pairs / 5)
  expect(counts.no).toBeGreaterThan(pairs / 5)
  expect(counts.unprovable).toBeLessThan(pairs / 3)
  // Forty values do not meet every case, and some schemas of these admit none: a no need not be seen each time.
  expect(refusedAtOnce.no / counts.no).toBeGreaterThan(0.7)
}, 120_000)
