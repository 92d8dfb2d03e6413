import { describe, expect, test } from 'vitest'
import {
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  need,
  PluginDefinition,
  z,
} from 'plugboard'
import { errorOf, loosely, problemsOf, reportOf } from './problems-of.fixture.ts'

const text = z.object({ text: z.string() })
const llm = new InterfaceDefinition({
  name: 'llm',
  version: '1.2.0',
  entities: { model: { schema: z.object({ id: z.string() }) } },
  actions: {
    ask: {
      input: { schema: ({ model }) => z.object({ model: model.optional(), prompt: z.string() }) },
      output: { schema: () => text },
    },
    watch: {
      capability: 'stream',
      input: { schema: () => z.object({}) },
      output: { schema: () => text },
      stream: { schema: () => text },
    },
  },
  events: { changed: { schema: ({ model }) => z.object({ model }) } },
  channels: { direct: { messages: { text: { schema: () => text } } } },
  capabilities: { stream: 'word by word' },
})
const model = z.object({ id: z.enum(['large', 'small']), size: z.number() })
const acme = (own: object = {}) =>
  new IntegrationDefinition(
    loosely({ name: 'acme', entities: { model: { schema: model } }, ...own }),
  ) as IntegrationDefinition
const mapped = (more: object = {}): never => loosely(({ entities }: { entities: object }) => ({ entities, ...more }))

describe('a definition that is extended', () => {
  test('is the same one, which has the members of the interface in terms of its own entities', () => {
    const definition = acme()
    expect(definition.extend(llm, mapped())).toBe(definition)
    expect(Object.keys(definition.actions)).toEqual(['ask'])
    expect(Object.keys(definition.events)).toEqual(['changed'])
    expect(Object.keys(definition.channels)).toEqual(['direct'])
    const accepts = (given: object) => z.safeParse(definition.actions['ask']!.input.schema, given).success
    expect(accepts({ prompt: 'Hi', model: { id: 'large', size: 1 } })).toBe(true)
    expect(accepts({ prompt: 'Hi', model: { id: 'other', size: 1 } })).toBe(false)
    expect(z.safeParse(definition.events['changed']!.schema, { model: { id: 'large' } }).success).toBe(false)
  })

  test('knows the interface, its version, and what stands for what', () => {
    const [implemented] = acme().extend(llm, mapped({ actions: { ask: { name: 'complete' } } })).interfaces
    expect(implemented).toMatchObject({
      interface: llm,
      as: 'llm',
      capabilities: [],
      assumed: [],
      entities: { model: { name: 'model', schema: model } },
      actions: { ask: { name: 'complete', refined: false }, watch: { name: undefined } },
      events: { changed: 'changed' },
      channels: { direct: 'direct' },
    })
    expect(implemented?.interface.version).toBe('1.2.0')
  })

  test('has an action that belongs to a capability only if it claims that', () => {
    expect(acme().extend(llm, mapped()).actions).not.toHaveProperty('watch')
    const definition = acme().extend(llm, mapped({ capabilities: ['stream', 'stream'] }))
    expect(Object.keys(definition.actions)).toEqual(['ask', 'watch'])
    expect(definition.interfaces[0]).toMatchObject({ capabilities: ['stream'], actions: { watch: { name: 'watch' } } })
    expect(definition.actions['watch']?.stream).toBeDefined()
  })

  test('has of an action whatever the interface says of it', () => {
    const items = () => []
    const cost = () => 1
    const input = { schema: () => z.object({ tools: z.array(z.string()).optional() }) }
    const chat = new InterfaceDefinition({
      name: 'chat',
      actions: {
        ask: { input, output: { schema: () => text }, fieldCapabilities: { tools: 'tools' }, cost },
        watch: {
          input,
          output: { schema: () => text },
          stream: { schema: () => text },
          capability: 'stream',
          downgrade: { to: 'ask', items },
        },
      },
      capabilities: { stream: 'word by word', tools: 'uses tools' },
    })
    const own = { watch: { input: { schema: z.object({}) }, output: { schema: text }, stream: { schema: text } } }
    for (const actions of [{}, own]) {
      const definition = acme({ actions }).extend(
        chat,
        loosely(() => ({ entities: {}, capabilities: ['stream'] })),
      )
      expect(definition.actions['ask']).toMatchObject({ fieldCapabilities: { tools: 'tools' }, cost })
      expect(definition.actions['watch']).toMatchObject({ capability: 'stream', downgrade: { to: 'ask', items } })
    }
  })

  test('keeps what it declares itself', () => {
    const own = { input: { schema: text }, output: { schema: text } }
    const definition = acme({ actions: { translate: own }, events: { paid: { schema: text } } }).extend(llm, mapped())
    expect(Object.keys(definition.actions)).toEqual(['translate', 'ask'])
    expect(Object.keys(definition.events)).toEqual(['paid', 'changed'])
  })

  test('is still plain data that nobody changes', () => {
    const definition = acme().extend(llm, mapped())
    const [implemented] = definition.interfaces
    const containers = [
      definition.actions,
      definition.actions['ask'],
      definition.events,
      definition.channels,
      definition.channels['direct'],
      definition.channels['direct']?.messages,
      definition.interfaces,
      implemented,
      implemented?.actions,
      implemented?.actions['ask'],
      implemented?.entities,
      implemented?.capabilities,
    ]
    for (const container of containers) expect(Object.isFrozen(container)).toBe(true)
    expect(Object.isFrozen(definition.actions['ask']?.input.schema)).toBe(false)
  })
})

