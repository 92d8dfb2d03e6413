import { describe, expect, test } from 'vitest'
import { BotDefinition, IntegrationDefinition, InterfaceDefinition, PluginDefinition, z } from 'plugboard'
import { errorOf, loosely } from '../problems-of.fixture.ts'

const schema = z.object({})
const acme = new IntegrationDefinition({
  name: 'acme',
  configurations: { oauth: { schema }, token: { schema } },
  channels: { direct: { messages: { text: { schema } } } },
})
const helper = new PluginDefinition({ name: 'helper', interfaces: { base: new InterfaceDefinition({ name: 'base' }) } })

type Installed = readonly [method: 'addIntegration' | 'addPlugin', options?: object]

/** Installs in a bot, of which the compiler is told nothing. */
function install(...installed: readonly Installed[]): BotDefinition {
  const bot: BotDefinition = new BotDefinition({ name: 'desk' })
  for (const [method, options] of installed) {
    if (method === 'addPlugin') bot.addPlugin(loosely(helper), loosely(options))
    else bot.addIntegration(loosely(acme), loosely(options))
  }
  return bot
}
/** What is wrong with the last of these. */
const problemsOf = (...installed: readonly Installed[]): string[] => {
  install(...installed.slice(0, -1))
  return errorOf(() => install(...installed)).problems.map(
    ({ code, path, message, remedy }) => `${code} ${path}: ${message} ${remedy}`,
  )
}
const remedy = "Give the installation an alias of its own: { alias: '…' }."

describe('two installations of one alias', () => {
  test('are refused, whether the alias is given or the name', () => {
    const told = `the alias 'acme' of an integration is taken by an integration. ${remedy}`
    expect(problemsOf(['addIntegration'], ['addIntegration'])).toEqual([`alias_taken addIntegration: ${told}`])
    expect(problemsOf(['addIntegration'], ['addIntegration', { alias: 'acme' }])).toEqual([
      `alias_taken addIntegration.options.alias: ${told}`,
    ])
    expect(install(['addIntegration'], ['addIntegration', { alias: 'other' }]).integrations).toHaveLength(2)
  })

  test('are refused among plugins, and between a plugin and an integration', () => {
    expect(problemsOf(['addPlugin'], ['addPlugin'])).toEqual([
      `alias_taken addPlugin: the alias 'helper' of a plugin is taken by a plugin. ${remedy}`,
    ])
    expect(problemsOf(['addIntegration', { alias: 'one' }], ['addPlugin', { alias: 'one' }])).toEqual([
      `alias_taken addPlugin.options.alias: the alias 'one' of a plugin is taken by an integration. ${remedy}`,
    ])
  })

  test('leave the bot as it was, and the definition open to be extended', () => {
    const bot = install(['addIntegration'])
    const late = new IntegrationDefinition({ name: 'acme' })
    expect(errorOf(() => bot.addIntegration(loosely(late))).where).toEqual({ bot: 'desk' })
    expect(bot.integrations.map(({ definition }) => definition)).toEqual([acme])
    expect(() => late.extend(new InterfaceDefinition({ name: 'plain' }))).not.toThrow()
  })
})

test.each(['mainChannel', 'main-channel', 'a1'])('%s is an alias', (alias) => {
  expect(install(['addIntegration', { alias }]).integrations).toMatchObject([{ alias }])
})

test.each(['Main', 'main channel', 'main_channel', '', '1a', 'a/b'])('"%s" is no alias', (alias) => {
  expect(problemsOf(['addIntegration', { alias }])).toEqual([
    `name_invalid addIntegration.options.alias: '${alias}' is no alias in camelCase or kebab-case. Write it like 'mainChannel'.`,
  ])
})

test.each(['constructor', 'then'])(
  'the alias "%s" is reserved, since every object has it or may be asked for it',
  (alias) => {
    expect(problemsOf(['addPlugin', { alias }])).toEqual([
      `name_invalid addPlugin.options.alias: the alias '${alias}' is reserved. Write it like 'mainChannel'.`,
    ])
  },
)

test.each(['bot', 'admin', 'health', 'ready', 'metrics'])(
  'the alias "%s" is reserved, since the server has a path of that name, or the bot itself is called so',
  (alias) => {
    expect(problemsOf(['addIntegration', { alias }])).toEqual([
      `name_taken addIntegration.options.alias: the alias '${alias}' is reserved. ${remedy}`,
    ])
  },
)

test('an installation has a configuration, channels and needs that its definition has', () => {
  expect(
    problemsOf(['addIntegration', { configurationType: 'oath', disabledChannels: ['direct', 'toString'] }]),
  ).toEqual([
    "configuration_type_unknown addIntegration.options.configurationType: integration 'acme' has no configuration 'oath'. It has 'oauth', 'token'.",
    "channel_unknown addIntegration.options.disabledChannels: integration 'acme' has no channel 'toString'. It has 'direct'.",
  ])
  expect(problemsOf(['addPlugin', { dependencies: { base: 'acme', bass: 'acme' } }])).toEqual([
    "need_unknown addPlugin.options.dependencies.bass: plugin 'helper' has no need 'bass'. It has 'base'.",
  ])
  const options = { configurationType: 'default', disabledChannels: ['direct'] }
  expect(install(['addIntegration', options]).integrations).toHaveLength(1)
})
