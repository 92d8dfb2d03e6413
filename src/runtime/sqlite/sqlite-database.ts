import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { type MigrationState, migrations, migrationState } from '../sql/migrations.ts'
import { demanded, resultOf, type Statement, storable, type Unit, type UnitContext } from '../sql/unit.ts'
import { statementsFor } from '../sql/unit-store.ts'
import { type UnitName, units } from '../sql/units/index.ts'

/** A connection to a SQLite database, which runs units synchronously. */
export class SqliteDatabase implements Disposable {
  readonly #connection: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #db = statementsFor('sqlite')

  constructor(path: string | URL, { readOnly = false }: { readOnly?: boolean } = {}) {
    this.#connection = new DatabaseSync(path, { readOnly })
    // FULL: what was committed is there after the power was lost, too.
    this.#connection.exec(
      readOnly
        ? 'pragma busy_timeout = 5000'
        : 'pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000',
    )
  }

  /**
   * Makes the schema, or brings it up to date. Gives what it was before.
   * @throws {PlugboardError} with the code `store_newer`.
   */
  migrate(now: number): MigrationState {
    return this.group(() => {
      this.#connection.exec('create table if not exists migrations (name text primary key, at bigint not null)')
      const before = this.migrations()
      for (const { name, statements } of migrations) {
        if (before.done.includes(name)) continue
        for (const statement of statements) this.#connection.exec(statement)
        this.#connection.prepare('insert into migrations values (?, ?)').run(name, now)
      }
      return before
    })
  }

  /**
   * What it has of the history, which it does not change.
   * @throws {PlugboardError} with the code `store_newer`.
   */
  migrations(): MigrationState {
    const made = this.#connection.prepare("select 1 from sqlite_master where type = 'table' and name = 'migrations'")
    const done = made.get() === undefined ? [] : this.#connection.prepare('select name from migrations').all()
    return migrationState(done.map(({ name }) => name as string))
  }

  /** Takes every process that worked on lanes for dead. */
  endWorkers(): void {
    this.#connection.exec('delete from workers')
  }

  /** Runs everything that `work` does as one transaction. */
  group<T>(work: () => T): T {
    this.#connection.exec('begin immediate')
    try {
      const result = work()
      this.#connection.exec('commit')
      return result
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('rollback')
      throw error
    }
  }

  /** Runs a unit within a transaction: whole, or not at all. */
  unit(name: UnitName, given: readonly unknown[], now: number): unknown {
    this.#connection.exec('savepoint unit')
    try {
      const result = this.run(name, given, now)
      this.#connection.exec('release unit')
      return result
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('rollback to unit; release unit')
      return resultOf(error)
    }
  }

  /** Runs a unit that changes nothing, or one whose failure undoes more than it. */
  run(name: UnitName, given: readonly unknown[], now: number): unknown {
    const context: UnitContext = { db: this.#db, now, dialect: 'sqlite' }
    const unit = (units[name] as (context: UnitContext, ...rest: readonly unknown[]) => Unit<unknown>)(
      context,
      ...given,
    )
    let step = unit.next()
    while (!step.done) {
      const asked = step.value
      step = unit.next('sql' in asked ? this.#execute(asked) : asked.map((statement) => this.#execute(statement)))
    }
    return step.value
  }

  [Symbol.dispose](): void {
    this.#connection.close()
  }

  #execute(asked: Statement): readonly unknown[] {
    const { sql } = asked
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#connection.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return demanded(statement.all(...(storable(asked) as SQLInputValue[])), asked)
  }
}
