import type { z } from 'plugboard'

/** What the checks of a schema ask for, as far as values can be made by it. */
export interface Bounds {
  /** The least value or length. */
  readonly least: number
  /** The greatest value or length. */
  readonly most: number
  readonly isInteger: boolean
  /** What a number is a multiple of. */
  readonly multipleOf: number | undefined
  /** The name of the format of a text, such as `email`. */
  readonly format: string | undefined
  readonly patterns: readonly RegExp[]
}

type CheckDefinition =
  | z.core.$ZodChecks['_zod']['def']
  | { readonly check: 'custom' | 'properties' | 'bigint_format' | undefined }

/** Reads the checks of a schema, its own format among them. */
export function boundsOf(schema: z.core.$ZodType): Bounds {
  const { def } = schema._zod as { def: { check?: string; checks?: readonly z.core.$ZodCheck[] } }
  const definitions = [def, ...(def.checks ?? []).map((check) => check._zod.def)] as CheckDefinition[]
  const isInteger = definitions.some((one) => one.check === 'number_format' && one.format.includes('int'))
  const bounds = {
    least: Number.NEGATIVE_INFINITY,
    most: Number.POSITIVE_INFINITY,
    isInteger,
    multipleOf: undefined as number | undefined,
    format: undefined as string | undefined,
    patterns: [] as RegExp[],
  }
  const step = isInteger ? 1 : 0.01
  const atLeast = (value: number): void => void (bounds.least = Math.max(bounds.least, value))
  const atMost = (value: number): void => void (bounds.most = Math.min(bounds.most, value))
  for (const one of definitions) {
    if (one.check === 'greater_than') atLeast(Number(one.value) + (one.inclusive ? 0 : step))
    else if (one.check === 'less_than') atMost(Number(one.value) - (one.inclusive ? 0 : step))
    else if (one.check === 'min_length' || one.check === 'min_size') atLeast(one.minimum)
    else if (one.check === 'max_length' || one.check === 'max_size') atMost(one.maximum)
    else if (one.check === 'multiple_of') bounds.multipleOf = Number(one.value)
    else if (one.check === 'length_equals') {
      atLeast(one.length)
      atMost(one.length)
    } else if (one.check === 'string_format') {
      bounds.format ??= one.format
      bounds.patterns.push(...textPatterns(one))
    }
  }
  return bounds
}

interface TextFormat {
  readonly format: string
  readonly pattern?: RegExp
  readonly prefix?: string
  readonly suffix?: string
  readonly includes?: string
}

function textPatterns({ format, pattern, prefix, suffix, includes }: TextFormat): RegExp[] {
  if (pattern) return [pattern]
  const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  if (format === 'starts_with') return [new RegExp(`^${literal(prefix ?? '')}[a-z]*$`)]
  if (format === 'ends_with') return [new RegExp(`^[a-z]*${literal(suffix ?? '')}$`)]
  return format === 'includes' ? [new RegExp(`^[a-z]*${literal(includes ?? '')}[a-z]*$`)] : []
}
