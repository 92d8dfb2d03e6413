import type { z } from 'plugboard'
import { fits } from '../generation/valid-value.ts'
import type { Action } from './subject.ts'

/**
 * An input without the fields that need a capability which the integration does not have: with them, it would be refused
 * before the integration sees it. As it was where the schema wants them.
 */
export function ableInput(
  input: unknown,
  { fieldCapabilities, ...action }: Action,
  capabilities: readonly string[],
): unknown {
  const schema = action.input.schema as z.core.$ZodType
  return Object.entries(fieldCapabilities ?? {}).reduce((left, [path, capability]) => {
    if (capabilities.includes(capability)) return left
    const without = withoutField(left, path.split('.'))
    return fits(schema, without) ? without : left
  }, input)
}

/** `messages[].images`: of every entry of `messages`, the field `images`. */
function withoutField(value: unknown, [first = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const key = first.replace(/\[\]$/, '')
  const record = value as Record<string, unknown>
  if (!Object.hasOwn(record, key)) return value
  if (rest.length === 0) return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
  const inner = record[key]
  const changed = Array.isArray(inner) ? inner.map((entry) => withoutField(entry, rest)) : withoutField(inner, rest)
  return { ...record, [key]: changed }
}
