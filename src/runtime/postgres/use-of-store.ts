import type { PoolClient } from 'pg'
import { PlugboardError } from '../../errors/index.ts'
import type { Tables } from '../sql/tables.ts'
import { type Database, prepared, quoted } from './database.ts'

type Use = Tables['moves']['state']

/**
 * Says that a bot works on the schema from here on, so that nothing is moved into it any more.
 * @throws {PlugboardError} with the code `move_unfinished`, if it is part of a copy.
 */
export async function useStore(database: Database): Promise<void> {
  // Once it is used it stays so: only the first process of all has to take turns with a move.
  if ((await database.query<{ state: Use }>('select state from moves'))[0]?.state === 'used') return
  await database.transaction(async (connection) => {
    if ((await takeTurn(connection, database.schema)) === 'copying')
      throw new PlugboardError({
        code: 'move_unfinished',
        message: `the schema ${database.schema} is an unfinished copy of another store: a move to it is running, or was interrupted. Move again.`,
      })
    await setUse(connection, 'used')
  })
}

/**
 * Empties the schema for a copy, which it is from here on until `setUse` says that it is whole. Nobody but who moves may
 * do anything in it until then.
 * @throws {PlugboardError} with the code `move_target_used`, if a bot has worked on it, and it changes nothing then.
 */
export async function beginCopy(
  connection: PoolClient,
  { schema, shown, tables }: { readonly schema: string; readonly shown: string; readonly tables: readonly string[] },
): Promise<void> {
  const state = await takeTurn(connection, schema)
  if (state === 'used' || (state === undefined && (await hasRows(connection, tables))))
    throw new PlugboardError({
      code: 'move_target_used',
      message: `a bot has worked in ${shown}, and what it has there would be lost. Move to another database, or, if nothing of it is wanted, delete it: drop schema ${quoted(schema)} cascade; drop schema if exists ${quoted(`${schema}_queue`)} cascade`,
    })
  await setUse(connection, 'copying')
  await connection.query(`truncate ${tables.map(quoted).join(', ')}`)
}

/** Says what the store is, to the next who takes a turn. */
export async function setUse(connection: PoolClient, state: Use): Promise<void> {
  await connection.query(
    prepared(
      `insert into moves (id, state, at) values ('store', $1, extract(epoch from clock_timestamp()) * 1000)
      on conflict (id) do update set state = excluded.state, at = excluded.at`,
      [state],
    ),
  )
}

/** What the store is. To the end of the transaction, nobody else is told. */
async function takeTurn(connection: PoolClient, schema: string): Promise<Use | undefined> {
  await connection.query(prepared('select pg_advisory_xact_lock(hashtextextended($1, 0))', [schema]))
  const { rows } = await connection.query<{ state: Use }>('select state from moves')
  return rows[0]?.state
}

async function hasRows(connection: PoolClient, tables: readonly string[]): Promise<boolean> {
  for (const table of tables)
    if ((await connection.query(`select 1 from ${quoted(table)} limit 1`)).rows.length > 0) return true
  return false
}
