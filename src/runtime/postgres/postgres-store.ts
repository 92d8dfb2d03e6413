import type { Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { PoolClient, QueryConfig, QueryResult } from 'pg'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { demanded, resultOf, type Statement, storable, type Unit, type UnitContext } from '../sql/unit.ts'
import { statementsFor, unitStore } from '../sql/unit-store.ts'
import { readingUnits, type UnitName, units } from '../sql/units/index.ts'
import { type Database, giveBack, prepared } from './database.ts'
import { isConflict, storeFailure } from './store-failure.ts'

/** What the store works with. */
export interface PostgresStoreOptions {
  readonly database: Database
  /** The time of units: that of the database. */
  readonly clock: Clock
}

/** How often a unit is begun anew when another one was in its way. */
const mostTries = 10

/**
 * Units whose loss in a crash of the database does no harm, so that they do not wait for its disk: a claim that is lost
 * fences out whoever had it, and a heartbeat is followed by the next.
 */
const lightUnits: ReadonlySet<UnitName> = new Set<UnitName>(['beat', 'claim', 'leave', 'take'])
/** Units that first look for what is there as a rule: they begin with what they write. */
const lookingUnits: ReadonlySet<UnitName> = new Set<UnitName>(['getOrCreateConversation', 'getOrCreateUser'])

const statements = statementsFor('postgres')

/** Keeps everything in PostgreSQL. A unit that writes is one transaction. */
export function postgresStore({ database, clock }: PostgresStoreOptions): Store {
  const { pool } = database

  const begin = (name: UnitName, given: readonly unknown[]): Unit<unknown> => {
    const context: UnitContext = { db: statements, now: clock.now(), dialect: 'postgres' }
    return (units[name] as (context: UnitContext, ...rest: readonly unknown[]) => Unit<unknown>)(context, ...given)
  }

  const read = async (name: UnitName, given: readonly unknown[]): Promise<unknown> => {
    const unit = begin(name, given)
    let step = unit.next()
    const rowsOf = async (statement: Statement): Promise<readonly unknown[]> =>
      demanded<unknown>((await pool.query<object>(toSend(statement))).rows, statement)
    while (!step.done) {
      const asked = step.value
      step = unit.next('sql' in asked ? await rowsOf(asked) : await Promise.all(asked.map(rowsOf)))
    }
    return step.value
  }

  const write = async (name: UnitName, given: readonly unknown[]): Promise<unknown> => {
    const connection = await pool.connect()
    try {
      const transaction = new Transaction(connection, name)
      const result = await transaction.perform(begin(name, given))
      connection.release()
      return result
    } catch (error) {
      await giveBack(connection)
      return resultOf(error)
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

/**
 * A unit on its way. What costs time is to wait for answers, so it waits for those alone that the unit reads: the others
 * travel with the next statement or with the commit.
 */
class Transaction {
  readonly #connection: PoolClient
  readonly #name: UnitName
  readonly #sent: Promise<unknown>[] = []
  /** What must be true before anything is committed. */
  #demands: Promise<void>[] = []
  #isOpen = false

  constructor(connection: PoolClient, name: UnitName) {
    this.#connection = connection
    this.#name = name
  }

  async perform(unit: Unit<unknown>): Promise<unknown> {
    try {
      let step = unit.next()
      while (!step.done) {
        const asked = step.value
        step = unit.next(
          'sql' in asked ? await this.#rowsOf(asked) : await Promise.all(asked.map((one) => this.#rowsOf(one))),
        )
      }
      await this.#meetDemands()
      this.#commit()
      await Promise.all(this.#sent)
      return step.value
    } catch (error) {
      // What was sent behind a demand that is not met may fail for that alone.
      await this.#meetDemands()
      // What failed first is why the transaction has refused the rest.
      await Promise.all(this.#sent)
      throw error
    }
  }

  async #rowsOf(statement: Statement): Promise<readonly unknown[]> {
    const { unread, demand, ends } = statement
    if (ends) await this.#meetDemands()
    if (!this.#isOpen && !(lookingUnits.has(this.#name) && isLook(statement))) this.#open()
    const answer = this.#send(toSend(statement))
    if (demand) this.#demand(answer, statement)
    if (ends) this.#commit()
    return unread ? [] : (await answer).rows
  }

  #open(): void {
    this.#isOpen = true
    const isLight = lightUnits.has(this.#name)
    void this.#send({ text: isLight ? 'begin; set local synchronous_commit = off' : 'begin' })
  }

  #demand(answer: Promise<QueryResult<object>>, statement: Statement): void {
    const met = answer.then(({ rows }) => void demanded(rows, statement))
    met.catch(() => {})
    this.#demands.push(met)
  }

  async #meetDemands(): Promise<void> {
    await Promise.all(this.#demands)
    this.#demands = []
  }

  #commit(): void {
    if (this.#isOpen) void this.#send({ text: 'commit' })
    this.#isOpen = false
  }

  #send(statement: QueryConfig): Promise<QueryResult<object>> {
    together(this.#connection)
    const answer = this.#connection.query<object>(statement)
    answer.catch(() => {})
    this.#sent.push(answer)
    return answer
  }
}

/** What a connection is given in one go is written at once: each write for itself is a call of the system. */
function together(connection: PoolClient): void {
  const { stream } = (connection as unknown as { readonly connection: { readonly stream: Writable } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

const isLook = ({ query }: Statement): boolean => query.kind === 'SelectQueryNode'

const toSend = (statement: Statement): QueryConfig => prepared(statement.sql, storable(statement))
