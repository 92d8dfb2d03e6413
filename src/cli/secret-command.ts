import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { type BotDefinition, PlugboardError } from 'plugboard'
import { masterKeyFrom, newMasterKey, openVault } from 'plugboard/runtime'
import { readConfigurationFile } from './configuration-file.ts'
import { openStore } from './open-store.ts'
import { storeFor } from './store-for.ts'

/** What `secret --help` prints. */
export const secretUsage = `Keeps the secrets of the bot in its store, sealed by the key PLUGBOARD_SECRET_KEY (or in PLUGBOARD_SECRET_KEY_FILE).
A secret in the environment, PLUGBOARD_SECRET_<ALIAS>_<NAME>, goes before one that is kept.

  secret key                  print a new key
  secret set <alias> <NAME>   keep a secret of an integration or plugin, or of the bot's own code: bot; its value is read
                              from the terminal or the standard input, and never from the command line
  secret list                 list what is kept and what is still missing, without values
  secret delete <alias> <NAME>
                              forget a secret
  secret reseal               seal everything anew, under PLUGBOARD_SECRET_KEY_NEW if that is set

  --store <where>, --config <file>
                              as for the bot itself
`

/** How the command is called. */
export interface SecretCommand {
  /** What follows `secret`. */
  readonly words: readonly string[]
  readonly definition: BotDefinition
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Default: that of the process. */
  readonly input?: NodeJS.ReadableStream & { readonly isTTY?: boolean }
}

/**
 * Does what `secret …` says. Gives the exit code.
 * @throws {PlugboardError} with the code `argument_invalid`, and those of secrets.
 */
export async function secretCommand(command: SecretCommand): Promise<number> {
  const { values, positionals } = parse(command.words)
  const [verb, alias, name] = positionals
  if (values.help || verb === undefined) {
    process.stdout.write(secretUsage)
    return values.help ? 0 : 2
  }
  demandCount(verb, positionals.length - 1)
  if (verb === 'key') {
    process.stdout.write(`${newMasterKey().reveal()}\n`)
    return 0
  }
  const declared = declaredIn(command.definition)
  if (alias !== undefined && name !== undefined) demandDeclared(declared, alias, name)
  const { definition, environment, folder } = command
  const file = await readConfigurationFile(folder, values.config, environment)
  const where = storeFor(definition.name, { said: values.store, environment, file: file.store })
  if (where === 'memory') throw invalid('a store in memory keeps no secrets')
  await using store = await openStore(where, folder)
  await using opened = await openVault(definition.name, environment, store.ports)
  const { vault } = opened
  switch (verb) {
    case 'set': {
      const value = await readValue(command, `${alias} ${name}: `)
      if (value === '') throw invalid('the value is empty')
      await vault.set(alias as string, name as string, value)
      return 0
    }
    case 'list': {
      const kept = await vault.list()
      const isKept = (of: Declared): boolean => kept.some((one) => one.owner === of.alias && one.name === of.name)
      for (const { owner, name: called, updatedAt } of kept) process.stdout.write(`${owner} ${called} ${updatedAt}\n`)
      for (const one of declared.filter((each) => !isKept(each) && !each.optional))
        process.stdout.write(`${one.alias} ${one.name} is not kept\n`)
      return 0
    }
    case 'delete': {
      if (await vault.delete(alias as string, name as string)) return 0
      process.stderr.write(`There is no secret ${alias} ${name}.\n`)
      return 1
    }
    default: {
      const next = await masterKeyFrom({
        PLUGBOARD_SECRET_KEY: environment['PLUGBOARD_SECRET_KEY_NEW'] || environment['PLUGBOARD_SECRET_KEY'],
        PLUGBOARD_SECRET_KEY_FILE: environment['PLUGBOARD_SECRET_KEY_FILE'],
      })
      if (!next) throw invalid('PLUGBOARD_SECRET_KEY is not set')
      process.stdout.write(`${await vault.reseal(next)} secrets were sealed anew.\n`)
      return 0
    }
  }
}

/** A secret that a part of the bot declares. */
interface Declared {
  readonly alias: string
  readonly name: string
  readonly optional: boolean
}

function declaredIn(definition: BotDefinition): readonly Declared[] {
  type Part = { readonly secrets: Readonly<Record<string, { readonly optional?: boolean }>> }
  const parts = [...definition.integrations, ...definition.plugins].map(
    ({ alias, definition: part }) => ({ alias, part: part as Part }) as const,
  )
  return [...parts, { alias: 'bot', part: definition as never as Part }].flatMap(({ alias, part }) =>
    Object.entries(part.secrets).map(([name, { optional = false }]) => ({ alias, name, optional })),
  )
}

function demandDeclared(declared: readonly Declared[], alias: string, name: string): void {
  if (declared.some((one) => one.alias === alias && one.name === name)) return
  const known = declared.map((one) => `${one.alias} ${one.name}`).join(', ')
  throw invalid(`nothing of the bot has the secret ${alias} ${name}; there are ${known || 'none'}`)
}

const counts: Readonly<Record<string, number>> = { key: 0, set: 2, list: 0, delete: 2, reseal: 0 }

function demandCount(verb: string, given: number): void {
  const count = Object.hasOwn(counts, verb) ? counts[verb] : undefined
  if (count === undefined) throw invalid(`there is no command 'secret ${verb}'`)
  if (given > 2 && verb === 'set')
    throw invalid('the value of a secret is not taken from the command line, where others can see it')
  if (given !== count) throw invalid(`'secret ${verb}' takes ${count === 0 ? 'nothing more' : 'an alias and a name'}`)
}

/** A line of the terminal, which does not show it, or all of the input without the line break at its end. */
async function readValue({ input = process.stdin }: SecretCommand, prompt: string): Promise<string> {
  if (!input.isTTY) {
    const chunks: Buffer[] = []
    for await (const chunk of input) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks)
      .toString()
      .replace(/\r?\n$/, '')
  }
  process.stdout.write(prompt)
  const nowhere = new Writable({ write: (_, __, done) => done() })
  const terminal = createInterface({ input, output: nowhere, terminal: true })
  try {
    return await new Promise((resolve, reject) => {
      terminal.once('line', resolve)
      for (const end of ['SIGINT', 'close']) terminal.once(end, () => reject(invalid('nothing was kept')))
    })
  } finally {
    terminal.close()
    process.stdout.write('\n')
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        store: { type: 'string' },
        config: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), error)
  }
}

const invalid = (message: string, cause?: unknown): PlugboardError =>
  new PlugboardError({ code: 'argument_invalid', message: `${message}. See secret --help.`, cause })
