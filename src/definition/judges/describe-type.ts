import type { Schema } from '../schema.ts'
import { boundsOf } from './check-bounds.ts'
import { type Check, checkOf, checksOf, definitionOf, innerOf } from './schema-parts.ts'

/**
 * A short description of a schema for messages: `string`, `object { id: string, size?: number }`, `array of string`,
 * `'opus' | 'sonnet'`. Cut at `limit` characters; 80 where it is not given.
 */
export function describeType(schema: Schema, limit = 80): string {
  const text = describe(schema, 0)
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

/** A value as it is written in messages: strings in quotes. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'bigint') return `${value}n`
  return (typeof value === 'object' && JSON.stringify(value)) || String(value)
}

function describe(schema: Schema, depth: number): string {
  const definition = definitionOf(schema)
  // Deep enough to be read, and the end of schemas that hold themselves.
  const inner = (part: Schema) => (depth > 2 ? '…' : describe(part, depth + 1))
  const each = (parts: readonly Schema[], separator: string) => parts.map(inner).join(separator)
  const item = (part: Schema) => (/ [|&] /.test(inner(part)) ? `(${inner(part)})` : inner(part))
  switch (definition.type) {
    case 'literal':
      return definition.values.map(describeValue).join(' | ')
    case 'enum':
      return [...(schema._zod.values ?? [])].map(describeValue).join(' | ')
    case 'object': {
      const fields = Object.entries(definition.shape).map(
        ([key, field]) => `${key}${field._zod.optin === undefined ? '' : '?'}: ${inner(withoutOptional(field))}`,
      )
      const rest = definition.catchall && definitionOf(definition.catchall).type !== 'never' ? ['…'] : []
      const parts = [...fields, ...rest].join(', ')
      return depth > 2 ? 'object' : parts === '' ? 'object {}' : `object { ${parts} }`
    }
    case 'array':
      return `array of ${item(definition.element)}${bounds(schema)}`
    case 'tuple':
      return `[${[...definition.items.map(inner), ...(definition.rest ? [`...${inner(definition.rest)}`] : [])].join(', ')}]`
    case 'record':
      return `record of ${item(definition.valueType)}`
    case 'map':
      return `map of ${item(definition.keyType)} to ${item(definition.valueType)}`
    case 'set':
      return `set of ${item(definition.valueType)}${bounds(schema)}`
    case 'union':
      return each(definition.options, ' | ')
    case 'intersection':
      return each([definition.left, definition.right], ' & ')
    case 'optional':
      return `${inner(definition.innerType)} | undefined`
    case 'nullable':
      return `${inner(definition.innerType)} | null`
    case 'pipe':
      return definitionOf(definition.out).type === 'transform'
        ? `transformed ${inner(definition.in)}`
        : inner(definition.out)
    default: {
      const wrapped = innerOf(schema)
      return wrapped
        ? inner(wrapped)
        : (definition.type === 'template_literal' ? 'string' : definition.type) + bounds(schema)
    }
  }
}

function withoutOptional(schema: Schema): Schema {
  const definition = definitionOf(schema)
  return definition.type === 'optional' ? definition.innerType : schema
}

function bounds(schema: Schema): string {
  const texts = checksOf(schema).flatMap((check) => describeCheck(check) ?? [])
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`
}

function describeCheck(check: Check): string | undefined {
  const definition = checkOf(check)
  switch (definition.check) {
    case 'multiple_of':
      return `multiple of ${definition.value}`
    case 'number_format':
    case 'bigint_format':
      return definition.format === 'safeint' ? 'integer' : definition.format
    case 'string_format':
      return namedByPattern.includes(definition.format)
        ? String(definition.pattern)
        : definition.format.replace('_', ' ')
    case 'custom':
      return 'refined'
    default: {
      const [bound, other] = boundsOf(check)
      if (!bound) return undefined
      const sign = other ? '=' : `${bound.sign === 1 ? '>' : '<'}${bound.inclusive ? '=' : ''}`
      const value =
        'value' in definition && definition.value instanceof Date ? definition.value.toISOString() : bound.value
      return `${bound.axis === 'length' ? 'length ' : ''}${sign} ${value}`
    }
  }
}

const namedByPattern = ['regex', 'template_literal', 'starts_with', 'ends_with', 'includes']
