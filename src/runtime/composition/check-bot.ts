import type { BotData } from '../../definition/bot-data.ts'
import { checkAlias } from '../../definition/validation/check-names.ts'
import { listed, ProblemList } from '../../definition/validation/problem-list.ts'
import type { Problem } from '../../errors/index.ts'

// Paths of the HTTP server, and the name of the bot's own code.
const reserved = new Set(['bot', 'admin', 'health', 'ready', 'metrics'])

/** What is wrong with the installations of a bot, before anything is resolved. */
export function checkBot(bot: BotData): Problem[] {
  const list = new ProblemList()
  const taken = new Map<string, string>()
  const checkName = (kind: 'integration' | 'plugin', alias: string): void => {
    checkAlias(list, alias, alias)
    if (reserved.has(alias))
      list.add('name_taken', alias, `the alias '${alias}' is reserved.`, 'Give the installation another alias.')
    const other = taken.get(alias)
    if (other !== undefined)
      list.add(
        'alias_taken',
        alias,
        `the alias '${alias}' of ${kind === 'integration' ? 'an' : 'a'} ${kind} is taken by ${other}.`,
        'Give one of them another alias: { alias: … }.',
      )
    taken.set(alias, `${kind === 'integration' ? 'an' : 'a'} ${kind}`)
  }
  for (const { alias, definition, configurationType, disabledChannels } of bot.integrations) {
    checkName('integration', alias)
    if (definition?.kind !== 'integration') {
      list.add(
        'definition_invalid',
        alias,
        'what was passed to addIntegration is no integration.',
        'Pass the default export of its package.',
      )
      continue
    }
    if (configurationType !== undefined && !Object.hasOwn(definition.configurations, configurationType)) {
      list.add(
        'configuration_type_unknown',
        `${alias}.configurationType`,
        `integration '${definition.name}' has no configuration '${configurationType}'.`,
        `It has ${listed(Object.keys(definition.configurations))}.`,
      )
    }
    for (const channel of disabledChannels) {
      if (!Object.hasOwn(definition.channels, channel)) {
        list.add(
          'channel_unknown',
          `${alias}.disabledChannels`,
          `integration '${definition.name}' has no channel '${channel}'.`,
          `It has ${listed(Object.keys(definition.channels))}.`,
        )
      }
    }
  }
  for (const { alias, definition, dependencies } of bot.plugins) {
    checkName('plugin', alias)
    if (definition?.kind !== 'plugin') {
      list.add(
        'definition_invalid',
        alias,
        'what was passed to addPlugin is no plugin.',
        'Pass the default export of its package.',
      )
      continue
    }
    for (const need of Object.keys(dependencies)) {
      if (!Object.hasOwn(definition.needs, need))
        list.add(
          'need_unknown',
          `${alias}.dependencies.${need}`,
          `plugin '${definition.name}' has no need '${need}'.`,
          `It has ${listed(Object.keys(definition.needs))}.`,
        )
    }
  }
  return list.problems
}
