import { PlugboardError } from 'plugboard'
import { refusal } from '../failure.ts'

/** The state by which PostgreSQL tells errors apart, or the system's code of a connection that failed; empty without. */
export function stateOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Whether the data are wrong, and not the statement. */
export const isOfData = (error: unknown): boolean => /^2[23]...$/.test(stateOf(error))

const credentials: readonly string[] = ['28P01', '28000', '42501']
/** Statements that were in each other's way, and those that the server gave up. */
const passing: readonly string[] = ['40001', '40P01', '55P03', '57014']
const goneWhere: Readonly<Record<string, string>> = {
  '3D000': 'there is no such database: look at its name in the configuration',
  '3F000': 'there is no such schema: look at `schema` in the configuration',
  '42P01': 'there is no such table: look at `schema` and `table` in the configuration, or create it',
  '42703': 'a column is gone since the table was looked at',
}

/**
 * What an error of the database is. Neither its message nor its detail is told: they quote values and addresses.
 * @param path The place in the input of the column that the database names.
 */
export function failureOf(error: unknown, path: (columns: readonly string[]) => string | undefined): PlugboardError {
  if (PlugboardError.isInstance(error)) return error
  const state = stateOf(error)
  const failure = (
    code: 'vendor_unauthorized' | 'vendor_unavailable' | 'vendor_failed',
    message: string,
    again = false,
  ) =>
    new PlugboardError({
      code,
      message: `${message} (${state === '' ? 'no state' : state})`,
      retryable: again,
      cause: error,
    })
  if (state === '42501') return failure('vendor_unauthorized', 'the user of the database may not do that: grant it')
  if (credentials.includes(state))
    return failure('vendor_unauthorized', 'the database refused the user or the password: look at the configuration')
  if (isOfData(error)) {
    const columns = columnsOf(error)
    const what = columns.length === 0 ? 'the table' : `the column '${columns.join("', '")}'`
    const { constraint } = error as { constraint?: unknown }
    const why = `${reasons[state] ?? 'it is no value of the type'}${typeof constraint === 'string' ? `, by '${constraint}'` : ''}`
    return refusal(`${what} does not take this: ${why} (${state})`, path(columns), error)
  }
  if (Object.hasOwn(goneWhere, state)) return refusal(`${goneWhere[state]} (${state})`, undefined, error)
  if (passing.includes(state)) return failure('vendor_failed', 'the database gave the statement up', true)
  if (/^(?:53...|57P0.|58...)$/.test(state))
    return failure('vendor_unavailable', unavailable[state] ?? 'the database cannot work now', true)
  // A connection that broke, or did not come about, has the system's code, or none.
  if (!/^[0-9A-Z]{5}$/.test(state) || state.startsWith('08') || state === 'EPIPE')
    return failure('vendor_unavailable', 'the database cannot be reached, or the connection broke', true)
  return failure('vendor_failed', 'the database failed')
}

const reasons: Readonly<Record<string, string>> = {
  '23502': 'it may not be empty',
  '23503': 'what it refers to is not there, or something refers to it',
  '23505': 'there is a row with this value already',
  '23514': 'a check of the table forbids it',
  '22001': 'it is too long',
  '22003': 'it is out of range',
}
const unavailable: Readonly<Record<string, string>> = {
  '53300': 'the database has too many connections',
  '57P01': 'the database is being shut down, or ended the connection',
}

/** The columns that an error tells of. */
function columnsOf(error: unknown): readonly string[] {
  const { column, detail } = error as { column?: unknown; detail?: unknown }
  if (typeof column === 'string') return [column]
  // Of a unique key the database says in its detail alone which columns it has: `Key (a, b)=(1, 2) already exists.`
  const key = typeof detail === 'string' && stateOf(error) !== '23502' ? /\((.+?)\)=\(/.exec(detail)?.[1] : undefined
  return key === undefined ? [] : key.split(', ').map((name) => name.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'))
}
