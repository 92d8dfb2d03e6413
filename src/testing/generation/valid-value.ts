import { z } from 'plugboard'
import { boundsOf } from './bounds.ts'
import { CannotGenerate } from './cannot-generate.ts'
import type { Random } from './random.ts'
import { plain, type Style } from './style.ts'
import { textValue } from './text-value.ts'

/** Values that stand wherever a certain schema does: entities that were given, for those that nobody can make up. */
export type Given = ReadonlyMap<z.core.$ZodType, (random: Random) => unknown>

const attempts = 20
const deepest = 6

/**
 * A value that a schema takes.
 * @throws {CannotGenerate} where none is found: the schema asks for more than its bounds, formats and patterns say.
 */
export function validValue(
  schema: z.core.$ZodType,
  random: Random,
  style: Style = plain,
  given: Given = new Map(),
): unknown {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const value = new Maker(style, given).make(schema, random.fork(attempt), 0)
    if (fits(schema, value)) return value
  }
  throw new CannotGenerate('what was made of the schema does not pass its refinements')
}

/** Whether a schema takes a value. One that works asynchronously is taken at its word. */
export function fits(schema: z.core.$ZodType, value: unknown): boolean {
  try {
    return z.core.safeParse(schema, value).success
  } catch (error) {
    if (error instanceof z.core.$ZodAsyncError) return true
    throw error
  }
}

class Maker {
  readonly #style: Style
  readonly #given: Given

  constructor(style: Style, given: Given) {
    this.#style = style
    this.#given = given
  }

  make(schema: z.core.$ZodType, random: Random, depth: number): unknown {
    const given = this.#given.get(schema)
    if (given) return given(random)
    if (depth > 2 * deepest) throw new CannotGenerate('the schema has no end')
    const known = schema as z.core.$ZodTypes
    const { def } = known._zod
    const inner = (part: z.core.$ZodType): unknown => this.make(part, random, depth + 1)
    switch (def.type) {
      case 'string':
      case 'template_literal':
        return def.type === 'string' ? textValue(known, random, this.#style) : this.#templateLiteral(known, random)
      case 'number':
        return numberValue(known, random)
      case 'boolean':
        return random.chance(0.5)
      case 'bigint':
        return BigInt(random.integer(0, 1000))
      case 'date':
        return new Date(Date.UTC(2020, 0, 1) + random.integer(0, 200_000_000) * 1000)
      case 'null':
        return null
      case 'undefined':
      case 'void':
        return undefined
      case 'literal':
        return random.pick(def.values)
      case 'enum':
        return random.pick(Object.values(def.entries))
      case 'any':
      case 'unknown':
        return anything(random, this.#style)
      case 'object':
        return this.#object(def, random, depth)
      case 'record':
        return this.#record(def, random, depth)
      case 'array':
        return this.#list(known, def.element, random, depth)
      case 'tuple':
        return def.items.map((item, index) => this.make(item, random.fork(index), depth + 1))
      case 'union':
        return this.#union(def.options, random, depth)
      case 'intersection':
        return Object.assign({}, inner(def.left), inner(def.right))
      case 'optional':
        return random.chance(this.#style.optional) && depth < deepest ? inner(def.innerType) : undefined
      case 'nullable':
        return random.chance(0.7) && depth < deepest ? inner(def.innerType) : null
      case 'lazy':
        return inner((known as z.core.$ZodLazy)._zod.innerType)
      case 'pipe':
        return inner(def.in)
      case 'custom':
        return customValue(schema)
      default:
        if ('innerType' in def) return inner(def.innerType)
        throw new CannotGenerate(`a schema of the type '${def.type}' says nothing of its values`)
    }
  }

  #object({ shape, catchall }: z.core.$ZodObjectDef, random: Random, depth: number): object {
    const value: Record<string, unknown> = {}
    for (const [key, field] of Object.entries(shape)) {
      const made = this.make(field, random.fork(key), depth + 1)
      if (made !== undefined) value[key] = made
    }
    const open = catchall && catchall._zod.def.type !== 'never'
    if (open && random.chance(this.#style.optional))
      value['extraField'] = this.make(catchall, random.fork('*'), depth + 1)
    return value
  }

  #record({ keyType, valueType }: z.core.$ZodRecordDef, random: Random, depth: number): object {
    const keys =
      keyType._zod.values ??
      Array.from({ length: this.#style.length(random, 0, 3) }, (_, index) =>
        this.make(keyType, random.fork(`key${index}`), depth + 1),
      )
    return Object.fromEntries(
      [...keys].map((key) => [String(key), this.make(valueType, random.fork(String(key)), depth + 1)]),
    )
  }

  #list(schema: z.core.$ZodType, element: z.core.$ZodType, random: Random, depth: number): unknown[] {
    const { least, most } = boundsOf(schema)
    const fewest = Math.max(0, least)
    const length = depth < deepest ? this.#style.length(random, fewest, most) : fewest
    return Array.from({ length }, (_, index) => this.make(element, random.fork(index), depth + 1))
  }

  /** The first option that leads to a value: of a schema that contains itself, not every one does. */
  #union(options: readonly z.core.$ZodType[], random: Random, depth: number): unknown {
    let reason: unknown
    for (const option of depth < deepest ? random.shuffled(options) : options) {
      try {
        return this.make(option, random, depth + 1)
      } catch (error) {
        if (!(error instanceof CannotGenerate)) throw error
        reason = error
      }
    }
    throw reason instanceof Error ? reason : new CannotGenerate('a union has no options')
  }

  #templateLiteral(schema: z.core.$ZodTypes, random: Random): string {
    const { parts } = schema._zod.def as z.core.$ZodTemplateLiteralDef
    return parts
      .map((part, index) =>
        typeof part === 'object' && part !== null ? String(this.make(part, random.fork(index), deepest)) : String(part),
      )
      .join('')
  }
}

function numberValue(schema: z.core.$ZodType, random: Random): number {
  const { least, most, isInteger, multipleOf } = boundsOf(schema)
  const from = least > Number.MIN_SAFE_INTEGER ? least : Math.min(0, most)
  const to = Math.min(most, from + 100)
  const drawn = from + random.fraction() * (to - from)
  const step = multipleOf ?? (isInteger ? 1 : 0.01)
  const stepped = Math.ceil(drawn / step) * step
  return Math.min(isInteger || multipleOf !== undefined ? stepped : Number(stepped.toFixed(2)), to)
}

/** What a schema of a class or of a function takes, if it is one of the things that platforms deal in. */
function customValue(schema: z.core.$ZodType): unknown {
  const found = things.find((make) => fits(schema, make()))
  if (!found) throw new CannotGenerate('a schema that is a function says nothing of its values')
  return found()
}

const things: readonly (() => unknown)[] = [
  () => new Uint8Array([112, 108, 117, 103]),
  () => Buffer.from('plug'),
  () => new Blob(['plug']),
  () => new URL('https://example.com/'),
  () => new Date(Date.UTC(2026, 0, 1)),
  () => 'plug',
  () => 1,
  () => ({}),
  () => [],
]

function anything(random: Random, style: Style): unknown {
  return random.pick([
    () => style.text(random, 0, 20),
    () => random.integer(-10, 10),
    () => random.chance(0.5),
    () => ({ key: style.text(random, 0, 20) }),
    () => [random.integer(0, 9)],
  ])()
}
