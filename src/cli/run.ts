import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { type BotDefinition, type Carrier, PlugboardError } from 'plugboard'
import { type RunningBot, serve, type Server, startBot, type StartOptions } from 'plugboard/runtime'
import { portOf, readArguments, usage } from './arguments.ts'
import { readConfigurationFile } from './configuration-file.ts'
import { type Conversation, converse } from './converse.ts'
import { migrateCommand } from './migrate-command.ts'
import { moveCommand } from './move-command.ts'
import { openStore } from './open-store.ts'
import { PlainLog } from './plain-log.ts'
import { Printer } from './printer.ts'
import { secretCommand } from './secret-command.ts'
import { chosenStore, storeFor } from './store-for.ts'
import { createTerminal, type TerminalListener, terminalAlias } from './terminal.ts'

/** How `run` is called. */
export interface RunOptions<TBot = RunningBot> {
  /** Default: the arguments of the process. */
  arguments?: readonly string[]
  /** The folder whose configuration file is read, if it has one. Default: the current one. */
  folder?: string
  /** Default: the environment of the process. */
  environment?: Readonly<Record<string, string | undefined>>
  /** Is given the bot once it works, and waited for before anybody can write to it in the terminal. */
  started?(running: TBot): void | Promise<void>
}
/** Any bot, its definition or its implementation. */
type AnyBot<TIntegrations = unknown, TPlugins = unknown> = Carrier<{
  integrations: TIntegrations
  plugins: TPlugins
  own: unknown
}>

const defaultPort = 3000

/**
 * Runs a bot from the command line: serves its HTTP endpoints and gives a prompt in a terminal, or answers one message
 * (`--say`). Prints what is wrong and sets the exit code of the process; it does not throw. A bot that may fail while it is
 * made, because of what the environment says, is given as a function that makes it: its failure is printed like any other.
 */
export async function run<TIntegrations, TPlugins>(
  bot:
    | AnyBot<TIntegrations, TPlugins>
    | (() => AnyBot<TIntegrations, TPlugins> | Promise<AnyBot<TIntegrations, TPlugins>>),
  options: RunOptions<RunningBot<TIntegrations, TPlugins>> = {},
): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners('error').includes(onBrokenPipe)) stream.on('error', onBrokenPipe)
  try {
    process.exitCode = await main(typeof bot === 'function' ? await bot() : bot, options)
  } catch (error) {
    const code = PlugboardError.isInstance(error) ? error.code : 'internal'
    process.stderr.write(`error [${code}] ${error instanceof Error ? error.message : String(error)}\n`)
    if (code === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
    process.exitCode = code === 'argument_invalid' ? 2 : 1
  }
}

/** Whoever read what is printed has gone, as `head` does: a bot works on without them. */
function onBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

async function main(bot: AnyBot, options: RunOptions): Promise<number> {
  const { arguments: words = process.argv.slice(2), folder = process.cwd(), environment = process.env } = options
  const given = bot as { readonly definition: BotDefinition } | BotDefinition
  const definition = 'definition' in given ? given.definition : given
  const command = { words: words.slice(1), definition, folder, environment }
  if (words[0] === 'secret') return secretCommand(command)
  if (words[0] === 'migrate') return migrateCommand(command)
  if (words[0] === 'move') return moveCommand(command)
  const said = readArguments(words)
  if (said.help) {
    process.stdout.write(usage)
    return 0
  }
  const file = await readConfigurationFile(folder, said.config, environment)
  const listeners = new Set<TerminalListener>()
  if (!definition.integrations.some(({ alias }) => alias === terminalAlias)) {
    definition.addIntegration(createTerminal((saying) => listeners.forEach((listener) => listener(saying))))
  }
  const chosen = { said: said.store, environment, file: file.store }
  // One answer is given beside a bot that may be running on the store.
  const where = said.say === undefined ? storeFor(definition.name, chosen) : (chosenStore(chosen) ?? 'memory')
  await using store = await openStore(where, folder)
  const start = async (url: string | undefined, more: StartOptions = {}): Promise<RunningBot> => {
    const running = await startBot(bot as BotDefinition, {
      environment,
      ...(file.bindings && { bindings: file.bindings }),
      overrides: said.bindings,
      ...store.ports,
      ...(url !== undefined && { url }),
      ...more,
    })
    try {
      await options.started?.(running)
      return running
    } catch (error) {
      await running.stop()
      throw error
    }
  }
  if (said.say !== undefined) {
    // Whoever waits for the one answer does not want to wait for half a minute.
    // A platform whose webhook is another process must not be told that it is this one.
    const log = new PlainLog((text) => void process.stderr.write(text))
    const how = { retries: { attempts: 3, delay: 250 }, platforms: false, log: log.sink }
    await using running = await start(file.url, how).catch((error: unknown) => {
      throw where === 'memory' ? withoutStore(error) : error
    })
    return await answerOnce(await converse(running, listeners), said.say, said.json, log)
  }
  return await serveUntilStopped(start, listeners, {
    host: said.host ?? file.host,
    port: said.port ?? portFrom(environment) ?? file.port,
    url: file.url,
    adminToken: environment['PLUGBOARD_ADMIN_TOKEN'],
    publicMetrics: file.publicMetrics,
    traces: file.traces ?? process.stdin.isTTY,
  })
}

