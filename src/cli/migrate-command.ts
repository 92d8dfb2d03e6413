import { migrateStore } from 'plugboard/runtime'
import { readConfigurationFile } from './configuration-file.ts'
import { placeOf } from './open-store.ts'
import { invalid, readOptions, type StoreCommand, storeOptions } from './store-command.ts'
import { storeFor } from './store-for.ts'

/** What `migrate --help` prints. */
export const migrateUsage = `Makes the store of the bot or brings it up to date, without starting the bot. A bot that starts does it by itself.

  --check                     change nothing, and tell what is missing; also while the bot runs
  --json                      print it as JSON
  --store <where>, --config <file>
                              as for the bot itself

Exit codes: 0 the store is up to date, 1 it failed, 2 wrong arguments, 3 with --check: something is missing
`

const somethingMissing = 3

/**
 * Does what `migrate …` says. Gives the exit code.
 * @throws {PlugboardError} with the code `argument_invalid`, and those of stores.
 */
export async function migrateCommand({ words, definition, folder, environment }: StoreCommand): Promise<number> {
  const said = readOptions('migrate', words, { ...storeOptions, check: { type: 'boolean' } })
  if (said.help) {
    process.stdout.write(migrateUsage)
    return 0
  }
  const file = await readConfigurationFile(folder, said.config, environment)
  const place = placeOf(storeFor(definition.name, { said: said.store, environment, file: file.store }), folder)
  if (!place) throw invalid('migrate', 'a store in memory is made when the bot starts')
  const { check = false } = said
  const { store, version, wanted, missing } = await migrateStore(definition.name, place, { check })
  if (said.json) {
    const report = { store, version: version ?? null, wanted, missing, migrated: !check }
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  } else {
    const done = check ? 'is missing' : 'is done'
    const lines = missing.length === 0 ? ['Nothing is to be done.'] : missing.map((step) => `${step} ${done}`)
    process.stdout.write([store, `version ${version ?? 'none'}, wanted ${wanted}`, ...lines, ''].join('\n'))
  }
  return check && missing.length > 0 ? somethingMissing : 0
}
