import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { type BotDefinition, PlugboardError } from 'plugboard'
import {
  type DeclaredSecret,
  declaredSecrets,
  masterKeyFrom,
  newMasterKey,
  openVault,
  secretVariable,
} from 'plugboard/runtime'
import { demandValues, toldByParser } from './arguments.ts'
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
  secret reseal               seal everything anew, under PLUGBOARD_SECRET_KEY_NEW (or in PLUGBOARD_SECRET_KEY_NEW_FILE) if
                              one is set

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
  demandValues(values, invalid)
  demandCount(verb, positionals.length - 1)
  if (verb === 'key') {
    print(newMasterKey().reveal())
    return 0
  }
  const declared = declaredSecrets(command.definition)
  if (alias !== undefined && name !== undefined) demandDeclared(declared, alias, name)
  const { definition, environment, folder } = command
  const file = await readConfigurationFile(folder, values.config, environment)
  const where = storeFor(definition.name, { said: values.store, environment, file: file.store })
  if (where === 'memory') throw invalid('a store in memory keeps no secrets')
  await using store = await openStore(where, folder)
  await using opened = await openVault(definition.name, environment, store.ports)
  const { vault } = opened
  const isSet = (owner: string, called: string): boolean => Boolean(environment[secretVariable(owner, called)])
  switch (verb) {
    case 'set': {
      const value = await readValue(command, `${alias} ${name}: `)
      if (value === '') throw invalid('the value is empty')
      await vault.set(alias as string, name as string, value)
      print(
        `${alias} ${name} is kept.${isSet(alias as string, name as string) ? ' What the environment says goes before it.' : ''}`,
      )
      return 0
    }
    case 'list': {
      const kept = await vault.list()
      const isKept = (of: DeclaredSecret): boolean => kept.some((one) => one.owner === of.alias && one.name === of.name)
      for (const { owner, name: called, updatedAt } of kept) print(`${owner} ${called} ${updatedAt}`)
      for (const one of declared.filter((each) => !isKept(each))) {
        const place = isSet(one.alias, one.name) ? ', but in the environment' : one.optional ? ', and optional' : ''
        print(`${one.alias} ${one.name} is not kept${place}`)
      }
      if (kept.length + declared.length === 0) print('Nothing is kept, and no part of the bot has a secret.')
      return 0
    }
    case 'delete': {
      if (await vault.delete(alias as string, name as string)) {
        print(`${alias} ${name} is forgotten.`)
        return 0
      }
      process.stderr.write(`The secret ${alias} ${name} is not kept.\n`)
      return 1
    }
    default: {
      const next = (await masterKeyFrom(environment, 'PLUGBOARD_SECRET_KEY_NEW')) ?? (await masterKeyFrom(environment))
      if (!next) throw invalid('PLUGBOARD_SECRET_KEY is not set')
      const count = await vault.reseal(next)
      print(count === 1 ? 'One secret was sealed anew.' : `${count} secrets were sealed anew.`)
      return 0
    }
  }
}

function demandDeclared(declared: readonly DeclaredSecret[], alias: string, name: string): void {
  if (declared.some((one) => one.alias === alias && one.name === name)) return
  const known = declared.map((one) => `${one.alias} ${one.name}`).join(', ')
  throw invalid(`nothing of the bot has the secret ${alias} ${name}; there are ${known || 'none'}`)
}

const counts: Readonly<Record<string, number>> = { key: 0, set: 2, list: 0, delete: 2, reseal: 0 }

function demandCount(verb: string, given: number): void {
  const count = Object.hasOwn(counts, verb) ? counts[verb] : undefined
  if (count === undefined)
    throw invalid(`there is no command 'secret ${verb}'; there are ${Object.keys(counts).join(', ')}`)
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
    throw invalid(toldByParser(error), error)
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)

const invalid = (message: string, cause?: unknown): PlugboardError =>
  new PlugboardError({ code: 'argument_invalid', message: `${message}. See secret --help.`, cause })