describe('an extension that is refused', () => {
  const facts = (definition: object) => ({ ...definition })
  const wrong: [string, object][] = [
    ['an entity', { entities: {} }],
    ['a key', { actions: { ask: {}, aks: {} } }],
    ['a capability', { capabilities: ['sing'] }],
    ['a name', { actions: { ask: { name: 'other' } } }],
  ]
  const other = { input: { schema: z.object({ n: z.number() }) }, output: { schema: text } }

  test.each(wrong)('for %s leaves the definition as it was, and it can be extended rightly', (_, more) => {
    const definition = acme({ actions: { other } })
    const before = facts(definition)
    expect(problemsOf(() => definition.extend(llm, mapped(more)))).toHaveLength(1)
    expect(facts(definition)).toEqual(before)
    for (const part of ['actions', 'events', 'channels', 'interfaces', 'entities'] as const)
      expect(definition[part]).toBe(before[part as never])
    expect(Object.keys(definition.extend(llm, mapped()).actions)).toEqual(['other', 'ask'])
  })

  test('leaves what an earlier one brought', () => {
    const definition = acme().extend(llm, mapped())
    const before = facts(definition)
    expect(problemsOf(() => definition.extend(llm, mapped({ capabilities: ['stream'] })))).toHaveLength(1)
    expect(facts(definition)).toEqual(before)
  })

  test('leaves the interface open', () => {
    const open = new InterfaceDefinition({ name: 'open', entities: { thing: { schema: model } } })
    expect(problemsOf(() => acme().extend(open as never))).toHaveLength(1)
    expect(open.extend(new InterfaceDefinition({ name: 'more' })).extensions).toHaveLength(1)
  })
})

describe('extend() takes', () => {
  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['llm', "'llm'"],
    [{}, '{}'],
    [new IntegrationDefinition({ name: 'other' }), "integration 'other'"],
    [new PluginDefinition({ name: 'helper' }), "plugin 'helper'"],
    [need(llm), 'a need'],
  ])('an interface, not %o', (given, shown) => {
    const error = errorOf(() => acme().extend(loosely(given)))
    expect(error.message).toContain(`integration 'acme' extending ${shown} has one problem`)
    expect(error.problems).toEqual([
      {
        code: 'definition_invalid',
        path: 'extend',
        message: `expected an interface, given ${shown}.`,
        remedy:
          'Pass what new InterfaceDefinition(…) gave. If it is imported, look whether the two modules import each other.',
      },
    ])
  })

  test.each([
    ['expected a function, given {}', {}],
    ["expected a function, given 'model'", 'model'],
    ['the function that maps gave nothing, no object', () => undefined],
    ['the function that maps gave 5, no object', () => 5],
    ['the function that maps gave a Promise, no object', async () => ({})],
    [
      'the function that maps threw: Out of order',
      () => {
        throw new Error('Out of order.')
      },
    ],
  ])('a function that maps: %s', (message, map) => {
    expect(errorOf(() => acme().extend(llm, loosely(map))).problems).toEqual([
      {
        code: 'mapping_invalid',
        path: 'extend(llm)',
        message: `${message}.`,
        remedy: 'Write ({ entities }) => ({ entities: { … } }).',
      },
    ])
  })

  test('an interface whose builders work with the own entities', () => {
    const picky = new InterfaceDefinition({
      name: 'picky',
      entities: { thing: { schema: z.object({ id: z.string() }) } },
      events: { found: { schema: ({ thing }) => (thing as unknown as z.ZodObject).pick({ id: true }) } },
    })
    const schema = z.object({ id: z.string() }).and(z.object({ size: z.number() }))
    const own = new IntegrationDefinition({ name: 'acme', entities: { own: { schema } } })
    expect(reportOf(() => own.extend(picky, ({ entities }) => ({ entities: { thing: entities.own } })))).toEqual([
      "builder_failed extend(picky).events.found: a builder of interface 'picky' threw with the entities of integration 'acme': thing.pick is not a function.",
    ])
    expect(own.interfaces).toEqual([])
    const plain = new InterfaceDefinition({ name: 'plain' })
    expect(own.extend(plain).interfaces).toHaveLength(1)
  })
})

describe('as a statement', () => {
  test('it does what it does in a chain', () => {
    const statement = new IntegrationDefinition({ name: 'acme', entities: { model: { schema: model } } })
    statement.extend(llm, ({ entities }) => ({ entities }))
    const chain = new IntegrationDefinition({ name: 'acme', entities: { model: { schema: model } } }).extend(
      llm,
      ({ entities }) => ({ entities }),
    )
    expect(Object.keys(statement.actions)).toEqual(Object.keys(chain.actions))
    expect(statement.interfaces[0]?.interface).toBe(llm)
  })

  test('it is refused like a chain', () => {
    const statement = new IntegrationDefinition({ name: 'acme', entities: { model: { schema: z.object({}) } } })
    expect(
      problemsOf(() =>
        statement.extend(
          llm,
          loosely(({ entities }: never) => ({ entities })),
        ),
      ),
    ).toEqual(['entity_field_missing extend(llm).entities.model.id'])
  })

  test('it leaves the handlers to an implementation without the definition', () => {
    const handlers = { actions: { ask: async () => ({ text: 'Hello' }) } }
    const implementation = new IntegrationImplementation(handlers)
    expect(implementation.definition).toBeUndefined()
    expect(implementation.handlers).toEqual(handlers)
    expect(errorOf(() => new IntegrationImplementation(loosely({ handlers }))).code).toBe('implementation_invalid')
  })
})
