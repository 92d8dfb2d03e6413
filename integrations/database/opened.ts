import type { Settings } from './configuration.ts'
import { Connections, type Statement, type Texts } from './connections.ts'
import { failureOf, stateOf } from './failure.ts'
import { type Table, tableOf } from './table.ts'

/** What tells an installation from another one, and how it is configured. */
export interface Installed {
  readonly ctx: { readonly botId: string; readonly integrationId: string }
  readonly configuration: Settings
}
/** What every handler has. */
export interface Call extends Installed {
  readonly signal: AbortSignal
}

/** What this process keeps open for an installation. */
interface Opened {
  readonly connections: Connections
  table?: { readonly is: Table; readonly since: number } | undefined
}

const opened = new Map<string, Opened>()
/** Milliseconds after which a table is looked at again: somebody may have given it another column. */
const freshFor = 60_000

/** Looks whether the database is there and has the table. */
export async function register(call: Call): Promise<void> {
  openedFor(call).table = undefined
  await theTable(call)
}

/** Closes the connections. */
export async function close(installed: Installed): Promise<void> {
  const key = keyOf(installed)
  const one = opened.get(key)
  opened.delete(key)
  await one?.connections.close()
}

/** Runs a statement as it is; fails with the errors of the database. */
export async function send(call: Call, statement: Statement): Promise<readonly Texts[]> {
  const one = openedFor(call)
  try {
    return await one.connections.query(statement, call.signal)
  } catch (error) {
    // The table is another one than it was.
    if (/^42...$/.test(stateOf(error))) one.table = undefined
    throw error
  }
}

/** Runs a statement in which nothing that the caller gave can be wrong. */
export async function run(call: Call, statement: Statement): Promise<readonly Texts[]> {
  try {
    return await send(call, statement)
  } catch (error) {
    throw failureOf(error, () => undefined)
  }
}

/** The table that is configured. */
export async function theTable(call: Call): Promise<Table> {
  const one = openedFor(call)
  if (one.table && performance.now() - one.table.since < freshFor) return one.table.is
  const is = await tableOf(call.configuration, (statement) => run(call, statement))
  one.table = { is, since: performance.now() }
  return is
}

function openedFor(installed: Installed): Opened {
  const key = keyOf(installed)
  const one = opened.get(key) ?? { connections: new Connections(installed.configuration) }
  opened.set(key, one)
  return one
}

/** With another configuration it is another database. */
function keyOf({ ctx, configuration }: Installed): string {
  return JSON.stringify([ctx.botId, ctx.integrationId, configuration])
}
