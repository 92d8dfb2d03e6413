import type { Schema } from '../schema.ts'
import { type Check, type SchemaDefinition, checksOf, definitionOf, innerOf } from './schema-parts.ts'
import { acceptsAbsent, attempt, isStable, mayBeAbsent } from './schema-values.ts'

/** A field of an object, record or intersection of them. */
export type Field = {
  readonly schema: Schema
  /** Of what is given: whether it may be absent. Of what is accepted: whether it may be left out. */
  readonly absent: 'yes' | 'no' | 'unprovable'
}

/** What objects, records and intersections of them have in common. */
export type ObjectFacts = {
  readonly fields: ReadonlyMap<PropertyKey, Field>
  /** What becomes of unknown keys: their values have a schema, or they are dropped, or refused. */
  readonly rest: Schema | 'dropped' | 'refused'
  /** What unknown keys must be, where not every string will do. */
  readonly keys?: Schema | undefined
  /** The checks on all schemas that it is made of. */
  readonly checks: readonly Check[]
}

/** A schema that exists for a judgement only. It cannot parse. */
export function madeUp(definition: Partial<SchemaDefinition>, values?: ReadonlySet<unknown>): Schema {
  return { _zod: { def: definition, values } } as unknown as Schema
}

/** A schema of one value. */
export const only = (value: unknown) =>
  madeUp({ type: 'literal', values: [value] } as Partial<SchemaDefinition>, new Set([value]))

/** A schema of what two schemas have in common. */
export const both = (left: Schema, right: Schema) =>
  madeUp({ type: 'intersection', left, right }, left._zod.values ?? right._zod.values)

/** The facts of a schema whose values are objects, as it gives or takes them; undefined for any other schema. */
export function factsOf(schema: Schema, side: 'given' | 'accepted'): ObjectFacts | undefined {
  const definition = definitionOf(schema)
  const checks = checksOf(schema)
  const field = (part: Schema): Field => ({
    schema: part,
    absent: side === 'accepted' ? acceptsAbsent(part) : mayBeAbsent(part) ? 'yes' : 'no',
  })
  switch (definition.type) {
    case 'object': {
      const keys = Reflect.ownKeys(definition.shape).filter((key) => key !== '__proto__')
      const { catchall } = definition
      return {
        fields: new Map(keys.map((key) => [key, field(Reflect.get(definition.shape, key) as Schema)])),
        rest: !catchall ? 'dropped' : definitionOf(catchall).type === 'never' ? 'refused' : catchall,
        checks,
      }
    }
    case 'record': {
      const { keyType, valueType, partial, mode } = definition as typeof definition & {
        partial?: boolean
        mode?: string
      }
      const loose = mode === 'loose'
      const names = [...(keyType._zod.values ?? [])].filter((value) => value !== '__proto__')
      const key = definitionOf(keyType)
      const free = key.type === 'string' && !key.coerce && checksOf(keyType).length === 0
      if (!keyType._zod.values) {
        // A loose record keeps the keys that it does not know as they are.
        const unmatched = madeUp({ type: side === 'given' ? 'unknown' : 'custom' })
        const rest = loose ? madeUp({ type: 'union', options: [valueType, unmatched] }) : valueType
        return { fields: new Map(), rest, keys: free || (loose && side === 'accepted') ? undefined : keyType, checks }
      }
      // A record over an enum has each of its keys, if only as undefined.
      const undefinedKey = side === 'accepted' ? attempt(valueType, undefined) : { accepted: false }
      const absent = partial || undefinedKey?.accepted ? 'yes' : undefinedKey ? 'no' : 'unprovable'
      const fields = new Map(
        names.map((name) => [typeof name === 'symbol' ? name : String(name), { schema: valueType, absent } as const]),
      )
      return { fields, rest: loose ? madeUp({ type: 'unknown' }) : 'refused', checks }
    }
    case 'intersection': {
      const [left, right] = [factsOf(definition.left, side), factsOf(definition.right, side)]
      return left && right && { ...merged(left, right, side), checks: [...checks, ...left.checks, ...right.checks] }
    }
    case 'lazy':
    case 'readonly': {
      const inner = factsOf(innerOf(schema) ?? schema, side)
      return inner && { ...inner, checks: [...checks, ...inner.checks] }
    }
    default:
      return undefined
  }
}

function merged(left: ObjectFacts, right: ObjectFacts, side: 'given' | 'accepted'): Omit<ObjectFacts, 'checks'> {
  // What one side fills in for an absent key, the other side has not seen.
  const fills = ({ schema }: Field) => side === 'given' && schema._zod.optin !== undefined && !isStable(schema)
  const fields = new Map<PropertyKey, Field>()
  for (const [own, other] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const [key, field] of own.fields) {
      const same = other.fields.get(key)
      if (same)
        fields.set(key, {
          schema: fills(field) ? field.schema : fills(same) ? same.schema : both(field.schema, same.schema),
          absent: absentInBoth(field, same),
        })
      else
        fields.set(
          key,
          isSchema(other.rest) && (side === 'accepted' || !isOpen(other.rest)) && !fills(field)
            ? { ...field, schema: both(field.schema, other.rest) }
            : field,
        )
    }
  }
  return { fields, rest: mergedRest(left.rest, right.rest), keys: left.keys ?? right.keys }
}

function absentInBoth(first: Field, second: Field): Field['absent'] {
  if (first.absent === 'no' || second.absent === 'no') return 'no'
  const agree = first.absent === 'yes' && second.absent === 'yes'
  // Two sides that fill in different values cannot be merged.
  return agree && isStable(first.schema) && isStable(second.schema) ? 'yes' : 'unprovable'
}

/** An intersection refuses a key that both sides refuse. */
function mergedRest(left: ObjectFacts['rest'], right: ObjectFacts['rest']): ObjectFacts['rest'] {
  if (isSchema(left)) return isSchema(right) && !isOpen(right) ? both(left, right) : left
  return left === 'refused' ? right : isSchema(right) ? right : 'dropped'
}

/** Whether unknown keys are kept by a schema of their own. */
export const isSchema = (rest: ObjectFacts['rest']): rest is Schema => typeof rest === 'object'

const isOpen = (schema: Schema) => ['any', 'unknown'].includes(definitionOf(schema).type)
