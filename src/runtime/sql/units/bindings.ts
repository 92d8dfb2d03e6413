import type { Binding } from '../../../definition/binding.ts'
import type { StoredBinding } from '../../ports/binding-store.ts'
import { one, rows, type Unit, type UnitContext } from '../unit.ts'
import { toJson } from './records.ts'

export function* listBindings({ db }: UnitContext): Unit<readonly StoredBinding[]> {
  const found = yield* rows(db.selectFrom('bindings').selectAll().orderBy('consumer').orderBy('need'))
  return found.map(({ consumer, need, binding, generation }) => ({
    consumer,
    need,
    binding: binding === null ? undefined : (JSON.parse(binding) as Binding),
    generation,
  }))
}

export function* setBinding(
  { db, now }: UnitContext,
  consumer: string,
  need: string,
  binding: Binding | undefined,
): Unit<number> {
  const value = { binding: binding === undefined ? null : toJson(binding), at: now }
  const { generation } = yield* one(
    db
      .insertInto('bindings')
      .values({ consumer, need, generation: 1, ...value })
      .onConflict((conflict) =>
        conflict
          .columns(['consumer', 'need'])
          .doUpdateSet(({ eb, ref }) => ({ ...value, generation: eb(ref('bindings.generation'), '+', 1) })),
      )
      .returning('generation'),
  )
  return generation
}
