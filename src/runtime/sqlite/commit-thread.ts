import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { PlugboardError } from '../../errors/index.ts'
import type { UnitName } from '../sql/units/index.ts'
import { SqliteDatabase } from './sqlite-database.ts'

/** A unit to be run. */
export interface Asked {
  readonly id: number
  readonly name: UnitName
  readonly given: readonly unknown[]
  readonly now: number
}

/** What became of it. */
export interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: { readonly code: string | undefined; readonly message: string; readonly retryable: boolean }
}

// Each commit waits for the disk: whatever came meanwhile goes into the next one together.
const database = new SqliteDatabase((workerData as { path: string }).path)
const port = parentPort as MessagePort
let waiting: Asked[] = []

port.on('message', (asked: readonly Asked[] | 'end') => {
  if (asked === 'end') {
    commit()
    database[Symbol.dispose]()
    port.close()
    return
  }
  if (waiting.length === 0) setImmediate(commit)
  waiting.push(...asked)
})

function commit(): void {
  const group = waiting
  waiting = []
  if (group.length === 0) return
  port.postMessage(answersTo(group))
}

/** Nearly every unit succeeds: only where one does not, each gets a savepoint, so that it does not take the others with it. */
function answersTo(group: readonly Asked[]): readonly Answer[] {
  try {
    return database.group(() =>
      group.map(({ id, name, given, now }) => ({ id, result: database.run(name, given, now) })),
    )
  } catch {
    // Nothing of the group is stored.
  }
  try {
    return database.group(() => group.map(answerTo))
  } catch (error) {
    return group.map(({ id }) => ({ id, error: told(error) }))
  }
}

function answerTo({ id, name, given, now }: Asked): Answer {
  try {
    return { id, result: database.unit(name, given, now) }
  } catch (error) {
    return { id, error: told(error) }
  }
}

function told(error: unknown): NonNullable<Answer['error']> {
  if (PlugboardError.isInstance(error)) return { code: error.code, message: error.message, retryable: error.retryable }
  return { code: undefined, message: error instanceof Error ? error.message : String(error), retryable: false }
}
