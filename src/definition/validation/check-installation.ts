import { DefinitionError } from '../../errors/index.ts'
import { EnvironmentValue } from '../env.ts'
import { checkBindings } from './check-binding.ts'
import { checkFields, fieldsAt, type FieldTable } from './check-fields.ts'
import { isDefinition } from './definition-kind.ts'
import { ProblemList, shown } from './problem-list.ts'

const tables = {
  integration: {
    alias: 'text',
    configuration: 'record',
    configurationType: 'text',
    disabledChannels: 'names',
    enabled: 'flag',
  },
  plugin: { alias: 'text', configuration: 'record', dependencies: 'checked' },
} as const satisfies Record<string, FieldTable>

/** Checks the form of what a bot installs: whether it fits the rest is known only when the bot is composed. */
export function checkInstallation(
  bot: { readonly name: string },
  kind: 'integration' | 'plugin',
  given: unknown,
  options: unknown,
): void {
  const list = new ProblemList()
  const method = kind === 'integration' ? 'addIntegration' : 'addPlugin'
  if (!isDefinition(given, kind))
    list.add(
      'definition_invalid',
      method,
      `expected ${kind === 'integration' ? 'an integration' : 'a plugin'}, given ${shown(given)}.`,
      'Pass the default export of its package. If it is imported, look whether the two modules import each other.',
    )
  const fields = fieldsAt(list, `${method}.options`, options, '{ configuration: { … } }') ?? {}
  checkFields(list, `${method}.options`, fields, tables[kind])
  if (fields.configuration instanceof EnvironmentValue)
    list.add(
      'definition_invalid',
      `${method}.options.configuration`,
      'one environment variable cannot hold a whole configuration.',
      "Give each of its values one: { apiKey: env('API_KEY') }.",
    )
  if (kind === 'plugin') checkBindings(list, `${method}.options.dependencies`, fields.dependencies)
  if (list.problems.length > 0) throw new DefinitionError(`bot '${bot.name}'`, list.problems, { bot: bot.name })
}
