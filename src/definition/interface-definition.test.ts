import { describe, expect, test } from 'vitest'
import { InterfaceDefinition, z } from 'plugboard'
import { errorOf, loosely, reportOf, sentencesOf } from './problems-of.fixture.ts'

const item = z.object({ id: z.string() })
const empty = { schema: () => z.object({}) }
const define = (props: object) => new InterfaceDefinition(loosely({ name: 'listable', ...props }))

test('everything that is wrong is told at once', () => {
  const error = errorOf(() =>
    define({
      version: '1',
      entities: { item: { schema: z.object({ at: z.date() }) }, Thing: { schema: item } },
      actions: {
        list: { input: { schema: item }, output: empty, capability: 'paging' },
        entities: { input: empty },
        count: { input: empty, output: { schema: () => z.number() } },
      },
      events: { listed: { schema: () => undefined } },
      channels: { direct: { messages: {} } },
      capabilities: { 'by page': 'page by page', search: 5 },
    }),
  )
  expect(error).toMatchObject({ code: 'definition_invalid', where: { interface: 'listable' } })
  expect(error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toEqual([
    'definition_invalid capabilities: expected an object of texts, given {"by page":"page by page","search":5}.',
    "version_invalid version: '1' is no semantic version.",
    "schema_not_json entities.item.at: an entity must be plain JSON with input equal to output: 'at' holds a Date, which JSON has not: use z.iso.datetime().",
    "name_invalid entities.Thing: 'Thing' is no name in camelCase.",
    'schema_missing actions.list.input.schema: expected a builder, given a schema.',
    'action_output_missing actions.entities.output: the action declares no output.',
    'schema_not_object actions.count.output.schema: expected the schema of an object, given number.',
    'schema_missing events.listed.schema: the builder gave nothing, no schema.',
    'channel_empty channels.direct.messages: the channel declares no message.',
    "name_invalid capabilities.by page: 'by page' is no name in camelCase.",
    "capability_unknown actions.list.capability: the interface declares no capability 'paging'.",
    "name_taken actions.entities: 'entities' is where the entities of a need are.",
  ])
})

test('one whose shape may yet change says so', () => {
  expect(define({ experimental: true }).experimental).toBe(true)
  expect(define({}).experimental).toBe(false)
  expect(reportOf(() => define({ experimental: 'yes' }))).toEqual([
    expect.stringMatching(/^definition_invalid experimental: expected true or false/),
  ])
})

describe('an entity', () => {
  test.each([
    [
      'a default',
      z.object({ size: z.number().default(1) }),
      'size',
      'fills in a value that was not given, so it gives other than it takes: use .optional() and fill it in where it is read',
    ],
    [
      'a transform',
      z.object({ id: z.string().transform(Number) }),
      'id',
      'transforms its value, so it gives other than it takes',
    ],
    ['a Date', z.object({ at: z.date() }), 'at', 'holds a Date, which JSON has not: use z.iso.datetime()'],
    ['a Map', z.object({ all: z.map(z.string(), item) }), 'all', 'holds a Map, which JSON has not: use z.record()'],
    [
      'a bigint, deep inside',
      z.object({ list: z.array(z.object({ size: z.bigint() })) }),
      'list[].size',
      'holds a bigint, which JSON has not: use z.string()',
    ],
  ])('holds plain JSON: not %s', (_, schema, place, reason) => {
    expect(reportOf(() => define({ entities: { item: { schema } } }))).toEqual([
      `schema_not_json entities.item.${place}: an entity must be plain JSON with input equal to output: '${place}' ${reason}.`,
    ])
  })

  test('is an object', () => {
    expect(reportOf(() => define({ entities: { item: { schema: z.string() } } }))).toEqual([
      'schema_not_object entities.item.schema: expected the schema of an object, given string.',
    ])
  })

  test('that is made anew whenever it is read is too deep to be judged', () => {
    const endless = (): z.ZodType => z.object({ next: z.lazy(endless) })
    expect(reportOf(() => define({ entities: { item: { schema: endless() } } }))).toEqual([
      'schema_not_json entities.item: an entity is too deep to be judged: each time it is read it is made anew.',
    ])
  })
})

describe('a builder', () => {
  const building = (schema: unknown) => () =>
    define({ entities: { item: { schema: item } }, events: { listed: { schema } } })

  test('that throws is told with its error and with what it was called with', () => {
    const error = errorOf(
      building(() => {
        throw new Error('Out of order.')
      }),
    )
    expect(error.problems).toMatchObject([
      {
        code: 'builder_failed',
        path: 'events.listed.schema',
        message: 'the builder threw: Out of order.',
        remedy: "It is called with schemas of the entities: 'item'.",
      },
    ])
  })

  test('that throws what is no error is told all the same', () => {
    const throwing = () => {
      throw 'words' // oxlint-disable-line typescript/only-throw-error -- as a builder could
    }
    expect(sentencesOf(building(throwing))).toEqual(['the builder threw: words.'])
  })

  test('that asks for an entity which the interface has not, leaves a hole', () => {
    expect(
      reportOf(building((entities: Record<string, z.ZodType>) => z.object({ thing: entities['thing']! }))),
    ).toEqual(['schema_missing events.listed.schema.thing: expected a schema inside this one, given nothing.'])
  })

  test('that gives a schema an id would make two of one id', () => {
    const identified = () => z.object({ name: z.string().meta({ id: 'interface-definition-test-name' }) })
    expect(reportOf(building(identified))).toEqual([
      "builder_identified events.listed.schema: the builder gives a schema the id 'interface-definition-test-name', but it is called again for every integration that extends the interface.",
    ])
  })

  test('may use an entity that has an id, and descriptions', () => {
    const known = z.object({ id: z.string() }).meta({ id: 'interface-definition-test-item' })
    const definition = new InterfaceDefinition({
      name: 'listable',
      entities: { item: { schema: known } },
      events: {
        listed: {
          schema: (entities) => z.object({ item: entities.item, list: z.array(entities.item.describe('an item')) }),
        },
      },
    })
    expect(Object.keys(definition.members.events)).toEqual(['listed'])
  })

  test('stands where a schema would', () => {
    expect(sentencesOf(building(item))).toEqual(['expected a builder, given a schema.'])
    expect(sentencesOf(() => define({ events: { listed: item } }))).toEqual(['expected a builder, given a schema.'])
  })
})

describe('capabilities', () => {
  const action = { input: { schema: () => z.object({ tools: z.array(z.string()).optional() }) }, output: empty }
  const withAction = (extra: object, others: object = {}) =>
    reportOf(() => define({ capabilities: { tools: 'tools' }, actions: { ask: { ...action, ...extra }, ...others } }))

  test('a field that needs one may lie in the items of a list', () => {
    const input = {
      schema: () => z.object({ messages: z.array(z.object({ images: z.array(z.string()).optional() })) }),
    }
    const fieldCapabilities = { 'messages[].images': 'tools' }
    const { members } = define({
      capabilities: { tools: 'tools' },
      actions: { ask: { ...action, input, fieldCapabilities } },
    })
    expect(members.actions['ask']).toMatchObject({ fieldCapabilities })
    expect(withAction({ input, fieldCapabilities: { 'messages.images': 'tools' } })).toEqual([
      "member_unknown actions.ask.fieldCapabilities.messages.images: the input has no field 'messages.images'.",
    ])
  })

  test('a field that needs one is a field of the input', () => {
    expect(withAction({ fieldCapabilities: { tool: 'tools' } })).toEqual([
      "member_unknown actions.ask.fieldCapabilities.tool: the input has no field 'tool'.",
    ])
    expect(withAction({ fieldCapabilities: { tools: 'tool' } })).toEqual([
      "capability_unknown actions.ask.fieldCapabilities.tools: the interface declares no capability 'tool'.",
    ])
  })

  test('what stands in for an action is another action, and says how its output becomes items', () => {
    const items = () => []
    expect(withAction({ downgrade: { to: 'answer', items } })).toEqual([
      "member_unknown actions.ask.downgrade.to: the interface has no other action 'answer'.",
    ])
    expect(withAction({ downgrade: { to: 'ask', items } })).toEqual([
      "member_unknown actions.ask.downgrade.to: the interface has no other action 'ask'.",
    ])
    expect(withAction({ downgrade: { to: 'answer' } }, { answer: action })).toEqual([
      'definition_invalid actions.ask.downgrade.items: nothing says how its output becomes items.',
    ])
    expect(withAction({ downgrade: 'answer' })).toEqual([
      "definition_invalid actions.ask.downgrade: expected an object, given 'answer'.",
    ])
  })

  test('actions do not stand in for each other in a circle', () => {
    const items = () => []
    const answer = { ...action, downgrade: { to: 'ask', items } }
    expect(withAction({ downgrade: { to: 'answer', items } }, { answer })).toEqual([
      "definition_invalid actions.ask.downgrade.to: what stands in for 'answer' comes back to 'ask'.",
      "definition_invalid actions.answer.downgrade.to: what stands in for 'ask' comes back to 'answer'.",
    ])
  })
})

test('its members are frozen data; its entities’ schemas are not frozen', () => {
  const definition = new InterfaceDefinition({
    name: 'listable',
    capabilities: { search: 'finds by words' },
    entities: { item: { schema: item } },
    actions: { list: { idempotent: true, input: empty, output: { schema: (entities) => z.object(entities) } } },
  })
  expect(definition).toMatchObject({ kind: 'interface', name: 'listable', version: '0.0.0-dev', extensions: [] })
  const { members, capabilities, extensions } = definition
  for (const container of [members, members.actions, members.actions.list!.input, capabilities, extensions])
    expect(Object.isFrozen(container)).toBe(true)
  expect(definition.members.entities.item!.schema).toBe(item)
  expect(item.parse({ id: 'a' })).toEqual({ id: 'a' })
})
