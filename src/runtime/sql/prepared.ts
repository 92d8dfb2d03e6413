import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Tables } from './tables.ts'
import type { UnitContext } from './unit.ts'

/** A statement that is the same but for its values. */
export type Prepared<TGiven, TRow> = (context: Pick<UnitContext, 'db'>, given: TGiven) => Compilable<TRow>

/** Stands for a value while a statement is made. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** Whatever a statement asks for, it gets a place. */
const places = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? new Place(name) : undefined) })

/**
 * A statement that is made once for each dialect, and then only given its values: to make and compile one takes longer
 * than SQLite takes to run it.
 * @param make Makes the statement. What it is given are no values, but stands for them: it may only put them into places.
 */
export function prepared<TGiven extends object, TRow>(
  make: (db: Kysely<Tables>, given: TGiven) => Compilable<TRow>,
): Prepared<TGiven, TRow> {
  const made = new WeakMap<Kysely<Tables>, CompiledQuery<TRow>>()
  return ({ db }, given) => {
    let query = made.get(db)
    if (!query) {
      query = make(db, places as TGiven).compile()
      made.set(db, query)
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Place ? given[value.name as keyof TGiven] : value,
    )
    const compiled = { ...query, parameters }
    return { compile: () => compiled }
  }
}
