import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Store } from '../ports/store.ts'
import type { Tables } from './tables.ts'
import { type UnitName, units } from './units/index.ts'
import type { UnitContext } from './unit.ts'

/** What runs units on a database. */
export interface UnitDriver extends AsyncDisposable {
  run(name: UnitName, given: readonly unknown[]): Promise<unknown>
}

/** The store whose methods are the units, as a driver runs them. */
export function unitStore(driver: UnitDriver): Store {
  const methods = Object.keys(units).map((name) => [
    name,
    (...given: readonly unknown[]) => driver.run(name as UnitName, given),
  ])
  const store = Object.fromEntries(methods) as Store
  return Object.assign(store, {
    ...lookingFirst(store),
    [Symbol.asyncDispose]: () => driver[Symbol.asyncDispose](),
  })
}

/** Most users and conversations are there already: whoever looks first need not wait for a commit. */
function lookingFirst({
  findUser,
  getOrCreateUser,
  findConversation,
  getOrCreateConversation,
}: Store): Pick<Store, 'getOrCreateUser' | 'getOrCreateConversation'> {
  return {
    getOrCreateUser: async (request) => (await findUser(request)) ?? getOrCreateUser(request),
    getOrCreateConversation: async (request) => (await findConversation(request)) ?? getOrCreateConversation(request),
  }
}

/** What makes the statements of a dialect. */
export function statementsFor(dialect: UnitContext['dialect']): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => new DummyDriver(),
      ...(dialect === 'sqlite'
        ? {
            createAdapter: () => new SqliteAdapter(),
            createQueryCompiler: () => new SqliteQueryCompiler(),
            createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
          }
        : {
            createAdapter: () => new PostgresAdapter(),
            createQueryCompiler: () => new PostgresQueryCompiler(),
            createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
          }),
    },
  })
}
