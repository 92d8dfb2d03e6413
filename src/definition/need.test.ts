import { expect, test } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, need, PluginDefinition, z } from 'plugboard'
import { errorOf, loosely, problemsOf } from './problems-of.fixture.ts'

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

test('several interfaces of one integration need an entity that they share', () => {
  const error = errorOf(() => need([listable, deletable], loosely({})))
  expect(error.problems).toMatchObject([
    { code: 'entity_unmapped', path: 'options.share', remedy: "Write { share: … } with one of 'item'." },
  ])
})

test.each([
  undefined,
  null,
  'listable',
  [],
  [undefined],
  {},
  { kind: 'interface' },
  {
    kind: 'interface',
    name: 'listable',
    version: '1.0.0',
    capabilities: {},
    members: { entities: {} },
    extensions: [],
  },
  new IntegrationDefinition({ name: 'acme' }),
  need(listable),
])('%o is no interface', (given) => {
  expect(problemsOf(() => need(loosely(given)))).toEqual(['definition_invalid need'])
})

test.each([null, 'stream', ['stream'], 5])('%j are no options', (options) => {
  expect(problemsOf(() => need(listable, loosely(options)))).toEqual(['definition_invalid options'])
})
