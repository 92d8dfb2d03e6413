import { describe, expect, test } from 'vitest'
import { BotDefinition, IntegrationDefinition, InterfaceDefinition, PluginDefinition, z } from 'plugboard'
import type { BotData } from '../../definition/bot-data.ts'
import { checkBot } from './check-bot.ts'

const schema = z.object({})
const acme = new IntegrationDefinition({
  name: 'acme',
  configurations: { oauth: { schema }, token: { schema } },
  channels: { direct: { messages: { text: { schema } } } },
})
const helper = new PluginDefinition({ name: 'helper', interfaces: { base: new InterfaceDefinition({ name: 'base' }) } })

/** What is wrong with a bot of these installations, of which the compiler is told nothing. */
const problemsOf = (
  ...installations: readonly (readonly [method: 'addIntegration' | 'addPlugin', options?: object])[]
) => {
  const bot = new BotDefinition()
  for (const [method, options] of installations) {
    if (method === 'addPlugin') bot.addPlugin(helper as never, options as never)
    else bot.addIntegration(acme as never, options as never)
  }
  return checkBot(bot as BotData).map(({ code, path, message, remedy }) => `${code} ${path}: ${message} ${remedy}`)
}
const remedy = 'Give one of them another alias: { alias: … }.'

describe('two installations of one alias', () => {
  test('are refused, whether the alias is given or the name', () => {
    const expected = [`alias_taken acme: the alias 'acme' of an integration is taken by an integration. ${remedy}`]
    expect(problemsOf(['addIntegration'], ['addIntegration'])).toEqual(expected)
    expect(problemsOf(['addIntegration'], ['addIntegration', { alias: 'acme' }])).toEqual(expected)
    expect(problemsOf(['addIntegration'], ['addIntegration', { alias: 'other' }])).toEqual([])
  })

  test('are refused among plugins, and between a plugin and an integration', () => {
    expect(problemsOf(['addPlugin'], ['addPlugin'])).toEqual([
      `alias_taken helper: the alias 'helper' of a plugin is taken by a plugin. ${remedy}`,
    ])
    expect(problemsOf(['addIntegration', { alias: 'one' }], ['addPlugin', { alias: 'one' }])).toEqual([
      `alias_taken one: the alias 'one' of a plugin is taken by an integration. ${remedy}`,
    ])
  })

  test('are each told, where there are three', () => {
    expect(problemsOf(['addPlugin'], ['addPlugin'], ['addPlugin'])).toHaveLength(2)
  })
})

test.each(['mainChannel', 'main-channel', 'a1'])('%s is an alias', (alias) => {
  expect(problemsOf(['addIntegration', { alias }])).toEqual([])
})

test.each(['Main', 'main channel', 'main_channel', '', '1a', 'a/b'])('"%s" is no alias', (alias) => {
  expect(problemsOf(['addIntegration', { alias }])).toEqual([
    `name_invalid ${alias}: '${alias}' is no alias in camelCase or kebab-case. Write it like 'mainChannel'.`,
  ])
})

test.each(['constructor', 'then'])(
  'the alias "%s" is reserved, since every object has it or may be asked for it',
  (alias) => {
    expect(problemsOf(['addPlugin', { alias }])).toEqual([
      `name_invalid ${alias}: the alias '${alias}' is reserved. Write it like 'mainChannel'.`,
    ])
  },
)

test('an installation has a configuration, channels and needs that its definition has', () => {
  expect(
    problemsOf(
      ['addIntegration', { configurationType: 'oath', disabledChannels: ['direct', 'toString'] }],
      ['addPlugin', { dependencies: { base: 'acme', bass: 'acme' } }],
    ),
  ).toEqual([
    "configuration_type_unknown acme.configurationType: integration 'acme' has no configuration 'oath'. It has 'oauth', 'token'.",
    "channel_unknown acme.disabledChannels: integration 'acme' has no channel 'toString'. It has 'direct'.",
    "need_unknown helper.dependencies.bass: plugin 'helper' has no need 'bass'. It has 'base'.",
  ])
  expect(problemsOf(['addIntegration', { configurationType: 'default', disabledChannels: ['direct'] }])).toEqual([])
})
