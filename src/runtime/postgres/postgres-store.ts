import { setTimeout } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { PlugboardError } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { Statement, Unit, UnitContext } from '../sql/unit.ts'
import { statementsFor, unitStore } from '../sql/unit-store.ts'
import { readingUnits, type UnitName, units } from '../sql/units/index.ts'
import { type Database, giveBack, prepared } from './database.ts'
import { isConflict, storeFailure } from './store-failure.ts'

/** What the store works with. */
export interface PostgresStoreOptions {
  readonly database: Database
  /** The time of units that only look. */
  readonly clock: Clock
  /** Whether units that write go by the clock too. Default: they go by the database. */
  readonly byClock?: boolean
}

/** How often a unit is begun anew when another one was in its way. */
const mostTries = 10

/**
 * Units whose loss in a crash of the database does no harm, so that they do not wait for its disk: a claim that is lost
 * fences out whoever had it, and a heartbeat is followed by the next.
 */
const lightUnits: ReadonlySet<UnitName> = new Set<UnitName>(['beat', 'claim', 'leave'])

const statements = statementsFor('postgres')

/** Keeps everything in PostgreSQL. A unit that writes is one transaction, and its time is that of the database. */
export function postgresStore({ database, clock, byClock = false }: PostgresStoreOptions): Store {
  const { pool } = database

  const begin = (name: UnitName, given: readonly unknown[], now: number): Unit<unknown> => {
    const context: UnitContext = { db: statements, now, dialect: 'postgres' }
    return (units[name] as (context: UnitContext, ...rest: readonly unknown[]) => Unit<unknown>)(context, ...given)
  }

  const read = async (name: UnitName, given: readonly unknown[]): Promise<unknown> => {
    const unit = begin(name, given, clock.now())
    let step = unit.next()
    while (!step.done) step = unit.next((await pool.query(toSend(step.value))).rows)
    return step.value
  }

  const write = async (name: UnitName, given: readonly unknown[]): Promise<unknown> => {
    const connection = await pool.connect()
    try {
      const sent: Promise<unknown>[] = []
      const send = (text: string): void => void sent.push(quietly(connection.query(text)))
      send('begin')
      if (lightUnits.has(name)) send('set local synchronous_commit = off')
      const now = byClock ? clock.now() : await timeOf(connection)
      const result = await perform(begin(name, given, now), connection, sent)
      send('commit')
      await Promise.all(sent)
      connection.release()
      return result
    } catch (error) {
      await giveBack(connection)
      throw error
    }
  }

  return unitStore({
    run: async (name, given) => {
      const attempt = Object.hasOwn(readingUnits, name) ? read : write
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(name, given)
        } catch (error) {
          if (!isConflict(error) || tries === mostTries) throw storeFailure(error)
          await setTimeout(Math.random() * 5 * tries)
        }
      }
    },
    [Symbol.asyncDispose]: async () => {},
  })
}

/** Runs a unit in the transaction of a connection. What nobody reads is sent without waiting; `sent` collects it. */
async function perform(unit: Unit<unknown>, connection: PoolClient, sent: Promise<unknown>[]): Promise<unknown> {
  try {
    let step = unit.next()
    while (!step.done) {
      const answer = quietly(connection.query<object>(toSend(step.value)))
      if (step.value.unread) {
        sent.push(answer)
        step = unit.next([])
      } else step = unit.next((await answer).rows)
    }
    return step.value
  } catch (error) {
    // What failed before is why the transaction refused this one.
    await Promise.all(sent)
    throw error
  }
}

/** @throws {PlugboardError} with the code `payload_invalid`: PostgreSQL has no text with a zero in it. JSON escapes it. */
function toSend({ sql, parameters }: Statement) {
  if (parameters.some((value) => typeof value === 'string' && value.includes('\0')))
    throw new PlugboardError({
      code: 'payload_invalid',
      message: 'a name or tag has the character U+0000, which cannot be stored',
    })
  return prepared(sql, parameters)
}

async function timeOf(connection: PoolClient): Promise<number> {
  const { rows } = await connection.query<{ now: number }>(
    prepared('select (extract(epoch from clock_timestamp()) * 1000)::bigint as now'),
  )
  return rows[0]?.now as number
}

/** A promise that somebody looks at later. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
