import { MongoError, MongoServerError, MongoServerSelectionError } from 'mongodb'
import { PlugboardError } from 'plugboard'
import { abortion, refusal } from '../failure.ts'

/** What the server says of a document that it does not take, by its code. */
const reasons: Readonly<Record<number, string>> = {
  2: 'the server takes no such value',
  9: 'the server takes no such value',
  14: 'the server takes no value of this type',
  15: 'it is nested too deeply',
  26: 'there is no such collection: look at `collection` and the database in the configuration, or create it',
  52: 'a name begins with `$`',
  53: 'the key of a document cannot be of this type',
  66: 'the field can never be changed',
  73: 'it is no name of a collection or database: look at the configuration',
  121: 'the validation of the collection forbids it',
  166: 'it is a view, which is only for reading',
  10_334: 'it is larger than the 16 MiB that a document holds',
  17_280: 'a key is too long',
  17_419: 'it would be larger than the 16 MiB that a document holds',
  17_420: 'it would be larger than the 16 MiB that a document holds',
}
const credentials: readonly number[] = [11, 18, 8000]
/** Not the primary, stepping down, shutting down, or out of reach itself. */
const unavailable: readonly number[] = [6, 7, 89, 91, 134, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436]
/** Commands that were in each other's way, and those that the server gave up. */
const passing: readonly number[] = [24, 46, 50, 112, 225, 251, 11_601]
/** Asks to come more slowly: of MongoDB itself, and of services that speak its protocol. */
const limits: readonly number[] = [462, 16_500]

/**
 * What an error of the driver or the server is. Their messages are not told: they quote values.
 * @param placeOf Where in the input a field stands.
 */
export function failureOf(error: unknown, signal: AbortSignal, placeOf: (field: string) => string): PlugboardError {
  if (PlugboardError.isInstance(error)) return error
  if (signal.aborted) return abortion(signal)
  if (error instanceof MongoServerError) return ofServer(error, placeOf)
  const cause = error
  // What is wrong with the question, the driver says before it asks.
  if (error instanceof MongoError && error.name === 'MongoInvalidArgumentError')
    return refusal('the driver takes no such question', undefined, cause)
  if (error instanceof MongoServerSelectionError && isAboutCredentials(error.cause))
    return new PlugboardError({ code: 'vendor_unauthorized', message: wrongCredentials, cause })
  const isConnection = error instanceof MongoError || 'syscall' in Object(error)
  // Whatever else the driver throws is what it met in an answer; the next one may be better.
  return new PlugboardError({
    code: isConnection ? 'vendor_unavailable' : 'vendor_failed',
    message: `${isConnection ? 'the database cannot be reached, or the connection broke' : 'the answer of the database makes no sense'} (${nameOf(error)})`,
    retryable: true,
    cause,
  })
}

const wrongCredentials = 'the database refused the user or the password: look at the configuration'
const isAboutCredentials = (error: unknown): boolean =>
  error instanceof MongoServerError && credentials.includes(Number(error.code))

function ofServer(cause: MongoServerError, placeOf: (field: string) => string): PlugboardError {
  const code = Number(cause.code)
  const failure = (
    as: 'vendor_unauthorized' | 'vendor_unavailable' | 'vendor_failed' | 'vendor_rate_limited',
    message: string,
    more: { retryable?: boolean; retryAfter?: number } = {},
  ) => new PlugboardError({ code: as, message: `${message} (${nameOf(cause)})`, cause, ...more })
  if (code === 13) return failure('vendor_unauthorized', 'the user of the database may not do that: grant it')
  if (credentials.includes(code)) return failure('vendor_unauthorized', wrongCredentials)
  if (code === 11_000 || code === 11_001) {
    const fields = Object.keys((cause['keyPattern'] as object | undefined) ?? {}).map(topOf)
    return refused('there is a document with this value already', fields, cause, placeOf)
  }
  if (Object.hasOwn(reasons, code)) return refused(reasons[code] ?? '', fieldsOf(cause), cause, placeOf)
  if (limits.includes(code)) {
    const wait = /RetryAfterMs=(\d+)/.exec(cause.message)?.[1]
    const retryAfter = wait === undefined ? {} : { retryAfter: Number(wait) }
    return failure('vendor_rate_limited', 'the database asks to wait', { retryable: true, ...retryAfter })
  }
  if (unavailable.includes(code) || cause.hasErrorLabel('RetryableWriteError'))
    return failure('vendor_unavailable', 'the database cannot work now', { retryable: true })
  if (passing.includes(code) || cause.hasErrorLabel('TransientTransactionError'))
    return failure('vendor_failed', 'the database gave the command up', { retryable: true })
  return failure('vendor_failed', 'the database failed')
}

function refused(
  why: string,
  fields: readonly string[],
  cause: MongoServerError,
  placeOf: (field: string) => string,
): PlugboardError {
  const what = fields.length === 0 ? 'the collection' : `the field '${fields.join("', '")}'`
  const [first] = fields
  return refusal(`${what} does not take this: ${why} (${nameOf(cause)})`, first && placeOf(first), cause)
}

/** The fields that a validation by `$jsonSchema` was not content with. Its details quote values beside them. */
function fieldsOf({ errInfo }: MongoServerError): readonly string[] {
  const { details } = (errInfo ?? {}) as { details?: { schemaRulesNotSatisfied?: readonly Rule[] } }
  const rules = details?.schemaRulesNotSatisfied
  if (!Array.isArray(rules)) return []
  return (rules as readonly Rule[]).flatMap(({ propertiesNotSatisfied = [], missingProperties = [] }) => [
    ...propertiesNotSatisfied.map(({ propertyName }) => topOf(propertyName)),
    ...missingProperties.map(topOf),
  ])
}
interface Rule {
  readonly propertiesNotSatisfied?: readonly { readonly propertyName: string }[]
  readonly missingProperties?: readonly string[]
}

const topOf = (path: string): string => path.split('.')[0] ?? path

/** What tells of an error in a word. */
function nameOf(error: unknown): string {
  if (error instanceof MongoServerError) return String(error.codeName ?? error.code ?? error.name)
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown }
  return typeof code === 'string' ? code : String(name)
}
