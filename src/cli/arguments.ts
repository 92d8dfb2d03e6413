import { parseArgs } from 'node:util'
import { PlugboardError } from 'plugboard'

/** What the command line says. */
export interface Arguments {
  /** A message to be answered; then the process ends. */
  readonly say: string | undefined
  readonly json: boolean
  readonly help: boolean
  readonly host: string | undefined
  readonly port: number | undefined
  /** A SQLite file, the URL of a PostgreSQL, or `memory`. */
  readonly store: string | undefined
  /** A configuration file in the place of `plugboard.config.*`. */
  readonly config: string | undefined
  /** By consumer, `*` for all, then by need. */
  readonly bindings: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** What stands in the place of options, each with options of its own. */
export const commands = ['secret', 'migrate', 'move'] as const

/** What `--help` prints. */
export const usage = `Runs the bot: serves its HTTP endpoints and, in a terminal, a prompt.

  --say <text>                answer one message, print the reply and exit
  --json                      with --say: print reply, provider, usage and cost as JSON
  --bind <need>=<alias>       bind a need of every plugin, such as --bind llm=openai
  --bind <plugin>.<need>=<alias>
                              bind a need of one plugin, such as --bind assistant.llm=openai
  --port <number>             listen on this port; 0 takes any free one (default: 3000, or any free one if it is taken)
  --host <address>            listen on this address (default: 127.0.0.1)
  --store <where>             keep everything in this SQLite file, in the PostgreSQL of this URL, or forget it at the
                              end: memory (default: PLUGBOARD_STORE, DATABASE_URL, what the configuration says, or else
                              .plugboard/<bot>.sqlite; with --say: PLUGBOARD_STORE or memory)
  --config <file>             read this file instead of plugboard.config.{ts,mjs,js,json}
  --help                      print this

  secret …                    keep secrets in the store: secret --help
  migrate …                   bring the store up to date, or tell whether it is: migrate --help
  move …                      move everything from the SQLite file to a PostgreSQL: move --help
`

/**
 * Reads the command line.
 * @throws {PlugboardError} with the code `argument_invalid`.
 */
export function readArguments(given: readonly string[]): Arguments {
  let values: ReturnType<typeof parse>
  const [first = ''] = given
  if (/^\w/.test(first)) throw invalid(`there is no command '${first}'; there are ${commands.join(', ')}`)
  try {
    values = parse(given)
  } catch (error) {
    throw invalid(toldByParser(error), error)
  }
  demandValues(values, invalid)
  // Maps first: a consumer may have any name, and `__proto__` is that of all objects.
  const bindings = new Map<string, Map<string, string>>()
  for (const binding of values.bind ?? []) {
    const match = /^(?:([^.=\s]+)\.)?([^.=\s]+)=([^=\s]+)$/.exec(binding)
    if (!match) throw invalid(`--bind ${binding} has not the form <need>=<alias> or <plugin>.<need>=<alias>`)
    const [, consumer = '*', need = '', alias = ''] = match
    if (/^[[{]/.test(alias))
      throw invalid(
        `--bind ${binding} takes an alias, and what is written begins like JSON: a failover, or policies, stand in PLUGBOARD_BIND_<PLUGIN>_<NEED> or in the configuration`,
      )
    const needs = bindings.get(consumer) ?? new Map<string, string>()
    bindings.set(consumer, needs.set(need, alias))
  }
  const port = values.port === undefined ? undefined : portOf(values.port)
  if (port === null) throw invalid(`--port ${values.port} is no port: it is a whole number from 0 to 65535`)
  if (values.json && values.say === undefined) throw invalid('--json goes with --say')
  if (values.say !== undefined && values.say.trim() === '') throw invalid('--say needs a text')
  return {
    say: values.say,
    json: values.json ?? false,
    help: values.help ?? false,
    host: values.host,
    port,
    store: values.store,
    config: values.config,
    bindings: Object.fromEntries([...bindings].map(([consumer, needs]) => [consumer, Object.fromEntries(needs)])),
  }
}

/** The number of a port; null if it is none. */
export function portOf(text: string): number | null {
  const port = Number(text)
  return /^\d+$/.test(text) && port <= 65_535 ? port : null
}

/** What the parser of arguments says, without its advice on how to write what is no option. */
export const toldByParser = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.replace(/(\. .*|\.)$/, '') ?? ''

/** Demands that what is written after an option is not empty, as an unset variable of a shell is. */
export function demandValues(values: object, refuse: (message: string) => PlugboardError): void {
  for (const [name, value] of Object.entries(values))
    if ([value].flat().includes('')) throw refuse(`--${name} needs a value`)
}

function parse(given: readonly string[]) {
  return parseArgs({
    args: [...given],
    allowPositionals: false,
    options: {
      say: { type: 'string' },
      json: { type: 'boolean' },
      bind: { type: 'string', multiple: true },
      port: { type: 'string' },
      host: { type: 'string' },
      store: { type: 'string' },
      config: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values
}

const invalid = (message: string, cause?: unknown): PlugboardError =>
  new PlugboardError({ code: 'argument_invalid', message: `${message}. See --help.`, cause })
