import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'
import type { ExtensionOptions } from '../extend.ts'
import { errorOf, loosely, reportOf } from '../problems-of.fixture.ts'

const item = { schema: z.object({ id: z.string() }) }
const list = {
  input: { schema: () => z.object({}) },
  output: { schema: ({ item }: { item: z.ZodType }) => z.object({ items: z.array(item) }) },
}
const define = (props: object) => new InterfaceDefinition(loosely(props)) as InterfaceDefinition
const listable = define({
  name: 'listable',
  version: '1.0.0',
  entities: { item },
  actions: { list },
  events: { listed: { schema: () => z.object({}) } },
  channels: { board: { messages: { note: { schema: () => z.object({}) } } } },
  capabilities: { search: 'finds by words' },
})
const entities = {
  channel: { schema: z.object({ id: z.string(), topic: z.string() }) },
  user: { schema: z.object({ id: z.string(), email: z.string() }) },
}
type Entity = keyof typeof entities
const acme = () => new IntegrationDefinition({ name: 'acme', entities }) as IntegrationDefinition
const by = (entity: Entity, more: object = {}): never =>
  loosely(({ entities: own }: { entities: Record<Entity, object> }) => ({ entities: { item: own[entity] }, ...more }))
const twice =
  (entity: Entity, more: object = {}, options?: ExtensionOptions) =>
  () =>
    acme().extend(listable, by('channel')).extend(listable, by(entity, more), options)
const renamed = {
  actions: { list: { name: 'listUsers' } },
  events: { listed: { name: 'usersListed' } },
  channels: { board: { name: 'userBoard' } },
}
const already =
  "interface_implemented_twice extend(listable): interface 'listable' is implemented already as 'listable'"

describe('an interface that is implemented twice under one name', () => {
  test('is refused with other entities', () => {
    expect(errorOf(twice('user')).problems[0]).toEqual({
      code: 'interface_implemented_twice',
      path: 'extend(listable)',
      message:
        "interface 'listable' is implemented already as 'listable', by other entities: 'item' by 'channel', not 'user'.",
      remedy: "Give this implementation a name of its own: extend(…, …, { as: '…' }), and its members other names.",
    })
  })

  test.each([
    ['other names of actions', { actions: renamed.actions }, "with other names: 'list' as 'list', not 'listUsers'."],
    ['other names of events', { events: renamed.events }, "with other names: 'listed' as 'listed', not 'usersListed'."],
    [
      'other names of channels',
      { channels: renamed.channels },
      "with other names: 'board' as 'board', not 'userBoard'.",
    ],
    ['other capabilities', { capabilities: ['search'] }, "with the capabilities none, not 'search'."],
  ])('is refused with %s', (_, more, difference) => {
    expect(reportOf(twice('channel', more))).toEqual([`${already}, ${difference}`])
  })

  test('is refused in another version', () => {
    const next = define({ name: 'listable', version: '2.0.0', entities: { item } })
    expect(reportOf(() => acme().extend(listable, by('channel')).extend(next, by('channel')))).toEqual([
      `${already}, in version 1.0.0, not 2.0.0.`,
    ])
  })

  test('may name anew what it does not have either time', () => {
    const guarded = define({
      name: 'guarded',
      actions: { search: { ...list, output: { schema: () => z.object({}) }, capability: 'search' } },
      capabilities: { search: 'finds by words' },
    })
    const map = (more: object): never => loosely(() => ({ entities: {}, ...more }))
    const definition = acme()
      .extend(guarded, map({}))
      .extend(guarded, map({ actions: { search: { name: 'find' } } }))
    expect(definition.interfaces).toHaveLength(1)
  })

  test('in the same way is implemented once', () => {
    const definition = twice('channel')()
    expect(definition.interfaces.map(({ as }) => as)).toEqual(['listable'])
    expect(definition.interfaces).toEqual(acme().extend(listable, by('channel')).interfaces)
  })
})

