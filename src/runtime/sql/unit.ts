import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import { PlugboardError } from '../../errors/index.ts'
import type { Tables } from './tables.ts'

/** What a unit works with. */
export interface UnitContext {
  /** Makes statements. Runs none. */
  readonly db: Kysely<Tables>
  /** Milliseconds since 1970, as the database has them. */
  readonly now: number
  readonly dialect: 'sqlite' | 'postgres'
  /** The W3C `traceparent` that what is put into a lane goes on from. */
  readonly trace?: string | undefined
}

/** A statement that a unit asks for. */
export interface Statement extends CompiledQuery {
  /** Nobody looks at its rows: the next statement need not wait for them. */
  readonly unread?: true
  /** It must have a row, or this is thrown and nothing of the unit is done. The next statement need not wait for that. */
  readonly demand?: () => Error
  /** Nothing of the unit can fail once this one was run: it is committed without waiting for its rows. */
  readonly ends?: true
}

/**
 * Work on the store that is done whole or not at all. It yields statements and is resumed with their rows, so that the
 * same unit runs synchronously on SQLite, within a transaction on PostgreSQL, and up to any statement in a simulation.
 * Where it yields several at once, they are run in that order, and it is resumed with the rows of each.
 */
export type Unit<T> = Generator<Statement | readonly Statement[], T, readonly unknown[]>

/** The rows of a statement. */
export function* rows<T>(statement: Compilable<T>): Unit<readonly T[]> {
  return (yield statement.compile()) as readonly T[]
}

/** The first row of a statement. */
export function* row<T>(statement: Compilable<T>): Unit<T | undefined> {
  return ((yield statement.compile()) as readonly T[])[0]
}

/** The first row of a statement that has one. */
export function* one<T>(statement: Compilable<T>): Unit<T> {
  const found = yield* row(statement)
  if (!found) throw new PlugboardError({ code: 'internal', message: 'a row that must be in the store is not there' })
  return found
}

/** The first row of each of two statements, which are the last of the unit: nothing of it can fail after them. */
export function* lastRows<TFirst, TSecond>(
  first: Compilable<TFirst>,
  second: Compilable<TSecond>,
): Unit<readonly [TFirst | undefined, TSecond | undefined]> {
  const rowsOfEach = yield [first.compile(), { ...second.compile(), ends: true }]
  const [ofFirst, ofSecond] = rowsOfEach as readonly [readonly TFirst[], readonly TSecond[]]
  return [ofFirst[0], ofSecond[0]]
}

/** Ends a unit: nothing of it is done, and it gives this. */
export class Undone extends Error {
  readonly result: unknown

  constructor(result?: unknown) {
    super('undone')
    this.result = result
  }
}

/** What a unit gives that was ended. Any other failure is thrown. */
export function resultOf(failure: unknown): unknown {
  if (failure instanceof Undone) return failure.result
  throw failure
}

/**
 * The values of a statement. PostgreSQL has no text with a zero in it, so no other store keeps one either: a bot must be
 * able to move. JSON escapes it.
 * @throws {PlugboardError} with the code `payload_invalid`.
 */
export function storable({ parameters }: Statement): readonly unknown[] {
  if (parameters.some((value) => typeof value === 'string' && value.includes('\0')))
    throw new PlugboardError({
      code: 'payload_invalid',
      message: 'a name or tag has the character U+0000, which cannot be stored',
    })
  return parameters
}

/** Demands that a statement has a row. */
export function* demand(statement: Compilable, otherwise: () => Error): Unit<void> {
  yield { ...statement.compile(), unread: true, demand: otherwise }
}

/** The rows of a statement, if there are those that it demands. */
export function demanded<T>(rows: readonly T[], { demand: otherwise }: Statement): readonly T[] {
  if (otherwise && rows.length === 0) throw otherwise()
  return rows
}

/** Runs statements for what they do. */
export function* run(...statements: readonly Compilable[]): Unit<void> {
  for (const statement of statements) yield { ...statement.compile(), unread: true }
}
