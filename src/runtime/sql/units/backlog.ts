import type { Backlog } from '../../ports/lane-store.ts'
import { one, type Unit, type UnitContext } from '../unit.ts'

/** What waits, told from the rows that do: they are few and small, unless something is wrong. */
export function* backlog({ db, now }: UnitContext): Unit<Backlog> {
  const waiting = function* (table: 'inbox' | 'outbox'): Unit<Backlog['inbox']> {
    const { count, first } = yield* one(
      db.selectFrom(table).select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('at').as('first')]),
    )
    return { waiting: count, oldest: count === 0 ? 0 : Math.max(0, now - first) }
  }
  const { count } = yield* one(db.selectFrom('dead_letters').select(({ fn }) => fn.countAll<number>().as('count')))
  return { inbox: yield* waiting('inbox'), outbox: yield* waiting('outbox'), deadLetters: count }
}