describe('an interface that is implemented twice under two names', () => {
  const definition = twice('user', renamed, { as: 'users' })()

  test('is implemented in both ways, and each is true', () => {
    const [first, second] = definition.interfaces
    expect([first?.interface, second?.interface]).toEqual([listable, listable])
    expect([first, second]).toMatchObject([
      {
        as: 'listable',
        actions: { list: { name: 'list' } },
        events: { listed: 'listed' },
        channels: { board: 'board' },
      },
      {
        as: 'users',
        actions: { list: { name: 'listUsers' } },
        events: { listed: 'usersListed' },
        channels: { board: 'userBoard' },
      },
    ])
    expect(first?.entities['item']).toBe(definition.entities['channel' as never])
    expect(second?.entities['item']).toBe(definition.entities['user' as never])
    const [channel, user] = [
      { id: '1', topic: 'a' },
      { id: '1', email: 'a' },
    ]
    const gives = (action: string, given: object) =>
      z.safeParse(definition.actions[action]!.output.schema, { items: [given] }).success
    expect([gives('list', channel), gives('list', user)]).toEqual([true, false])
    expect([gives('listUsers', channel), gives('listUsers', user)]).toEqual([false, true])
  })

  test('is refused where the members of one have the names of the other’s', () => {
    expect(reportOf(twice('user', {}, { as: 'users' }))).toEqual([
      "refinement_incompatible extend(listable as users).actions.list.output.items[].email: action 'list' of interface 'listable': " +
        "the action 'list' that integration 'acme' has already gives more than the interface allows at 'items[].email'; " +
        'it is required, but is missing: expected string, given nothing.',
    ])
  })

  test('has names that are aliases', () => {
    expect(reportOf(twice('user', renamed, { as: 'The Users' }))).toEqual([
      "name_invalid options.as: 'The Users' is no alias in camelCase or kebab-case.",
    ])
    expect(reportOf(twice('user', renamed, { as: 'toString' }))).toEqual([
      "name_invalid options.as: the alias 'toString' is reserved.",
    ])
    expect(reportOf(twice('user', renamed, loosely({ as: 'users', name: 'users' })))).toEqual([
      "definition_invalid options.name: there is no 'name' here.",
    ])
    expect(reportOf(twice('user', renamed, loosely('users')))).toContainEqual(
      "definition_invalid options: expected an object, given 'users'.",
    )
  })
})

describe('an interface that is reached on several ways', () => {
  const parent = (name: string) =>
    define({ name, entities: { thing: item } }).extend(
      listable,
      loosely(({ entities: own }: { entities: { thing: object } }) => ({ entities: { item: own.thing } })),
    )
  const things = (entity: Entity): never =>
    loosely(({ entities: own }: { entities: Record<Entity, object> }) => ({ entities: { thing: own[entity] } }))
  const names = (definition: IntegrationDefinition) => definition.interfaces.map(({ as }) => as)

  test('is implemented once, where it is by the same entity on each', () => {
    expect(names(acme().extend(parent('shelf'), things('user')).extend(parent('drawer'), things('user')))).toEqual([
      'shelf',
      'listable',
      'drawer',
    ])
    expect(names(acme().extend(listable, by('user')).extend(parent('shelf'), things('user')))).toEqual([
      'listable',
      'shelf',
    ])
  })

  test('is refused by different entities, whichever way comes first', () => {
    const message = (path: string, had: Entity, has: Entity) =>
      `interface_implemented_twice extend(${path}): interface 'listable' is implemented already as 'listable', by other entities: 'item' by '${had}', not '${has}'.`
    expect(reportOf(() => acme().extend(parent('shelf'), things('user')).extend(listable, by('channel')))[0]).toBe(
      message('listable', 'user', 'channel'),
    )
    expect(reportOf(() => acme().extend(listable, by('channel')).extend(parent('shelf'), things('user')))[0]).toBe(
      message('shelf', 'channel', 'user'),
    )
  })

  test('goes by the name that its child was given', () => {
    const definition = acme()
      .extend(parent('shelf'), things('channel'))
      .extend(
        parent('shelf'),
        loosely(({ entities: own }: { entities: Record<Entity, object> }) => ({
          entities: { thing: own.user },
          ...renamed,
        })),
        { as: 'users' },
      )
    expect(definition.interfaces.map((one) => [one.interface.name, one.as])).toEqual([
      ['shelf', 'shelf'],
      ['listable', 'listable'],
      ['shelf', 'users'],
      ['listable', 'users'],
    ])
    expect(definition.interfaces.at(-1)?.actions['list']?.name).toBe('listUsers')
  })
})

describe('an interface', () => {
  const child = () => define({ name: 'child', entities: { first: item, second: item } })
  const mapped = (entity: string): never =>
    loosely(({ entities: own }: { entities: Record<string, object> }) => ({ entities: { item: own[entity] } }))

  test('builds on another one once, by one entity', () => {
    expect(
      errorOf(() => child().extend(listable, mapped('first')).extend(listable, mapped('second'))).problems,
    ).toEqual([
      {
        code: 'interface_implemented_twice',
        path: 'extend(listable)',
        message:
          "interface 'listable' is implemented already as 'listable', by other entities: 'item' by 'first', not 'second'.",
        remedy: 'Leave one of them out: an interface builds on another once.',
      },
    ])
    expect(child().extend(listable, mapped('first')).extend(listable, mapped('first')).extensions).toHaveLength(1)
    // Its implementers claim capabilities, not itself.
    const claiming: never = loosely(({ entities: own }: { entities: { first: object } }) => ({
      entities: { item: own.first },
      capabilities: ['search'],
    }))
    expect(child().extend(listable, mapped('first')).extend(listable, claiming).extensions).toHaveLength(1)
  })

  test('does not build on itself', () => {
    const one = child()
    expect(reportOf(() => one.extend(one, mapped('first')))).toEqual([
      "definition_invalid extend: interface 'child' would build on itself.",
    ])
  })
})
