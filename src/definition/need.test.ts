import { expect, test } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, need, PluginDefinition, z } from 'plugboard'
import { errorOf, loosely, reportOf } from './problems-of.fixture.ts'

const item = { schema: z.object({ id: z.string() }) }
const listable = new InterfaceDefinition({ name: 'listable', version: '1.2.0', entities: { item } })
const deletable = new InterfaceDefinition({
  name: 'deletable',
  version: '2.0.0',
  entities: { item, bin: item },
  capabilities: { undo: 'takes it back' },
})

test('a bare interface means its caret range and no capability', () => {
  expect(new PluginDefinition({ name: 'cleaner', interfaces: { listable } }).needs.listable).toEqual({
    kind: 'need',
    requirements: [{ interface: listable, version: '^1.2.0', capabilities: [] }],
    share: undefined,
  })
})

test('a need of several interfaces asks each for the capabilities that it declares', () => {
  expect(need([listable, deletable], { share: 'item', capabilities: ['undo'] })).toEqual({
    kind: 'need',
    requirements: [
      { interface: listable, version: '^1.2.0', capabilities: [] },
      { interface: deletable, version: '^2.0.0', capabilities: ['undo'] },
    ],
    share: 'item',
  })
})

test('everything that is wrong is told at once', () => {
  const error = errorOf(() =>
    need(
      [listable, deletable],
      loosely({ share: 'bin', version: 'latest', capabilities: ['undo', 'redo', 5], capability: 'undo' }),
    ),
  )
  expect(error.message).toContain('the need of listable and deletable')
  expect(error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toEqual([
    'definition_invalid options.capabilities: expected a list of names, given ["undo","redo",5].',
    "definition_invalid options.capability: there is no 'capability' here.",
    "version_invalid options.version: 'latest' is no range of semantic versions.",
    "entity_unknown options.share: interface 'listable' has no entity 'bin'.",
    "capability_unknown options.capabilities: no interface of the need declares the capability 'redo'.",
  ])
})

test('a need may name another one in its place, and interfaces whose events are heard', () => {
  expect(need(listable, { unless: 'bin' })).toMatchObject({ unless: 'bin' })
  expect(need(listable, { share: 'item', hears: [deletable] })).toMatchObject({ share: 'item', hears: [deletable] })
  expect(reportOf(() => need(listable, loosely({ unless: 5, hears: 'deletable' })))).toEqual([
    'definition_invalid options.unless: expected text, given 5.',
    "definition_invalid options.hears: expected a list of interfaces, given 'deletable'.",
  ])
  expect(reportOf(() => need(listable, loosely({ hears: [deletable, 'other'] })))).toEqual([
    "definition_invalid options.hears: expected an interface, given 'other'.",
    'entity_unmapped options.share: events of other interfaces are heard, and nothing says which entity they share.',
  ])
  expect(reportOf(() => need(listable, loosely({ share: 'bin', hears: [deletable] })))).toEqual([
    "entity_unknown options.share: interface 'listable' has no entity 'bin'.",
  ])
})

test('a need that may be bound in the place of another one is one of the same definition', () => {
  const interfaces = { items: need(listable, { unless: 'items' }), others: need(listable, { unless: 'bin' }) }
  expect(reportOf(() => new PluginDefinition({ name: 'cleaner', interfaces }))).toEqual([
    "need_unknown interfaces.items: it is not needed where 'items' is bound, and there is no other need of that name.",
    "need_unknown interfaces.others: it is not needed where 'bin' is bound, and there is no other need of that name.",
  ])
})

test('several interfaces of one integration need an entity that they share', () => {
  const error = errorOf(() => need([listable, deletable], loosely({})))
  expect(error.problems).toMatchObject([
    { code: 'entity_unmapped', path: 'options.share', remedy: "Write { share: … } with one of 'item'." },
  ])
})

test.each([
  [undefined, 'expected an interface, given nothing.'],
  [null, 'expected an interface, given null.'],
  ['listable', "expected an interface, given 'listable'."],
  [[], 'no interface is named.'],
  [[undefined], 'expected an interface, given nothing.'],
  [{}, 'expected an interface, given {}.'],
  [{ kind: 'interface' }, 'expected an interface, given {"kind":"interface"}.'],
  [
    { kind: 'interface', name: 'a', members: { entities: {} }, extensions: [] },
    'expected an interface, given {"kind":"interface","name":"a","members":{"entities":{}},"extensions":[]}.',
  ],
  [new IntegrationDefinition({ name: 'acme' }), "expected an interface, given integration 'acme'."],
  [need(listable), 'expected an interface, given a need.'],
])('%o is no interface', (given, message) => {
  expect(errorOf(() => need(loosely(given))).problems).toEqual([
    { code: 'definition_invalid', path: 'need', message, remedy: 'Write need(llm), with an interface.' },
  ])
})

test.each([null, 'stream', ['stream'], 5])('%j are no options', (options) => {
  const shown = typeof options === 'string' ? `'${options}'` : JSON.stringify(options)
  expect(reportOf(() => need(listable, loosely(options)))).toEqual([
    `definition_invalid options: expected an object, given ${shown}.`,
  ])
})

test.each(['^1.0.0', '1.2.0', '>=1.0.0 <3', '1.x', '*'])('%s is a range of versions', (version) => {
  expect(need(listable, { version }).requirements[0]?.version).toBe(version)
})

test.each(['latest', 'one', '1.0.0.0', 5, null])('%j is no range of versions', (version) => {
  expect(errorOf(() => need(listable, { version: loosely(version) })).problems).toMatchObject([
    { code: 'version_invalid', path: 'options.version', remedy: "Write it like '^1.2.0'." },
  ])
})

test('what it gives cannot be changed', () => {
  const needed = need(listable)
  for (const container of [needed, needed.requirements, ...needed.requirements, needed.requirements[0]?.capabilities])
    expect(Object.isFrozen(container)).toBe(true)
})
