import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { PlugboardError } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { migrations } from '../sql/migrations.ts'
import { demanded, resultOf, type Statement, type Unit, type UnitContext } from '../sql/unit.ts'
import { statementsFor, unitStore } from '../sql/unit-store.ts'
import { type UnitName, units } from '../sql/units/index.ts'

/** A bug that is planted to see whether the simulation finds it. */
export interface PlantedBug {
  readonly name: string
  /** Changes a statement before it is run; rows in its place keep it from being run. */
  statement?(sql: string, unit: UnitName): string | readonly unknown[]
  /** Whether what a unit has done so far is committed before this statement. */
  commitsBefore?(sql: string, unit: UnitName): boolean
  /** Changes what a unit is given. */
  given?(given: readonly unknown[], unit: UnitName): readonly unknown[]
  /** Whether a unit is said to be done before it is. */
  tooEarly?(unit: UnitName): boolean
  /** Changes the key under which a message is sent. */
  idempotencyKey?(key: string, random: () => number): string
}

/** A step that somebody waits for. */
interface Step {
  readonly process: SimulatedProcess | undefined
  take(): void
}

interface Timer {
  readonly at: number
  readonly process: SimulatedProcess | undefined
  fire(): void
}

/** Numbers that look random and are the same for the same seed (the generator mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One process of a simulated world. When it dies nothing that it waits for ever comes. */
export class SimulatedProcess {
  dead = false
  /** Until when it does nothing, in simulated milliseconds: a machine that is suspended. */
  pausedUntil = 0
  readonly died: Promise<void>
  #die: () => void = () => {}

  constructor() {
    this.died = new Promise((resolve) => {
      this.#die = resolve
    })
  }

  die(): void {
    this.dead = true
    this.#die()
  }
}

/**
 * A world in which everything that can happen in several orders happens in one that a seed decides: processes, their
 * clock, and a database that they share. A process can die before any statement, before a commit, and after it.
 */
export class SimulatedWorld {
  readonly random: () => number
  now = 1_800_000_000_000
  readonly #steps: Step[] = []
  readonly #timers = new Set<Timer>()
  readonly #database = new DatabaseSync(':memory:')
  readonly #statements = new Map<string, StatementSync>()
  readonly #db = statementsFor('sqlite')
  readonly #bug: PlantedBug | undefined
  /** After how many more statements the process that runs one dies; the next deaths follow. */
  readonly #deaths: number[]

  constructor(seed: number, deaths: readonly number[], bug: PlantedBug | undefined) {
    this.random = randomFrom(seed)
    this.#deaths = [...deaths]
    this.#bug = bug
    for (const { statements } of migrations) for (const statement of statements) this.#database.exec(statement)
  }

  /** Waits for its turn among everything that could happen now. */
  turn<T>(process: SimulatedProcess | undefined, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#steps.push({
        process,
        take: () => {
          try {
            const result = work()
            if (!process?.dead) resolve(result)
          } catch (error) {
            if (!process?.dead) reject(error instanceof Error ? error : new Error(String(error)))
          }
        },
      })
    })
  }

  clockOf(process: SimulatedProcess | undefined): Clock {
    return {
      now: () => this.now,
      sleep: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          const timer: Timer = { at: this.now + milliseconds, process, fire: resolve }
          const abort = (): void => {
            this.#timers.delete(timer)
            reject(new PlugboardError({ code: 'aborted', message: 'the wait was aborted' }))
          }
          this.#timers.add(timer)
          if (signal?.aborted) abort()
          else signal?.addEventListener('abort', abort, { once: true })
        }),
    }
  }

  storeOf(process: SimulatedProcess): Store {
    return unitStore({
      run: (name, given) => {
        if (this.#bug?.tooEarly?.(name)) {
          void this.turn(process, () => this.#run(process, name, given)).catch(() => {})
          return Promise.resolve([])
        }
        return this.turn(process, () => this.#run(process, name, given))
      },
      [Symbol.asyncDispose]: async () => {},
    })
  }

  /** How many rows a table has. */
  count(table: string): number {
    return Number(this.#database.prepare(`select count(*) as n from ${table}`).get()?.['n'])
  }

  /** Lets happen what can until the work is done; false if it never is, within so many simulated milliseconds. */
  async run(isDone: () => boolean, limit: number): Promise<boolean> {
    const end = this.now + limit
    for (;;) {
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      const able = this.#steps.filter(({ process }) => !process?.dead && (process?.pausedUntil ?? 0) <= this.now)
      if (able.length === 0) {
        if (isDone()) return true
        if (!this.#passTime() || this.now > end) return false
      } else {
        const step = able[Math.floor(this.random() * able.length)] as Step
        this.#steps.splice(this.#steps.indexOf(step), 1)
        step.take()
        // Now and then a process is slow, or suspended for longer than others believe that it lives.
        if (step.process && this.random() < 0.004) step.process.pausedUntil = this.now + 40_000 * this.random()
      }
    }
  }

  close(): void {
    this.#database.close()
  }

  #passTime(): boolean {
    const paused = this.#steps.flatMap(({ process }) => (process && !process.dead ? process.pausedUntil : []))
    const [next] = [...this.#timers].filter(({ process }) => !process?.dead).toSorted((a, b) => a.at - b.at)
    const wake = Math.min(next?.at ?? Infinity, ...paused.filter((at) => at > this.now))
    if (wake === Infinity) return false
    this.now = Math.max(this.now, wake)
    if (next && next.at <= this.now) {
      this.#timers.delete(next)
      next.fire()
    }
    return true
  }

  #run(process: SimulatedProcess, name: UnitName, given: readonly unknown[]): unknown {
    const database = this.#database
    database.exec('begin')
    try {
      const context: UnitContext = { db: this.#db, now: this.now, dialect: 'sqlite' }
      const make = units[name] as (context: UnitContext, ...rest: readonly unknown[]) => Unit<unknown>
      const unit = make(context, ...(this.#bug?.given?.(given, name) ?? given))
      let step = unit.next()
      while (!step.done) {
        const asked = step.value
        step = unit.next(
          'sql' in asked ? this.#execute(process, name, asked) : asked.map((one) => this.#execute(process, name, one)),
        )
      }
      this.#mayDie(process)
      database.exec('commit')
      this.#mayDie(process)
      return step.value
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      return resultOf(error)
    }
  }

  #execute(process: SimulatedProcess, name: UnitName, asked: Statement): readonly unknown[] {
    const { sql, parameters } = asked
    this.#mayDie(process)
    if (this.#bug?.commitsBefore?.(sql, name)) {
      this.#database.exec('commit')
      this.#mayDie(process, 0.2)
      this.#database.exec('begin')
    }
    const changed = this.#bug?.statement?.(sql, name) ?? sql
    return demanded(
      typeof changed === 'string' ? this.#prepared(changed).all(...(parameters as SQLInputValue[])) : changed,
      asked,
    )
  }

  #prepared(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #mayDie(process: SimulatedProcess, chance = 0): void {
    const [next] = this.#deaths
    if (next === undefined) return
    if (next > 0 && !(this.random() < chance)) {
      this.#deaths[0] = next - 1
      return
    }
    this.#deaths.shift()
    process.die()
    throw new Error('The process died.')
  }
}
