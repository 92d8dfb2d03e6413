import { DefinitionError } from '../../errors/index.ts'
import { EnvironmentValue } from '../env.ts'
import type { IntegrationDefinition } from '../integration-definition.ts'
import type { PluginDefinition } from '../plugin-definition.ts'
import { checkBindings } from './check-binding.ts'
import { checkFields, type Fields, fieldsAt, type FieldTable, isRecord } from './check-fields.ts'
import { checkAlias } from './check-names.ts'
import { checkLimitedActions, checkRateLimits } from './check-rate-limits.ts'
import { checkTools } from './check-tools.ts'
import { isDefinition } from './definition-kind.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

const tables = {
  integration: {
    alias: 'text',
    configuration: 'record',
    configurationType: 'text',
    disabledChannels: 'names',
    rateLimits: 'checked',
    enabled: 'flag',
  },
  plugin: { alias: 'text', configuration: 'record', dependencies: 'checked', tools: 'checked' },
} as const satisfies Record<string, FieldTable>

/** What a kind is called after an article. */
const called = { integration: 'an integration', plugin: 'a plugin' } as const

/** Paths of the HTTP server, and the name of the bot's own code. */
const reserved = new Set(['bot', 'admin', 'health', 'ready', 'metrics'])

/** What a bot has installed already. */
interface Installed {
  readonly integrations: readonly { readonly alias: string }[]
  readonly plugins: readonly { readonly alias: string }[]
}

/** Checks what a bot installs, by what is known of it before the bot is composed. */
export function checkInstallation(
  bot: Installed & { readonly name: string },
  kind: 'integration' | 'plugin',
  given: unknown,
  options: unknown,
): void {
  const list = new ProblemList()
  const method = kind === 'integration' ? 'addIntegration' : 'addPlugin'
  const place = `${method}.options`
  const fields = fieldsAt(list, place, options, '{ configuration: { … } }') ?? {}
  if (isDefinition(given, kind)) {
    checkInstalledAlias(list, method, bot, kind, fields.alias ?? (given as { name: string }).name, fields)
    if (kind === 'integration') checkParts(list, place, given as IntegrationDefinition, fields)
    else {
      checkNeeds(list, place, given as PluginDefinition, fields)
      checkTools(list, `${place}.tools`, given as PluginDefinition, fields.tools)
    }
  } else
    list.add(
      'definition_invalid',
      method,
      `expected ${called[kind]}, given ${shown(given)}.`,
      'Pass the default export of its package. If it is imported, look whether the two modules import each other.',
    )
  checkFields(list, place, fields, tables[kind])
  if (fields.configuration instanceof EnvironmentValue)
    list.add(
      'definition_invalid',
      `${place}.configuration`,
      'one environment variable cannot hold a whole configuration.',
      "Give each of its values one: { apiKey: env('API_KEY') }.",
    )
  if (kind === 'plugin') checkBindings(list, `${place}.dependencies`, fields.dependencies)
  if (list.problems.length > 0) throw new DefinitionError(`bot '${bot.name}'`, list.problems, { bot: bot.name })
}

/** Checks the alias that an installation is given, or has by its name. */
function checkInstalledAlias(
  list: ProblemList,
  method: string,
  bot: Installed,
  kind: 'integration' | 'plugin',
  alias: unknown,
  fields: Fields,
): void {
  if (typeof alias !== 'string') return
  const path = fields.alias === undefined ? method : `${method}.options.alias`
  // A name may have the scope of who publishes it; as an alias it is part of addresses and variables.
  checkAlias(list, path, alias)
  const remedy = "Give the installation an alias of its own: { alias: '…' }."
  if (reserved.has(alias)) list.add('name_taken', path, `the alias '${alias}' is reserved.`, remedy)
  const has = (installed: readonly { readonly alias: string }[]) => installed.some((other) => other.alias === alias)
  const other = has(bot.integrations) ? 'integration' : has(bot.plugins) ? 'plugin' : undefined
  if (other)
    list.add('alias_taken', path, `the alias '${alias}' of ${called[kind]} is taken by ${called[other]}.`, remedy)
}

/** Checks that an integration has the configuration and the channels that an installation names. */
function checkParts(
  list: ProblemList,
  place: string,
  { name, configurations, channels, actions }: IntegrationDefinition,
  { configurationType, disabledChannels, rateLimits }: Fields,
): void {
  if (
    typeof configurationType === 'string' &&
    configurationType !== 'default' &&
    !Object.hasOwn(configurations, configurationType)
  )
    list.add(
      'configuration_type_unknown',
      `${place}.configurationType`,
      `integration '${name}' has no configuration '${configurationType}'.`,
      `It has ${listed(Object.keys(configurations))}.`,
    )
  checkRateLimits(list, `${place}.rateLimits`, rateLimits)
  checkLimitedActions(list, `${place}.rateLimits`, rateLimits, Object.keys(actions))
  for (const channel of Array.isArray(disabledChannels) ? disabledChannels : []) {
    if (typeof channel === 'string' && !Object.hasOwn(channels, channel))
      list.add(
        'channel_unknown',
        `${place}.disabledChannels`,
        `integration '${name}' has no channel '${channel}'.`,
        `It has ${listed(Object.keys(channels))}.`,
      )
  }
}

/** Checks that a plugin has the needs that are bound. */
function checkNeeds(
  list: ProblemList,
  place: string,
  { name, needs }: PluginDefinition,
  { dependencies }: Fields,
): void {
  for (const [need, to] of Object.entries(isRecord(dependencies) ? dependencies : {})) {
    if (to !== undefined && !Object.hasOwn(needs, need))
      list.add(
        'need_unknown',
        `${place}.dependencies.${need}`,
        `plugin '${name}' has no need '${need}'.`,
        `It has ${listed(Object.keys(needs))}.`,
      )
  }
}
