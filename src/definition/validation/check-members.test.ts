import { expect, test } from 'vitest'
import { IntegrationDefinition, z } from 'plugboard'
import { errorOf, loosely, problemsOf } from '../problems-of.fixture.ts'

const schema = z.object({ id: z.string() })
const define = (props: object) => new IntegrationDefinition(loosely({ name: 'acme', ...props }))

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

test('a section may be what `import * as` gives, and is no list, Map or schema', () => {
  const events = Object.create(null, {
    [Symbol.toStringTag]: { value: 'Module' },
    happened: { value: { schema }, enumerable: true },
  }) as object
  expect(Object.keys(define({ events }).events)).toEqual(['happened'])
  for (const wrong of [[], new Map(), schema, 5])
    expect(problemsOf(() => define({ events: wrong }))).toEqual(['definition_invalid events'])
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

test.each([undefined, 'bot', 'workflow', 'conversations', null])(
  'a state of an integration does not belong to %j',
  (type) => {
    const given = type === undefined ? 'nothing' : type === null ? 'null' : `'${type}'`
    expect(errorOf(() => define({ states: { cursor: { type, schema } } })).problems).toEqual([
      {
        code: 'state_type_missing',
        path: 'states.cursor.type',
        message: `expected one of 'integration', 'conversation', 'user', given ${given}.`,
        remedy: 'Say what the state belongs to.',
      },
    ])
  },
)

test.each([{}, { messages: {} }, { messages: undefined }])('a channel of %j is empty', (channel) => {
  expect(errorOf(() => define({ channels: { direct: channel } })).problems).toEqual([
    {
      code: 'channel_empty',
      path: 'channels.direct.messages',
      message: 'the channel declares no message.',
      remedy: 'Declare at least one, such as { text: messages.defaults.text }.',
    },
  ])
})

test.each([undefined, {}, schema, { schema: undefined }])('an action has no input where it is %o', (input) => {
  const [problem] = errorOf(() => define({ actions: { ask: { input, output: { schema } } } })).problems
  expect(problem).toMatchObject(
    input === undefined
      ? {
          code: 'action_input_missing',
          path: 'actions.ask.input',
          remedy: 'An action without parameters takes { schema: z.object({}) }.',
        }
      : { code: 'schema_missing', path: 'actions.ask.input' },
  )
})
