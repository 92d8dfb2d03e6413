import { describe, expect, test } from 'vitest'
import { BotDefinition, IntegrationDefinition, InterfaceDefinition, need, PluginDefinition, z } from 'plugboard'
import { errorOf, loosely, problemsOf, reportOf, sentencesOf } from './problems-of.fixture.ts'

const schema = z.object({ text: z.string() })
const llm = new InterfaceDefinition({
  name: 'llm',
  version: '1.0.0',
  entities: { model: { schema: z.object({ id: z.string() }) } },
})
const kinds = [
  ['plugin', (props: object) => new PluginDefinition(loosely({ name: 'helper', ...props }))],
  ['bot', (props: object) => new BotDefinition(loosely({ name: 'helper', ...props }))],
] as const

describe.each(kinds)('a %s', (kind, define) => {
  test('is told everything that is wrong with it at once', () => {
    const error = errorOf(() =>
      define({
        name: 'My Helper',
        version: 'one',
        interfaces: { Llm: llm, acme: new IntegrationDefinition({ name: 'acme' }), tts: undefined },
        configuration: { schema: z.string() },
        actions: { tell: { output: { schema } }, ask: { input: { schema } } },
        events: { 'was asked': { schema } },
        states: { cursor: { schema, type: 'integration', expiry: -1 } },
        recurringEvents: { daily: { type: 'digest', payload: {}, schedule: { cron: 'daily' } } },
        tables: { rows: {} },
        workflows: { order: { input: { schema }, tags: 'tags' } },
        conversation: { tags: { '#': {} } },
        secrets: { searchKey: {} },
      }),
    )
    expect(error).toMatchObject({ code: 'definition_invalid', where: { [kind]: 'My Helper' } })
    expect(error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toEqual([
      "name_invalid name: 'My Helper' is no name in kebab-case.",
      "version_invalid version: 'one' is no semantic version.",
      "name_invalid interfaces.Llm: 'Llm' is no name in camelCase.",
      "definition_invalid interfaces.acme: expected an interface or need(…), given integration 'acme'.",
      'definition_invalid interfaces.tts: expected an interface or need(…), given nothing.',
      'schema_not_object configuration.schema: expected the schema of an object, given string.',
      'action_input_missing actions.tell.input: the action declares no input.',
      'action_output_missing actions.ask.output: the action declares no output.',
      "name_invalid events.was asked: 'was asked' is no name in camelCase.",
      "state_type_missing states.cursor.type: expected one of 'conversation', 'user', 'bot', 'workflow', given 'integration'.",
      'definition_invalid states.cursor.expiry: expected milliseconds, given -1.',
      'schema_missing tables.rows: expected { schema: z.object({ … }) }, given {}.',
      "event_unknown recurringEvents.daily.type: no event 'digest' is declared.",
      "cron_invalid recurringEvents.daily.schedule.cron: 'daily' is no cron expression: it has not five or six fields.",
      'schema_missing workflows.order.output: expected { schema: z.object({ … }) }, given nothing.',
      "tag_invalid workflows.order.tags: 'tags' is no record of tags.",
      "name_invalid conversation.tags.#: '#' is no name of a tag.",
      "secret_name_invalid secrets.searchKey: 'searchKey' is not in SCREAMING_SNAKE_CASE.",
    ])
  })

  test.each([
    ['now', 'it has not five or six fields'],
    ['', 'it has not five or six fields'],
    ['* * * *', 'it has not five or six fields'],
    ['* * * * * * 2026', 'it has not five or six fields'],
    ['@daily', 'it has not five or six fields'],
    ['2026-01-01T00:00:00Z', 'it has not five or six fields'],
    ['61 * * * *', 'Invalid value for minute: 61'],
    ['* * * * NEVERDAY', expect.stringMatching(/.+/)],
    [5, 'it is no text'],
    [undefined, 'it is no text'],
  ])('%j is no cron expression', (cron, reason) => {
    const recurringEvents = { daily: { type: 'digest', payload: { text: '' }, schedule: { cron } } }
    const { problems } = errorOf(() => define({ events: { digest: { schema } }, recurringEvents }))
    const given = typeof cron === 'string' ? `'${cron}'` : (cron ?? 'nothing')
    expect(problems).toEqual([
      {
        code: 'cron_invalid',
        path: 'recurringEvents.daily.schedule.cron',
        message: typeof reason === 'string' ? `${given} is no cron expression: ${reason}.` : reason,
        remedy: "Write it like '0 9 * * 1-5', in UTC.",
      },
    ])
  })

  test.each(['0 9 * * 1-5', '*/5 * * * *', '30 0 9 * * MON'])('%s is a cron expression', (cron) => {
    const recurringEvents = { daily: { type: 'digest', payload: { text: '' }, schedule: { cron } } }
    expect(define({ events: { digest: { schema } }, recurringEvents }).recurringEvents).toEqual(recurringEvents)
  })

  test('a recurring event whose payload never fits is told before its first hour', () => {
    const recurringEvents = { daily: { type: 'digest', payload: { text: 1 }, schedule: { cron: '0 9 * * *' } } }
    expect(reportOf(() => define({ events: { digest: { schema } }, recurringEvents }))).toEqual([
      "payload_invalid recurringEvents.daily.payload.text: the payload does not fit the event 'digest': Invalid input: expected string, received number.",
    ])
  })

  test('a builder is tried with the entities of the needs', () => {
    const building = (build: unknown) => () =>
      define({ interfaces: { llm, narrator: need(llm) }, states: { last: { type: 'user', schema: build } } })
    type Given = { entities: Record<string, Record<string, z.ZodType>> }
    expect(Object.keys(building(({ entities }: Given) => z.object(entities['narrator']))().states)).toEqual(['last'])
    const { problems } = errorOf(building(({ entities }: Given) => z.object(entities['tts']!['voice'] as never)))
    expect(problems).toEqual([
      {
        code: 'builder_failed',
        path: 'states.last.schema',
        message: "the builder threw: Cannot read properties of undefined (reading 'voice').",
        remedy: "It is called with schemas of the entities: 'llm.model', 'narrator.model'.",
      },
    ])
    expect(problemsOf(building(({ entities }: Given) => z.object({ voice: entities['llm']!['voice']! })))).toEqual([
      'schema_missing states.last.schema.voice',
    ])
    expect(problemsOf(building(() => z.string()))).toEqual(['schema_not_object states.last.schema'])
    expect(problemsOf(building(() => ({})))).toEqual(['schema_missing states.last.schema'])
  })

  test('an entity in a builder is opaque, as it is once the needs are bound', () => {
    const takenApart = ({ entities }: { entities: { llm: { model: z.ZodObject } } }) =>
      entities.llm.model.pick({ id: true })
    expect(reportOf(() => define({ interfaces: { llm }, configuration: { schema: takenApart } }))).toEqual([
      'builder_failed configuration.schema: the builder threw: entities.llm.model.pick is not a function.',
    ])
  })

  test.each(['My', 'my-own', 'my own', 'toString', ''])('names nothing "%s"', (name) => {
    const io = { input: { schema }, output: { schema } }
    const digest = { type: 'digest', payload: { text: '' }, schedule: { cron: '0 9 * * *' } }
    const sections: [string, object][] = [
      ['interfaces', { [name]: llm }],
      ['actions', { [name]: io }],
      ['events', { digest: { schema }, [name]: { schema } }],
      ['states', { [name]: { type: 'user', schema } }],
      ['tables', { [name]: { schema } }],
      ['workflows', { [name]: io }],
      ['recurringEvents', { [name]: digest }],
    ]
    for (const [section, given] of sections)
      expect(problemsOf(() => define({ events: { digest: { schema } }, [section]: given }))).toEqual([
        `name_invalid ${section}.${name}`,
      ])
    expect(problemsOf(() => define({ secrets: { [name]: {} } }))).toEqual([`secret_name_invalid secrets.${name}`])
  })

  test('takes nothing that it does not know', () => {
    const error = errorOf(() => define({ channels: {}, events: { asked: { schema, tags: {} } }, user: { tag: {} } }))
    expect(error.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "channels: there is no 'channels' here.",
      "events.asked.tags: there is no 'tags' here.",
      "user.tag: there is no 'tag' here.",
    ])
    expect(error.problems[0]?.remedy).toContain("'interfaces'")
  })

  test('is plain data that cannot be changed', () => {
    const definition = define({
      interfaces: { llm },
      events: { asked: { schema } },
      states: { last: { type: 'user', schema, expiry: 5 } },
      user: { tags: { login: {} } },
    })
    expect(definition.events).toEqual({ asked: { schema } })
    expect(definition.tags).toEqual({ user: { login: {} }, conversation: {}, message: {} })
    for (const container of [
      definition.events,
      ...Object.values(definition.events),
      definition.needs,
      definition.tags.user,
    ])
      expect(Object.isFrozen(container)).toBe(true)
    expect(Object.isFrozen(schema)).toBe(false)
  })
})

test('a plugin keeps what catalogues ask for', () => {
  const declared = { name: 'helper', icon: 'icon.svg', readme: 'README.md', attributes: { category: 'fun' } }
  expect(new PluginDefinition(declared)).toMatchObject(declared)
})

test('a bot is called bot unless it says otherwise', () => {
  expect(new BotDefinition()).toMatchObject({ kind: 'bot', name: 'bot', title: 'bot', version: '0.0.0-dev' })
})

test('sentences name what was given', () => {
  expect(sentencesOf(() => new PluginDefinition(loosely({ name: 5 })))).toEqual(['5 is no name in kebab-case.'])
  expect(sentencesOf(() => new PluginDefinition(loosely(undefined)))).toEqual(['nothing is no name in kebab-case.'])
})
