import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, messages, z } from 'plugboard'
import { errorOf, loosely, problemsOf, sentencesOf } from './problems-of.fixture.ts'

const schema = z.object({ id: z.string() })
const define = (props: object) => new IntegrationDefinition(loosely({ name: 'acme', ...props }))

test('everything that is wrong is told at once, each with code, place, sentence and remedy', () => {
  const error = errorOf(() =>
    define({
      name: 'Acme Corp',
      version: '1.0',
      configurations: { default: { schema } },
      entities: { Thing: { schema: z.string() } },
      actions: { 'send-it': { output: { schema } }, ask: { input: { schema } } },
      channels: {
        direct: { messages: {} },
        group: { messages: { text: {} }, conversation: { tags: { 'chat id': {} } } },
      },
      states: { cursor: { schema } },
      secrets: { apiKey: {} },
      attributes: { rank: 1 },
    }),
  )
  expect(error).toMatchObject({
    name: 'DefinitionError',
    code: 'definition_invalid',
    where: { integration: 'Acme Corp' },
  })
  expect(error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toEqual([
    'definition_invalid attributes: expected an object of texts, given {"rank":1}.',
    "name_invalid name: 'Acme Corp' is no name in kebab-case.",
    "version_invalid version: '1.0' is no semantic version.",
    "name_taken configurations.default: 'default' is the name of the unnamed configuration.",
    "name_invalid entities.Thing: 'Thing' is no name in camelCase.",
    'schema_not_object entities.Thing.schema: expected the schema of an object, given string.',
    "name_invalid actions.send-it: 'send-it' is no name in camelCase.",
    'action_input_missing actions.send-it.input: the action declares no input.',
    'action_output_missing actions.ask.output: the action declares no output.',
    'channel_empty channels.direct.messages: the channel declares no message.',
    'schema_missing channels.group.messages.text: expected { schema: z.object({ … }) }, given {}.',
    "name_invalid channels.group.conversation.tags.chat id: 'chat id' is no name of a tag.",
    "state_type_missing states.cursor.type: expected one of 'integration', 'conversation', 'user', given nothing.",
    "secret_name_invalid secrets.apiKey: 'apiKey' is not in SCREAMING_SNAKE_CASE.",
  ])
  for (const { code, path, message, remedy } of error.problems) {
    expect(error.message).toContain(`[${code}] ${path}: ${message} ${remedy}`)
    expect(message).toMatch(/\S.*\.$/)
    expect(remedy).toMatch(/\S.*\.$/)
  }
})

describe('names', () => {
  test.each(['acme', 'acme-2', 'acme/telegram-bot', 'a1'])('%s names a definition', (name) => {
    expect(define({ name })).toMatchObject({ name, title: name })
  })

  test.each([
    '',
    'Acme',
    'acme_corp',
    'acme--corp',
    '-acme',
    'acme-',
    '1acme',
    'a/b/c',
    'acme corp',
    'constructor',
    'then',
  ])('"%s" names no definition', (name) => expect(problemsOf(() => define({ name }))).toEqual(['name_invalid name']))

  test.each(['send', 'sendMessage', 'v2'])('%s names a member', (name) => {
    expect(Object.keys(define({ events: { [name]: { schema } } }).events)).toEqual([name])
  })

  test.each([
    'SendMessage',
    'send-message',
    'send_message',
    '2nd',
    '',
    'constructor',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'isPrototypeOf',
    'propertyIsEnumerable',
    'toLocaleString',
    'prototype',
    'then',
    'toJSON',
  ])('"%s" names no member, whatever its kind', (name) => {
    const input = { schema }
    for (const section of [
      { entities: { [name]: input } },
      { events: { [name]: input } },
      { actions: { [name]: { input, output: input } } },
      { states: { [name]: { type: 'user', schema } } },
      { channels: { [name]: { messages: { text: input } } } },
      { configurations: { [name]: input } },
    ])
      expect(problemsOf(() => define(section))).toEqual([`name_invalid ${Object.keys(section)[0]}.${name}`])
  })

  test('a key that could be taken for the prototype is a name like any other, and no good one', () => {
    const section = JSON.parse('{ "__proto__": { "polluted": true } }') as object
    for (const part of ['actions', 'events', 'entities', 'channels', 'states', 'configurations', 'secrets'])
      expect(problemsOf(() => define({ [part]: section }))).toContainEqual(
        expect.stringMatching(new RegExp(`^(secret_)?name_invalid ${part}\\.__proto__$`)),
      )
    expect(problemsOf(() => define({ user: { tags: section } }))).toContain('name_invalid user.tags.__proto__')
    expect({}).not.toHaveProperty('polluted')
  })
})

test.each(['1.0', 'v1.0.0', '1.0.0+build', '01.0.0', '', 1, null])('%j is no version', (version) => {
  expect(problemsOf(() => define({ version }))).toEqual(['version_invalid version'])
})

test.each(['1.0.0', '0.0.1', '2.1.0-beta.3'])('%s is a version', (version) => {
  expect(define({ version }).version).toBe(version)
})

test('without a version it is one of development', () => {
  expect(define({}).version).toBe('0.0.0-dev')
})

describe('schemas', () => {
  test('a schema without the object around it is told what to write', () => {
    const error = errorOf(() => define({ configuration: schema, entities: { thing: schema } }))
    expect(error.problems).toMatchObject([
      { code: 'schema_missing', path: 'configuration', remedy: 'Write { schema: … } around it.' },
      { code: 'schema_missing', path: 'entities.thing', remedy: 'Write { schema: … } around it.' },
    ])
  })

  test.each([
    ['text', z.string()],
    ['a list', z.array(schema)],
    ['an object or nothing', schema.optional()],
    ['an object or text', z.union([schema, z.string()])],
  ])('%s is no object', (_, given) => {
    expect(problemsOf(() => define({ events: { happened: { schema: given } } }))).toEqual([
      'schema_not_object events.happened.schema',
    ])
  })

  test('a place inside a schema where none is, is found before anything is parsed', () => {
    const misspelt = { model: schema } as { model: z.ZodType; modell?: z.ZodType }
    const events = {
      named: { schema: z.object({ model: misspelt.modell as never }) },
      listed: { schema: z.object({ models: z.array(misspelt.modell as never) }) },
      deep: { schema: z.object({ inner: z.object({ model: z.optional('text' as never) }) }) },
    }
    expect(problemsOf(() => define({ events }))).toEqual([
      'schema_missing events.named.schema.model',
      'schema_missing events.listed.schema.models[]',
      'schema_missing events.deep.schema.inner.model',
    ])
  })

  test('a schema that refers to what is not there yet is told, and does not throw', () => {
    const later: z.ZodType[] = []
    const lazy = z.object({ item: z.lazy(() => later[0]!.optional()) })
    expect(sentencesOf(() => define({ events: { happened: { schema: lazy } } }))).toEqual([
      expect.stringContaining('the schema cannot be looked at: '),
    ])
  })

  test('a schema that holds itself, and one that is made anew whenever it is read, are accepted', () => {
    const tree: z.ZodType = z.object({ children: z.array(z.lazy(() => tree)) })
    const endless = (): z.ZodType => z.object({ next: z.lazy(endless).optional() })
    expect(Object.keys(define({ events: { a: { schema: tree }, b: { schema: endless() } } }).events)).toEqual([
      'a',
      'b',
    ])
  })
})

test('what there is no place for is told with what there is', () => {
  const input = { schema }
  const error = errorOf(() =>
    define({
      chanels: {},
      actions: { ask: { input: { ...input, ui: {} }, output: input, bilable: true } },
      states: { cursor: { type: 'user', schema, expiry: 5 } },
      identifier: { script: '' },
    }),
  )
  expect(error.problems.map(({ path }) => path)).toEqual([
    'chanels',
    'actions.ask.bilable',
    'actions.ask.input.ui',
    'states.cursor.expiry',
    'identifier.script',
  ])
  expect(error.problems[0]?.remedy).toContain("'channels'")
})

test('texts, flags and lists are of their kinds', () => {
  const input = { schema }
  const wrong = {
    title: 1,
    icon: {},
    configuration: { schema, capabilities: 'stream' },
    actions: {
      ask: { input, output: input, title: [], billable: 'yes', cacheable: 0, idempotent: null, attributes: [] },
    },
    user: { tags: { login: { identity: 'yes' } } },
    secrets: { API_KEY: { optional: 1 } },
    identifier: { extractScript: 1 },
    __advanced: 'esbuild',
  }
  expect(new Set(problemsOf(() => define(wrong)))).toEqual(
    new Set([
      'definition_invalid title',
      'definition_invalid icon',
      'definition_invalid configuration.capabilities',
      'definition_invalid actions.ask.title',
      'definition_invalid actions.ask.billable',
      'definition_invalid actions.ask.cacheable',
      'definition_invalid actions.ask.idempotent',
      'definition_invalid actions.ask.attributes',
      'definition_invalid user.tags.login.identity',
      'definition_invalid secrets.API_KEY.optional',
      'definition_invalid identifier.extractScript',
      'definition_invalid __advanced',
    ]),
  )
})

test('a tag is an object', () => {
  expect(problemsOf(() => define({ user: { tags: { login: 'Login' } } }))).toEqual(['tag_invalid user.tags.login'])
  expect(problemsOf(() => define({ user: { tags: ['login'] } }))).toEqual(['tag_invalid user.tags'])
})

test.each(['API_KEY', 'KEY', 'KEY_2'])('%s names a secret', (name) => {
  expect(Object.keys(define({ secrets: { [name]: {} } }).secrets)).toEqual([name])
})

test('a secret of another form is told its own name in the right one', () => {
  const error = errorOf(() => define({ secrets: { apiKey: {}, 'openai-key': {}, _KEY: {}, '': {} } }))
  expect(error.problems.map(({ remedy }) => remedy)).toEqual([
    "Write it like 'API_KEY'.",
    "Write it like 'OPENAI_KEY'.",
    "Write it like 'KEY'.",
    "Write it like 'API_KEY'.",
  ])
})

describe('a definition is plain data', () => {
  const payload = z.object({ text: z.string() })
  const definition = new IntegrationDefinition({
    name: 'acme',
    version: '1.0.0',
    configuration: { schema },
    configurations: { oauth: { schema, capabilities: ['stream'] } },
    entities: { thing: { schema } },
    actions: { ask: { title: 'Ask', billable: true, input: { schema }, output: { schema: payload } } },
    events: { happened: { schema } },
    channels: {
      direct: { messages: { text: messages.defaults.text, note: { schema: payload } }, message: { tags: { id: {} } } },
    },
    states: { cursor: { type: 'integration', schema } },
    user: { tags: { login: { identity: true } } },
    secrets: { API_KEY: { optional: true } },
    attributes: { category: 'chat' },
  })

  test('its sections can be enumerated, and its metadata written down', () => {
    expect(Object.keys(definition.actions)).toEqual(['ask'])
    expect(Object.keys(definition.channels.direct.messages)).toEqual(['text', 'note'])
    const { input: _, output: __, ...metadata } = definition.actions.ask
    // oxlint-disable-next-line unicorn/prefer-structured-clone -- what JSON keeps of it is the point
    expect(JSON.parse(JSON.stringify(metadata))).toEqual({
      name: 'ask',
      title: 'Ask',
      description: '',
      billable: true,
      cacheable: false,
      idempotent: false,
      attributes: {},
    })
    expect(definition.entities.thing).toMatchObject({ name: 'thing', schema })
  })

  test('its containers cannot be changed, by its author neither', () => {
    const change = (container: object) => () => Object.assign(container, { added: true })
    for (const container of [
      definition.actions,
      definition.actions.ask,
      definition.actions.ask.input,
      definition.actions.ask.attributes,
      definition.channels,
      definition.channels.direct,
      definition.channels.direct.messages,
      definition.channels.direct.messages.note,
      definition.channels.direct.message!.tags!,
      definition.configuration!,
      definition.configurations.oauth.capabilities!,
      definition.entities.thing,
      definition.events.happened,
      definition.states.cursor,
      definition.user.tags.login,
      definition.secrets.API_KEY,
      definition.attributes,
    ])
      expect(change(container)).toThrow(TypeError)
  })

  test('its schemas are the author’s, and parse', () => {
    expect(definition.actions.ask.output.schema).toBe(payload)
    expect(Object.isFrozen(payload)).toBe(false)
    expect(payload.parse({ text: 'a' })).toEqual({ text: 'a' })
  })

  test('what the author changes afterwards changes nothing', () => {
    const props = { name: 'acme', events: { happened: { schema, title: 'Before' } }, attributes: { a: 'before' } }
    const taken = new IntegrationDefinition(props)
    props.events.happened.title = 'After'
    props.attributes.a = 'after'
    expect(taken.events.happened.title).toBe('Before')
    expect(taken.attributes).toEqual({ a: 'before' })
  })
})
