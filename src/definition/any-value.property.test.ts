import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bind,
  BotDefinition,
  BotImplementation,
  env,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  messages,
  need,
  PlugboardError,
  PluginDefinition,
  PluginImplementation,
  retry,
  timeout,
  z,
} from 'plugboard'
import { withAnyValue } from './any-value.fixture.ts'
import { loosely } from './problems-of.fixture.ts'

/** Another seed finds other values: FAST_CHECK_SEED=$RANDOM FAST_CHECK_RUNS=5000 npx vitest run any-value */
const settings = {
  seed: Number(process.env['FAST_CHECK_SEED'] ?? 1),
  numRuns: Number(process.env['FAST_CHECK_RUNS'] ?? 300),
}

const inherited = () => [Object.prototype, Array.prototype, Function.prototype].map((one) => Reflect.ownKeys(one))

/**
 * How often a call is refused, when any value stands in a place or two of what it is given. Fails where it is refused by
 * another error than Plugboard's, or as it is, or where an object becomes another one.
 */
function refusals(tree: unknown, call: (given: unknown) => unknown): 'none' | 'some' | 'all' {
  const before = inherited()
  let refused = 0
  call(tree)
  fc.assert(
    fc.property(withAnyValue(tree), (given) => {
      try {
        call(given)
      } catch (error) {
        if (!PlugboardError.isInstance(error)) throw error
        expect(error.code).toMatch(/_invalid$/)
        refused++
      }
    }),
    settings,
  )
  expect(inherited()).toEqual(before)
  return refused === 0 ? 'none' : refused < settings.numRuns ? 'some' : 'all'
}

/** The arguments of a call: a list in which one may be any value, or any value in the place of all, which is then the first. */
const argumentsOf = (given: unknown): never[] => (Array.isArray(given) ? given : [given]) as never[]

const schema = z.object({ id: z.string(), size: z.number().optional() })
const input = { schema, title: 'Title', description: 'Description' }
const build = { schema: ({ item }: Record<string, z.ZodType>) => z.object({ item: item! }), title: 'Title' }
const head = { name: 'acme', version: '1.0.0', title: 'Acme', description: 'Sells all.' }
const metadata = { title: 'Ask', billable: true, cacheable: false, idempotent: true, attributes: { a: 'b' } }
const tags = { tags: { login: { title: 'Login', identity: true } } }
const secrets = { API_KEY: { description: 'The key.', optional: true } }

const interfaceProps = {
  ...head,
  entities: { item: input, extra: { schema: z.object({}), optional: true } },
  actions: {
    list: { ...metadata, input: build, output: build },
    watch: {
      input: build,
      output: build,
      stream: build,
      capability: 'stream',
      fieldCapabilities: { item: 'stream' },
      downgrade: { to: 'list', items: () => [] },
      cost: () => 1,
    },
  },
  events: { listed: build },
  channels: { board: { title: 'Board', messages: { note: build } } },
  capabilities: { stream: 'Bit by bit.' },
}
const integrationProps = {
  ...head,
  icon: 'icon.svg',
  readme: 'README.md',
  attributes: { category: 'chat' },
  secrets,
  user: tags,
  configuration: { ...input, capabilities: ['stream'] },
  configurations: { oauth: input },
  entities: { thing: { schema } },
  actions: { ask: { ...metadata, input, output: input, stream: input } },
  events: { asked: input },
  channels: {
    direct: { title: 'Direct', messages: { text: messages.defaults.text }, message: tags, conversation: tags },
  },
  states: { cursor: { type: 'integration', schema } },
  identifier: { extractScript: 'to_string!(.id)', fallbackHandlerScript: '' },
  __advanced: { esbuild: { minify: true } },
}
const mapping = {
  capabilities: ['stream'],
  actions: { list: { ...metadata, name: 'listThings', assume: false }, watch: { name: 'watchThings' } },
  events: { listed: { name: 'thingListed', title: 'Listed' } },
  channels: { board: { name: 'blackboard', title: 'Blackboard', message: tags, conversation: tags } },
}
const consumerProps = {
  ...head,
  configuration: input,
  actions: { ask: { ...metadata, input, output: { schema: () => schema } } },
  events: { asked: input },
  states: { last: { type: 'user', schema, expiry: 1000 } },
  recurringEvents: { daily: { type: 'asked', payload: { id: 'a' }, schedule: { cron: '0 9 * * *' } } },
  tables: { rows: { schema: z.object({ size: z.number() }) } },
  workflows: { order: { title: 'Order', input, output: input, tags: tags.tags } },
  user: tags,
  conversation: tags,
  message: tags,
  secrets,
}

const board = () => new InterfaceDefinition(loosely(interfaceProps)) as InterfaceDefinition
const base = board()
const integration = () => new IntegrationDefinition(loosely(integrationProps)) as IntegrationDefinition
const needing = { ...consumerProps, interfaces: { base, shared: need(base) } }

const mapped = ({ entities }: Own) => ({ entities: { item: entities.thing }, capabilities: ['stream'] })
type Own = { entities: { thing: object } }

