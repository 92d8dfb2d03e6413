import { PlugboardError } from 'plugboard'
import { type MovedTableReport, moveStore } from 'plugboard/runtime'
import { readConfigurationFile } from './configuration-file.ts'
import { placeOf } from './open-store.ts'
import { invalid, readOptions, type StoreCommand, storeOptions } from './store-command.ts'
import { storeFor } from './store-for.ts'

/** What `move --help` prints. */
export const moveUsage = `Copies everything that the bot has in its SQLite file to a PostgreSQL, and compares count and checksum of every table.
The bot must not run meanwhile. The file stays what it is. What was interrupted is begun anew by the same command, as long
as no bot has worked on the copy.

  --to <url>                  postgres://user:password@host:port/database (default: DATABASE_URL, which others cannot see)
  --store <file>              the file (default: PLUGBOARD_STORE, or else what the configuration says, or else
                              .plugboard/<bot>.sqlite)
  --json                      print the report as JSON
  --config <file>             as for the bot itself

Exit codes: 0 everything is moved, 1 it failed, 2 wrong arguments
`

/**
 * Does what `move …` says. Gives the exit code.
 * @throws {PlugboardError} with the code `argument_invalid` or `move_differs`, and those of stores and moves.
 */
export async function moveCommand({ words, definition, folder, environment }: StoreCommand): Promise<number> {
  const said = readOptions('move', words, { ...storeOptions, to: { type: 'string' } })
  if (said.help) {
    process.stdout.write(moveUsage)
    return 0
  }
  const database = said.to ?? (environment['DATABASE_URL'] || undefined)
  if (database === undefined) throw invalid('move', 'neither --to nor DATABASE_URL says where to')
  const configured = await readConfigurationFile(folder, said.config, environment)
  // DATABASE_URL says where to.
  const chosen = { said: said.store, environment: { ...environment, DATABASE_URL: undefined }, file: configured.store }
  const place = placeOf(storeFor(definition.name, chosen), folder)
  if (!place || !('file' in place)) throw invalid('move', 'only what is in a SQLite file is moved')
  const report = await moveStore({
    bot: definition.name,
    file: place.file,
    database,
    ...(!said.json && { onTable: (table) => process.stdout.write(`${lineOf(table)}\n`) }),
  })
  const { from, to, tables, agrees } = report
  if (said.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  if (!agrees) {
    const names = tables.flatMap(({ table, agrees: same }) => (same ? [] : [table]))
    throw new PlugboardError({
      code: 'move_differs',
      message: `${names.join(', ')} in ${to} is not what is in ${from}. No bot starts on it. Find out what changes it there, such as a trigger, and move again.`,
    })
  }
  if (!said.json) {
    const rows = tables.reduce((sum, { source }) => sum + source.rows, 0)
    process.stdout.write(`Moved ${rows} rows of ${tables.length} tables from ${from} to ${to}.\n`)
    process.stdout.write('Start the bot with DATABASE_URL, and not on the file any more.\n')
  }
  return 0
}

function lineOf({ table, source, target, agrees }: MovedTableReport): string {
  const told = ({ rows, checksum }: typeof source): string => `${String(rows).padStart(9)}  ${checksum.slice(0, 16)}`
  return `${table.padEnd(16)}${told(source)}${agrees ? '' : `  differs:${told(target)}`}`
}
