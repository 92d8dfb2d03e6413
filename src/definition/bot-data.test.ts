import { describe, expect, test } from 'vitest'
import {
  bind,
  BotDefinition,
  env,
  failover,
  IntegrationDefinition,
  InterfaceDefinition,
  PluginDefinition,
  retry,
  z,
} from 'plugboard'
import { errorOf, loosely, reportOf } from './problems-of.fixture.ts'

const llm = new InterfaceDefinition({
  name: 'llm',
  version: '1.0.0',
  entities: { model: { schema: z.object({ id: z.string() }) } },
})

test.each([
  [null, 'null'],
  [5, '5'],
  [['openai', 'anthropic'], '["openai","anthropic"]'],
  [{}, '{}'],
  [{ integrationAlias: 'openai' }, '{"integrationAlias":"openai"}'],
  ['', "''"],
])('%j is no binding that a bot could have for its default', (binding, shown) => {
  expect(errorOf(() => new BotDefinition({ defaults: { llm: loosely(binding) } })).problems).toEqual([
    {
      code: 'definition_invalid',
      path: 'defaults.llm',
      message: `expected a binding, given ${shown}.`,
      remedy: "Write an alias, such as 'openai', or what bind() or failover() gives.",
    },
  ])
})

test.each([
  'openai',
  { integrationAlias: 'openai', integrationInterfaceAlias: 'large' },
  failover('openai', 'anthropic'),
])('%j is a binding, which is kept in its full form', (binding) => {
  const { defaults } = new BotDefinition({ defaults: { llm: binding } })
  const to = typeof binding === 'object' && 'to' in binding ? binding.to : [binding]
  expect(defaults).toEqual({ llm: { to, policies: [] } })
})

describe('what a bot installs', () => {
  const acme = new IntegrationDefinition({
    name: 'acme',
    channels: { direct: { messages: { text: { schema: z.object({}) } } } },
  }).implementedBy(async () => ({ default: undefined as never }))
  const helper = new PluginDefinition({ name: 'helper', interfaces: { llm, tts: llm } }).implementedBy(async () => ({
    default: undefined as never,
  }))

  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [{}, '{}'],
    [{ kind: 'integration', name: 'acme' }, '{"kind":"integration","name":"acme"}'],
    [helper, "plugin 'helper'"],
    [llm, "interface 'llm'"],
  ])('is no integration where it is %o', (given, shown) => {
    const bot = new BotDefinition()
    expect(errorOf(() => bot.addIntegration(loosely(given))).problems).toEqual([
      {
        code: 'definition_invalid',
        path: 'addIntegration',
        message: `expected an integration, given ${shown}.`,
        remedy:
          'Pass the default export of its package. If it is imported, look whether the two modules import each other.',
      },
    ])
    expect(bot.integrations).toEqual([])
  })

  test.each([
    [undefined, 'nothing'],
    ['helper', "'helper'"],
    [acme, "integration 'acme'"],
    [llm, "interface 'llm'"],
  ])('is no plugin where it is %o', (given, shown) => {
    const bot = new BotDefinition()
    expect(reportOf(() => bot.addPlugin(loosely(given)))).toEqual([
      `definition_invalid addPlugin: expected a plugin, given ${shown}.`,
    ])
    expect(bot.plugins).toEqual([])
  })

  test('has options of the right form', () => {
    const bot = new BotDefinition({ name: 'desk' })
    const options = { alias: 5, configuration: [], enabled: 'no', disabledChannels: 'direct', channels: {} }
    const error = errorOf(() => bot.addIntegration(acme, loosely(options)))
    expect(error.where).toEqual({ bot: 'desk' })
    expect(error.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'addIntegration.options.alias: expected text, given 5.',
      'addIntegration.options.configuration: expected an object, given [].',
      "addIntegration.options.enabled: expected true or false, given 'no'.",
      "addIntegration.options.disabledChannels: expected a list of names, given 'direct'.",
      "addIntegration.options.channels: there is no 'channels' here.",
    ])
    expect(reportOf(() => bot.addPlugin(helper, loosely({ dependencies: { llm: {}, tts: { to: [] } } })))).toEqual([
      'definition_invalid addPlugin.options.dependencies.llm: expected a binding, given {}.',
      'binding_policy_invalid addPlugin.options.dependencies.tts.to: expected a list of aliases, given [].',
      'binding_policy_invalid addPlugin.options.dependencies.tts.policies: expected a list of policies, given nothing.',
    ])
    expect(reportOf(() => bot.addIntegration(acme, loosely({ configuration: env('ALL') })))).toEqual([
      'definition_invalid addIntegration.options.configuration: one environment variable cannot hold a whole configuration.',
    ])
    expect([...bot.integrations, ...bot.plugins]).toEqual([])
  })

  test('is kept as it was written, with what was left out', () => {
    const key = env('KEY')
    const bot: BotDefinition = new BotDefinition()
    bot.addIntegration(loosely(acme))
    bot.addIntegration(
      loosely(acme),
      loosely({
        alias: 'second',
        configuration: { key },
        configurationType: 'default',
        disabledChannels: ['direct'],
        rateLimits: {},
        enabled: false,
      }),
    )
    expect(bot.integrations).toEqual([
      {
        alias: 'acme',
        definition: acme,
        configuration: {},
        configurationType: undefined,
        disabledChannels: [],
        rateLimits: {},
        enabled: true,
      },
      {
        alias: 'second',
        definition: acme,
        configuration: { key },
        configurationType: undefined,
        disabledChannels: ['direct'],
        rateLimits: {},
        enabled: false,
      },
    ])
    bot.addPlugin(loosely(helper), loosely({ alias: 'mine', dependencies: { llm: bind('acme', retry()) } }))
    expect(bot.plugins).toEqual([
      {
        alias: 'mine',
        definition: helper,
        configuration: {},
        dependencies: { llm: { to: ['acme'], policies: [retry()] } },
        tools: [],
      },
    ])
    expect(() => Object.assign(bot.integrations[0]!, { alias: 'other' })).toThrow(TypeError)
  })

  test('a dependency that is undefined is one that was not given', () => {
    const bot = new BotDefinition().addPlugin(helper, loosely({ dependencies: { llm: undefined } }))
    expect(bot.plugins[0]?.dependencies).toEqual({})
  })
})
