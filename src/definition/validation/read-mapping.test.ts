import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'
import { errorOf, loosely, reportOf } from '../problems-of.fixture.ts'

const empty = { schema: () => z.object({}) }
const action = { input: empty, output: empty }
const desk = new InterfaceDefinition({
  name: 'desk',
  version: '1.0.0',
  actions: { open: action, close: action },
  events: { opened: empty, closed: empty },
  channels: { inbox: { messages: { note: empty } }, outbox: { messages: { note: empty } } },
  capabilities: { search: 'finds by words' },
})
const mapping = (given: object) => () =>
  new IntegrationDefinition({ name: 'acme' }).extend(
    desk,
    loosely(() => ({ entities: {}, ...given })),
  )

describe('a key that the interface does not have is refused, alone or beside a known one', () => {
  test.each([
    ['actions', 'action', 'opne', 'open', "'open', 'close'"],
    ['events', 'event', 'opend', 'opened', "'opened', 'closed'"],
    ['channels', 'channel', 'inbx', 'inbox', "'inbox', 'outbox'"],
  ])('%s', (section, what, unknown, known, all) => {
    const problem = {
      code: 'member_unknown',
      path: `extend(desk).${section}.${unknown}`,
      message: `interface 'desk' has no ${what} '${unknown}'.`,
      remedy: `It has ${all}.`,
    }
    expect(errorOf(mapping({ [section]: { [unknown]: {} } })).problems).toEqual([problem])
    expect(errorOf(mapping({ [section]: { [known]: {}, [unknown]: {} } })).problems).toEqual([problem])
  })

  test('capabilities', () => {
    const problem = {
      code: 'capability_unknown',
      path: 'extend(desk).capabilities',
      message: "interface 'desk' has no capability 'serach'.",
      remedy: "It has 'search'.",
    }
    expect(errorOf(mapping({ capabilities: ['serach'] })).problems).toEqual([problem])
    expect(errorOf(mapping({ capabilities: ['search', 'serach'] })).problems).toEqual([problem])
    expect(reportOf(mapping({ capabilities: ['toString', 5] }))).toEqual([
      "capability_unknown extend(desk).capabilities: interface 'desk' has no capability 'toString'.",
      "capability_unknown extend(desk).capabilities: interface 'desk' has no capability 5.",
    ])
  })

  test('what every object has is no action, event or channel', () => {
    const names = JSON.parse('{ "constructor": {}, "toString": {}, "__proto__": {} }') as object
    expect(reportOf(mapping({ actions: names }))).toEqual(
      ['constructor', 'toString', '__proto__'].map(
        (name) => `member_unknown extend(desk).actions.${name}: interface 'desk' has no action '${name}'.`,
      ),
    )
  })

  test('a part of the mapping', () => {
    expect(errorOf(mapping({ action: { open: {} } })).problems).toEqual([
      {
        code: 'member_unknown',
        path: 'extend(desk).action',
        message: "extend() knows no 'action'.",
        remedy: "It takes 'entities', 'actions', 'events', 'channels', 'capabilities'.",
      },
    ])
  })

  test('a field of what is said of a member', () => {
    expect(reportOf(mapping({ actions: { open: { nmae: 'start' } }, events: { opened: { billable: true } } }))).toEqual(
      [
        "definition_invalid extend(desk).actions.open.nmae: there is no 'nmae' here.",
        "definition_invalid extend(desk).events.opened.billable: there is no 'billable' here.",
      ],
    )
  })
})

