import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { type BotDefinition, PlugboardError } from 'plugboard'
import { demandValues, toldByParser } from './arguments.ts'

/** How a command about the store of a bot is called. */
export interface StoreCommand {
  /** What follows the command's name. */
  readonly words: readonly string[]
  readonly definition: BotDefinition
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** The options of all of them. */
export const storeOptions = {
  store: { type: 'string' },
  config: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

/**
 * Reads the options of a command that takes nothing else.
 * @throws {PlugboardError} with the code `argument_invalid`.
 */
export function readOptions<const TOptions extends ParseArgsOptionsConfig>(
  name: string,
  words: readonly string[],
  options: TOptions,
) {
  try {
    const { values } = parseArgs({ args: [...words], allowPositionals: false, options })
    demandValues(values, (message) => invalid(name, message))
    return values
  } catch (error) {
    if (PlugboardError.isInstance(error)) throw error
    throw invalid(name, toldByParser(error), error)
  }
}

/** What a command throws for what it was given. */
export const invalid = (name: string, message: string, cause?: unknown): PlugboardError =>
  new PlugboardError({ code: 'argument_invalid', message: `${message}. See ${name} --help.`, cause })