describe('any value in any place', () => {
  test('of an interface, which an integration then implements', () => {
    expect(
      refusals(interfaceProps, (props) => {
        const definition = new InterfaceDefinition(loosely(props)) as InterfaceDefinition
        integration().extend(definition, loosely(mapped))
      }),
    ).toBe('some')
  })

  test('of an integration, which is then extended and implemented', () => {
    expect(
      refusals({ ...integrationProps, configuration: { schema } }, (props) => {
        const definition = new IntegrationDefinition(loosely(props)) as IntegrationDefinition
        definition.extend(base, loosely(mapped))
        const handlers = Object.entries(definition.channels).map(([name, channel]) => [
          name,
          { messages: Object.fromEntries(Object.keys(channel.messages).map((type) => [type, () => undefined])) },
        ])
        const actions = Object.keys(definition.actions).map((name) => [name, () => undefined])
        return new IntegrationImplementation(
          definition,
          loosely({ actions: Object.fromEntries(actions), channels: Object.fromEntries(handlers) }),
        )
      }),
    ).toBe('some')
  })

  test('of what the function that maps gives, and what is refused changes nothing', () => {
    const facts = (definition: IntegrationDefinition | InterfaceDefinition) => ({ ...definition })
    expect(
      refusals(mapping, (given) => {
        const map = ({ entities }: Own) =>
          typeof given === 'object' && given !== null && !Array.isArray(given)
            ? { entities: { item: entities.thing }, ...given }
            : given
        const definition = integration()
        const before = facts(definition)
        try {
          definition.extend(base, loosely(map))
        } catch (error) {
          expect(facts(definition)).toEqual(before)
          throw error
        }
      }),
    ).toBe('some')
  })

  test('of what an interface says of one that it builds on', () => {
    const child = () => new InterfaceDefinition(loosely({ name: 'child', entities: { thing: { schema } } }))
    expect(
      refusals(mapping, (given) => {
        const map = ({ entities }: Own) => Object.assign({ entities: { item: entities.thing } }, given)
        ;(child() as InterfaceDefinition).extend(base, loosely(map))
      }),
    ).toBe('some')
  })

  test('of the arguments of extend()', () => {
    expect(
      refusals([base, mapped, { as: 'things' }], (given) => {
        const [first, second, third] = argumentsOf(given)
        integration().extend(first!, second!, third)
      }),
    ).toBe('some')
  })

  test('of a plugin', () => {
    expect(refusals(needing, (props) => new PluginDefinition(loosely(props)))).toBe('some')
  })

  test('of a bot', () => {
    expect(refusals({ ...needing, defaults: { acme: 'acme' } }, (props) => new BotDefinition(loosely(props)))).toBe(
      'some',
    )
  })

  test('of a need', () => {
    const other = new InterfaceDefinition({ name: 'other', entities: { item: { schema } } })
    expect(
      refusals([[base, other], { capabilities: ['stream'], share: 'item' }], (given) => {
        const [bases, options] = argumentsOf(given)
        need(bases!, options)
      }),
    ).toBe('some')
  })

  test('of what a bot installs, and of its bindings', () => {
    const dependencies = {
      base: 'acme',
      shared: { to: ['acme', { integrationAlias: 'acme', integrationInterfaceAlias: 'things' }], policies: [retry()] },
    }
    const options = { alias: 'one', configurationType: 'oauth', disabledChannels: ['direct'], enabled: true }
    const installation = { alias: 'shop', configuration: { id: env('ID') }, dependencies }
    const plugin = new PluginDefinition(loosely(needing))
    expect(
      refusals([integration(), options], (given) => {
        const [definition, how] = argumentsOf(given)
        return new BotDefinition().addIntegration(definition!, how!)
      }),
    ).toBe('some')
    expect(
      refusals([plugin, installation], (given) => {
        const [definition, how] = argumentsOf(given)
        return new BotDefinition().addPlugin(definition!, how!)
      }),
    ).toBe('some')
    expect(refusals(dependencies, (given) => new BotDefinition({ defaults: loosely(given) }))).toBe('some')
    expect(
      refusals([dependencies.shared, retry(), timeout(5)], (given) => {
        const [to, ...policies] = argumentsOf(given)
        return new BotDefinition({ defaults: { acme: bind(to!, ...policies) } })
      }),
    ).toBe('some')
  })

  test('of implementations', () => {
    const async = async () => ({})
    const handlers = {
      register: async,
      unregister: async,
      handler: async,
      capabilities: () => [],
      webhook: { verify: () => true, deliveryId: () => 'id' },
      actions: { ask: async },
      channels: { direct: { messages: { text: async } } },
    }
    const acme = { ...integrationProps, configuration: { schema } }
    const plugin = new PluginDefinition(loosely(needing))
    const bot = new BotDefinition(loosely(needing))
    expect(
      refusals([new IntegrationDefinition(loosely(acme)), handlers], (given) => {
        const [definition, own] = argumentsOf(given)
        return new IntegrationImplementation(definition!, own!)
      }),
    ).toBe('some')
    expect(refusals(handlers, (given) => new IntegrationImplementation(loosely(given)))).toBe('some')
    expect(
      refusals([plugin, { actions: { ask: async } }], (given) => {
        const [definition, own] = argumentsOf(given)
        return new PluginImplementation(definition!, own)
      }),
    ).toBe('some')
    expect(
      refusals([bot, { actions: { ask: async } }, 'text', async], (given) => {
        const [definition, own, type, handler] = argumentsOf(given)
        new BotImplementation(definition!, own).on.message(type!, handler!)
      }),
    ).toBe('some')
  })
})
