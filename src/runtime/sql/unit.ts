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
}

/**
 * Work on the store that is done whole or not at all. It yields statements and is resumed with their rows, so that the
 * same unit runs synchronously on SQLite, within a transaction on PostgreSQL, and up to any statement in a simulation.
 */
export type Unit<T> = Generator<Statement, T, readonly unknown[]>

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

/** Runs statements for what they do. */
export function* run(...statements: readonly Compilable[]): Unit<void> {
  for (const statement of statements) yield { ...statement.compile(), unread: true }
}