describe('a new name', () => {
  test.each(['actions', 'events', 'channels'])('of %s has the form of a name', (section) => {
    const known = { actions: 'open', events: 'opened', channels: 'inbox' }[section]!
    const place = `name_invalid extend(desk).${section}.${known}.name`
    const named = (name: unknown) => mapping({ [section]: { [known]: { name } } })
    expect(reportOf(named('open-it'))).toEqual([`${place}: 'open-it' is no name in camelCase.`])
    expect(reportOf(named(''))).toEqual([`${place}: '' is no name in camelCase.`])
    expect(reportOf(named(5))).toEqual([`${place}: 5 is no name in camelCase.`])
    expect(reportOf(named('constructor'))).toEqual([`${place}: the name 'constructor' is reserved.`])
  })

  test.each([
    ['actions', 'action', 'open', 'close'],
    ['events', 'event', 'opened', 'closed'],
    ['channels', 'channel', 'inbox', 'outbox'],
  ])('of %s is not that of another one of the interface', (section, what, first, second) => {
    expect(errorOf(mapping({ [section]: { [first]: { name: second } } })).problems).toEqual([
      {
        code: 'member_name_taken',
        path: `extend(desk).${section}.${second}`,
        message: `${what} '${second}' of interface 'desk': the name '${second}' is taken by another ${what} of the interface, '${first}'.`,
        remedy: 'Give one of them another name.',
      },
    ])
    expect(reportOf(mapping({ [section]: { [first]: { name: 'same' }, [second]: { name: 'same' } } }))).toEqual([
      `member_name_taken extend(desk).${section}.${second}: ${what} '${second}' of interface 'desk': the name 'same' is taken by another ${what} of the interface, '${first}'.`,
    ])
  })

  test('may be that of another one which gets a new name too', () => {
    const definition = new IntegrationDefinition({ name: 'acme' }).extend(desk, () => ({
      entities: {},
      actions: { open: { name: 'close' }, close: { name: 'open' } },
    }))
    expect(definition.interfaces[0]?.actions).toMatchObject({ open: { name: 'close' }, close: { name: 'open' } })
  })

  test('that is undefined is none', () => {
    const definition = mapping({ actions: { open: { name: undefined }, close: undefined }, events: undefined })()
    expect(Object.keys(definition.actions)).toEqual(['open', 'close'])
  })

  test('may be `entities` in an integration, where needs do not look', () => {
    const definition = mapping({ actions: { open: { name: 'entities' } } })()
    expect(Object.keys(definition.actions)).toEqual(['entities', 'close'])
  })
})

test('what is said anew is of its kind', () => {
  const wrong = {
    actions: { open: { title: 1, description: [], billable: 'yes', cacheable: 0, idempotent: null, attributes: [1] } },
    events: { opened: { title: true }, closed: 'shut' },
    channels: {
      inbox: { title: {}, assume: 'yes', message: { tags: 'id' }, conversation: { tags: { 'the id': {}, id: 'Id' } } },
    },
    capabilities: 'search',
  }
  expect(reportOf(mapping(wrong))).toEqual([
    'definition_invalid extend(desk).actions.open.title: expected text, given 1.',
    'definition_invalid extend(desk).actions.open.description: expected text, given [].',
    "definition_invalid extend(desk).actions.open.billable: expected true or false, given 'yes'.",
    'definition_invalid extend(desk).actions.open.cacheable: expected true or false, given 0.',
    'definition_invalid extend(desk).actions.open.idempotent: expected true or false, given null.',
    'definition_invalid extend(desk).actions.open.attributes: expected an object of texts, given [1].',
    'definition_invalid extend(desk).events.opened.title: expected text, given true.',
    "definition_invalid extend(desk).events.closed: expected an object, given 'shut'.",
    'definition_invalid extend(desk).channels.inbox.title: expected text, given {}.',
    "definition_invalid extend(desk).channels.inbox.assume: expected true or false, given 'yes'.",
    "tag_invalid extend(desk).channels.inbox.message.tags: 'id' is no record of tags.",
    "name_invalid extend(desk).channels.inbox.conversation.tags.the id: 'the id' is no name of a tag.",
    "tag_invalid extend(desk).channels.inbox.conversation.tags.id: a tag is an object, not 'Id'.",
    "definition_invalid extend(desk).capabilities: expected a list of capabilities, given 'search'.",
  ])
})

test.each(['entities', 'actions', 'events', 'channels'])('%s are an object', (part) => {
  expect(reportOf(mapping({ [part]: [] }))).toEqual([
    `definition_invalid extend(desk).${part}: expected an object, given [].`,
  ])
})
