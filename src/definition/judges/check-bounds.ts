import { type Check, checkOf } from './schema-parts.ts'

/** One bound that a check sets: on a length or size, or on the value itself. */
export type Bound = {
  readonly axis: 'length' | 'value'
  /** 1 for a lower bound, -1 for an upper one. */
  readonly sign: 1 | -1
  readonly value: number | bigint
  readonly inclusive: boolean
}

const ranges: Record<string, readonly [number | bigint, number | bigint]> = {
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
}

/** The bounds that a check sets; none for refinements, formats of strings and the like. */
export function boundsOf(check: Check): Bound[] {
  const definition = checkOf(check)
  const between = (
    axis: Bound['axis'],
    least: Bound['value'] | undefined,
    most: Bound['value'] | undefined,
  ): Bound[] => [
    ...(least === undefined ? [] : [{ axis, sign: 1, value: least, inclusive: true } as const]),
    ...(most === undefined ? [] : [{ axis, sign: -1, value: most, inclusive: true } as const]),
  ]
  switch (definition.check) {
    case 'min_length':
    case 'min_size':
      return between('length', definition.minimum, undefined)
    case 'max_length':
    case 'max_size':
      return between('length', undefined, definition.maximum)
    case 'length_equals':
      return between('length', definition.length, definition.length)
    case 'size_equals':
      return between('length', definition.size, definition.size)
    case 'greater_than':
    case 'less_than': {
      const { value, inclusive, check: side } = definition
      return [
        {
          axis: 'value',
          sign: side === 'greater_than' ? 1 : -1,
          value: value instanceof Date ? value.getTime() : value,
          inclusive,
        },
      ]
    }
    case 'number_format':
    case 'bigint_format':
      return between('value', ...(ranges[definition.format] ?? [-Infinity, Infinity]))
    default:
      return []
  }
}

/** Whether a check asks for an integer. */
export function isInteger(check: Check): boolean {
  const definition = checkOf(check)
  return definition.check === 'number_format' && definition.format.includes('int')
}

/** The narrowest bound that checks set on one side. */
export function limitOf(checks: readonly Check[], axis: Bound['axis'], sign: Bound['sign']): Bound {
  const integers = axis === 'value' && checks.some(isInteger)
  const none: Bound = { axis, sign, value: axis === 'length' && sign === 1 ? 0 : -sign * Infinity, inclusive: true }
  return checks
    .flatMap(boundsOf)
    .filter((bound) => bound.axis === axis && bound.sign === sign)
    .map((bound) => (integers ? integerBound(bound) : bound))
    .reduce((narrowest, bound) => (isWithin(narrowest, bound) ? narrowest : bound), none)
}

/** Whether what keeps to the first bound keeps to the second, on the same side. */
export function isWithin(first: Bound, second: Bound): boolean {
  if (first.value === second.value) return second.inclusive || !first.inclusive
  return first.sign === 1 ? first.value > second.value : first.value < second.value
}

/** Between integers, `> 0` and `> 0.5` are both `>= 1`. */
function integerBound(bound: Bound): Bound {
  const { sign, value, inclusive } = bound
  if (typeof value === 'bigint') return bound
  const nearest = sign * Math.ceil(sign * value)
  return { ...bound, value: !inclusive && nearest === value ? nearest + sign : nearest, inclusive: true }
}