/** What keeps a bot from starting; of a secret that is missing, that it may be kept where one answer is not looked for. */
function withoutStore(error: unknown): unknown {
  if (!PlugboardError.isInstance(error) || !error.message.includes('[secret_missing]')) return error
  const { code, message } = error
  return new PlugboardError({
    code,
    message: `${message}\nWhat \`secret set\` keeps is not there: --say has its store in memory, unless --store or PLUGBOARD_STORE names one.`,
    cause: error,
  })
}

async function answerOnce(conversation: Conversation, text: string, json: boolean, log: PlainLog): Promise<number> {
  const printer = new Printer((piece) => void process.stdout.write(piece))
  const { replies, calls, failures } = await conversation.say(
    text,
    json ? undefined : (saying) => printer.print(saying),
  )
  printer.endLine()
  if (json) {
    const answered = calls.findLast(({ error, usage: used }) => error === undefined && used !== undefined)
    const costs = calls.flatMap(({ cost }) => cost ?? [])
    const report = {
      reply: replies.join('\n'),
      provider: answered?.integration ?? null,
      usage: answered?.usage ?? null,
      cost: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
      calls,
      failures,
    }
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  }
  for (const failure of failures) log.failure(failure)
  if (replies.length === 0 && failures.length === 0) process.stderr.write('The bot gave no reply.\n')
  return failures.length > 0 || replies.length === 0 ? 1 : 0
}

interface Place {
  readonly host: string | undefined
  readonly port: number | undefined
  readonly url: string | undefined
  readonly adminToken: string | undefined
  readonly publicMetrics: boolean | undefined
  readonly traces: boolean | undefined
}

async function serveUntilStopped(
  start: (url: string, more: StartOptions) => Promise<RunningBot>,
  listeners: Set<TerminalListener>,
  { host, port, url, adminToken, publicMetrics = false, traces = false }: Place,
): Promise<number> {
  let running: RunningBot | undefined
  const server: Server = await serve(() => running, {
    ...(host !== undefined && { host }),
    port: port ?? defaultPort,
    orAnyPort: port === undefined,
    adminToken,
    publicMetrics,
  })
  try {
    running = await start(url ?? server.url, {
      traces,
      beforeRegistering: (bot) => {
        running = bot
      },
    })
    for (const { alias, registration } of running.installations) {
      if (registration?.status !== 'failed') continue
      const { failure, retryAt } = registration
      process.stderr.write(
        `error [${failure?.code}] ${alias} could not be registered: ${failure?.message}. Next try: ${retryAt}, or at once by POST /admin/installations/${alias}/register\n`,
      )
    }
    for (const { alias, authorization } of running.installations)
      if (authorization?.status === 'needed') await askForAccess(running, alias, authorization.reason)
    for (const { alias, page } of running.pages)
      process.stdout.write(`${alias}: ${new URL(page, `${server.url}/`).href}\n`)
    if (running.pages.length === 0) process.stdout.write(`Listening on ${server.url}\n`)
    const stopped = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
    if (process.stdin.isTTY) await prompt(await converse(running, listeners), stopped)
    else await once(stopped.signal, 'abort')
  } finally {
    await server.close()
    await running?.stop()
  }
  return 0
}

/** Prints how somebody gives an installation access. A link is for who sits there: it does not go where output is kept. */
async function askForAccess(running: RunningBot, alias: string, reason: string | undefined): Promise<void> {
  if (!process.stdout.isTTY) {
    process.stderr.write(
      `error [authorization_needed] ${alias}: ${reason}. POST /admin/installations/${alias}/authorize gives a link.\n`,
    )
    return
  }
  try {
    const { url } = await running.authorize(alias)
    process.stdout.write(`${alias} has no access to its platform: ${reason}. Give it, within an hour: ${url}\n`)
  } catch (error) {
    if (!PlugboardError.isInstance(error)) throw error
    process.stderr.write(`error [${error.code}] ${alias}: ${error.message}\n`)
  }
}

async function prompt(conversation: Conversation, stopped: AbortController): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  terminal.on('SIGINT', () => stopped.abort())
  terminal.on('close', () => stopped.abort())
  process.stdout.write('Type a message; Ctrl+C ends.\n')
  while (!stopped.signal.aborted) {
    const text = await terminal.question('> ', { signal: stopped.signal }).catch(() => '')
    if (text.trim() === '') continue
    const printer = new Printer((piece) => void process.stdout.write(piece))
    const { failures } = await conversation.say(text, (saying) => printer.print(saying))
    printer.endLine()
    for (const { code, message } of failures) process.stdout.write(`error [${code}] ${message}\n`)
  }
  terminal.close()
}

function portFrom({ PORT }: Readonly<Record<string, string | undefined>>): number | undefined {
  const port = PORT === undefined || PORT === '' ? undefined : portOf(PORT)
  if (port === null)
    throw new PlugboardError({
      code: 'argument_invalid',
      message: 'the environment variable PORT is no port: it is a whole number from 0 to 65535',
    })
  return port
}
