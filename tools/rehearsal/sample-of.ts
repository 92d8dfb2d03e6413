import { z } from 'zod'
import type { Schema } from '../../src/definition/schema.ts'

/** A value that a schema takes, as small as it may be: every field is there, texts are `a`, numbers are as low as allowed. */
export function sampleOf(schema: Schema): unknown {
  return valueOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
}

function valueOf(schema: z.core.JSONSchema.JSONSchema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [first] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  if (first) return valueOf(first)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => valueOf(part)))
  if (schema.type === 'string') return schema.format === 'uri' ? 'https://example.com/' : 'a'
  if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 1
  if (schema.type === 'boolean') return true
  if (schema.type === 'null') return null
  if (schema.type === 'array') return [schema.items].flat().flatMap((item) => (item ? [ofPart(item)] : []))
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, ofPart(field)]))
}

const ofPart = (part: z.core.JSONSchema._JSONSchema): unknown => (typeof part === 'object' ? valueOf(part) : {})
