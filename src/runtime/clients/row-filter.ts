import { PlugboardError, type Where } from '../../errors/index.ts'
import type { ColumnTest, RowCondition, RowFact, RowOrder, Scalar } from '../ports/row-store.ts'

/** What a filter and order are read for. */
export interface FilterReading {
  /** The table in a sentence. */
  readonly subject: string
  /** The columns that there are; undefined where there may be any. */
  readonly columns: readonly string[] | undefined
  readonly where: Where
}

/** How many conditions a filter has at most, and how many values one of them names. */
const most = { conditions: 200, values: 1000 }
const facts: readonly string[] = ['id', 'createdAt', 'updatedAt'] satisfies RowFact[]

/**
 * The condition that a filter says.
 * @throws {PlugboardError} with the code `filter_invalid`.
 */
export function readFilter(filter: unknown, reading: FilterReading): RowCondition {
  return new FilterReader(reading).filter(filter, 'filter')
}

/** @throws {PlugboardError} with the code `filter_invalid`. */
export function readOrder(orderBy: unknown, direction: unknown, reading: FilterReading): RowOrder | undefined {
  if (direction !== undefined && direction !== 'asc' && direction !== 'desc')
    throw refusal(reading, 'orderDirection', "it must be 'asc' or 'desc'")
  if (orderBy === undefined) return direction === 'desc' ? { by: { fact: 'id' }, descending: true } : undefined
  if (typeof orderBy !== 'string') throw refusal(reading, 'orderBy', 'it must be the name of a column')
  demandColumn(orderBy, 'orderBy', reading)
  return {
    by: facts.includes(orderBy) ? { fact: orderBy as RowFact } : { column: orderBy },
    descending: direction === 'desc',
  }
}

/** Reads one filter, and counts its conditions. */
class FilterReader {
  readonly #reading: FilterReading
  #conditions = 0

  constructor(reading: FilterReading) {
    this.#reading = reading
  }

  filter(given: unknown, path: string): RowCondition {
    if (!isRecord(given)) throw this.#refusal(path, 'it must be an object')
    return {
      kind: 'all',
      of: Object.entries(given).flatMap(([name, value]) => {
        if (value === undefined) return []
        const place = `${path}.${name}`
        this.#count(place)
        if (name === '$and' || name === '$or') return [this.#several(name, value, place)]
        if (name === '$not') return [{ kind: 'not' as const, of: this.filter(value, place) }]
        if (name.startsWith('$')) throw this.#refusal(place, 'there is no such operator: there are $and, $or and $not')
        return this.#column(name, value, place)
      }),
    }
  }

  #several(name: '$and' | '$or', value: unknown, path: string): RowCondition {
    if (!Array.isArray(value)) throw this.#refusal(path, 'it must be a list of filters')
    const of = value.map((inner, index) => this.filter(inner, `${path}.${index}`))
    return { kind: name === '$and' ? 'all' : 'any', of }
  }

  #column(name: string, value: unknown, path: string): readonly RowCondition[] {
    demandColumn(name, path, this.#reading)
    if (!isRecord(value)) return [this.#test(name, '$eq', value, path)]
    return Object.entries(value).flatMap(([operator, operand]) => {
      if (operand === undefined) return []
      const place = `${path}.${operator}`
      this.#count(place)
      return [this.#test(name, operator, operand, place)]
    })
  }

  #test(name: string, operator: string, operand: unknown, path: string): RowCondition {
    const scalar = (value: unknown): Scalar => this.#scalar(name, value, path)
    const about = (test: ColumnTest): RowCondition =>
      facts.includes(name) ? { kind: 'fact', fact: name as RowFact, test } : { kind: 'column', column: name, test }
    const exists = about({ operator: 'exists' })
    switch (operator) {
      case '$eq':
        return operand === null ? { kind: 'not', of: exists } : about({ operator: 'in', values: [scalar(operand)] })
      case '$ne':
        return operand === null ? exists : { kind: 'not', of: about({ operator: 'in', values: [scalar(operand)] }) }
      case '$in':
        if (!Array.isArray(operand) || operand.length > most.values)
          throw this.#refusal(path, `it must be a list of at most ${most.values} values`)
        return about({ operator: 'in', values: operand.map(scalar) })
      case '$lt':
      case '$lte':
      case '$gt':
      case '$gte': {
        const value = scalar(operand)
        if (typeof value === 'boolean') throw this.#refusal(path, 'it must be a text or a number')
        return about({ operator: operator.slice(1) as 'lt', value })
      }
      case '$contains':
        return about({ operator: 'contains', value: scalar(operand) })
      case '$exists':
        if (typeof operand !== 'boolean') throw this.#refusal(path, 'it must be true or false')
        return operand ? exists : { kind: 'not', of: exists }
      default:
        throw this.#refusal(
          path,
          'there is no such operator: there are $eq, $ne, $in, $lt, $lte, $gt, $gte, $contains and $exists',
        )
    }
  }

  #scalar(name: string, value: unknown, path: string): Scalar {
    const isTime = name === 'createdAt' || name === 'updatedAt'
    if (isTime) {
      const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
      if (Number.isNaN(time)) throw this.#refusal(path, 'it must be a time, as ISO 8601 writes it')
      return time
    }
    if (name === 'id' && typeof value !== 'string') throw this.#refusal(path, 'it must be the id of a row')
    if (typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    throw this.#refusal(path, 'it must be a text, a number or a boolean')
  }

  #count(path: string): void {
    this.#conditions += 1
    if (this.#conditions > most.conditions)
      throw this.#refusal(path, `a filter has at most ${most.conditions} conditions`)
  }

  #refusal(path: string, reason: string): PlugboardError {
    return refusal(this.#reading, path, reason)
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A name that is misspelt would find nothing, or everything. */
function demandColumn(name: string, path: string, reading: FilterReading): void {
  const { columns } = reading
  if (columns && !columns.includes(name) && !facts.includes(name))
    throw refusal(reading, path, `there is no column '${name}'; there are ${[...columns, ...facts].join(', ')}`)
}

const refusal = ({ subject, where }: FilterReading, path: string, reason: string): PlugboardError =>
  new PlugboardError({
    code: 'filter_invalid',
    message: `'${path}' of what is asked of ${subject} is wrong: ${reason}`,
    where: { ...where, path },
  })
