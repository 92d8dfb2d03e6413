import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, messages, z } from 'plugboard'
import { errorOf, loosely, reportOf } from './problems-of.fixture.ts'

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

test('what is wrong with how a channel sends is told', () => {
  const channel = (sending: object) => ({ messages: { text: { schema } }, ...sending })
  const error = errorOf(() =>
    define({
      channels: {
        direct: channel({ drafts: true, unknownOutcome: 'hope' }),
        group: channel({ drafts: { every: -1, often: true } }),
        news: channel({ drafts: { every: 0 }, unknownOutcome: 'put-aside' }),
      },
    }),
  )
  expect(error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toEqual([
    'definition_invalid channels.direct.drafts: expected an object, given true.',
    "definition_invalid channels.direct.unknownOutcome: expected 'send-again', 'put-aside', given 'hope'.",
    "definition_invalid channels.group.drafts.often: there is no 'often' here.",
    'definition_invalid channels.group.drafts.every: expected milliseconds, given -1.',
  ])
})

test('several configurations stand beside the unnamed one, each with the capabilities that it leaves', () => {
  const guest = { schema: z.object({ name: z.string() }), title: 'Guest', capabilities: ['stream'] }
  const definition = define({ configuration: { schema }, configurations: { guest, oauth: { schema } } })
  expect(definition.configuration).toEqual({ schema })
  expect(definition.configurations).toEqual({ guest, oauth: { schema } })
  expect(reportOf(() => define({ configurations: { default: { schema }, Guest: guest, token: {} } }))).toEqual([
    "name_taken configurations.default: 'default' is the name of the unnamed configuration.",
    "name_invalid configurations.Guest: 'Guest' is no name in camelCase.",
    'schema_missing configurations.token: expected { schema: z.object({ … }) }, given {}.',
  ])
})

test('scripts that identify an installation, and settings of tools, are kept as they are', () => {
  const identifier = { extractScript: 'to_string!(.id)', fallbackHandlerScript: '.' }
  const __advanced = { esbuild: { minify: true } }
  expect(define({ identifier, __advanced, icon: 'icon.svg', readme: 'README.md' })).toMatchObject({
    identifier,
    __advanced,
    icon: 'icon.svg',
    readme: 'README.md',
  })
  expect(reportOf(() => define({ identifier: 'id', __advanced: [] }))).toEqual([
    'definition_invalid __advanced: expected an object, given [].',
    "definition_invalid identifier: expected an object, given 'id'.",
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
      definition.interfaces,
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
