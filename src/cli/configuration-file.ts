import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PlugboardError, z } from 'plugboard'

const names = ['plugboard.config.ts', 'plugboard.config.mjs', 'plugboard.config.js', 'plugboard.config.json']

const schema = z.strictObject({
  /** By the alias of the plugin, `bot` for the bot's own and `*` for all; then by need. */
  bindings: z
    .object({
      /** Whether integrations must have passed the contract suite of what they are bound for. */
      require: z
        .union([z.literal('suite'), z.record(z.string(), z.unknown())], {
          error: "it can be 'suite', so that integrations are bound only for what a report proves",
        })
        .optional(),
    })
    .catchall(z.record(z.string(), z.unknown()))
    .optional(),
  host: z.string().optional(),
  port: z.number().int().min(0).max(65_535).optional(),
  /** The base of the webhook URLs, as platforms reach them. */
  url: z.url().optional(),
  /** The SQLite file in which everything is kept, or `memory`. */
  store: z.string().optional(),
  /** Whether traces are kept in the store, for a week. Default: where there is a prompt. */
  traces: z.boolean().optional(),
  /** Whether `/metrics` asks for no token. Default: false. */
  publicMetrics: z.boolean().optional(),
})

/** What a configuration file can say. */
export type Configuration = z.output<typeof schema>

/**
 * Reads `plugboard.config.{ts,mjs,js,json}` of a folder, or the file that is named. What is not there is looked for where
 * npm was called: it runs the script of a workspace in the workspace's folder. Without a file, nothing is configured.
 * @throws {PlugboardError} with the code `configuration_file_invalid`.
 */
export async function readConfigurationFile(
  folder: string,
  named: string | undefined,
  { INIT_CWD: caller = folder }: Readonly<Record<string, string | undefined>>,
): Promise<Configuration> {
  const paths = [folder, caller].flatMap((place) =>
    (named === undefined ? names : [named]).map((name) => resolve(place, name)),
  )
  const file = paths.find((path) => existsSync(path)) ?? (named === undefined ? undefined : paths.at(-1))
  if (file === undefined) return {}
  let content: unknown
  try {
    content =
      extname(file) === '.json'
        ? JSON.parse(await readFile(file, 'utf8'))
        : ((await import(pathToFileURL(file).href)) as { default?: unknown }).default
  } catch (error) {
    throw new PlugboardError({
      code: 'configuration_file_invalid',
      message: `the configuration file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    })
  }
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const whole = extname(file) === '.json' ? 'the file' : 'the default export'
  const problems = result.error.issues
    .map(({ path, message }) => `${path.map(String).join('.') || whole}: ${message}`)
    .join('; ')
  throw new PlugboardError({
    code: 'configuration_file_invalid',
    message: `the configuration file ${file} is invalid: ${problems}. It takes bindings, host, port, url, store, traces and publicMetrics.`,
  })
}
