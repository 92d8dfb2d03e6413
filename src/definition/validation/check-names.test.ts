import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, z } from 'plugboard'
import { errorOf, loosely, problemsOf, reportOf } from '../problems-of.fixture.ts'

const schema = z.object({ id: z.string() })
const define = (props: object) => new IntegrationDefinition(loosely({ name: 'acme', ...props }))

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

  test('that are reserved are told to be, others what form they should have', () => {
    const error = errorOf(() =>
      define({
        name: 'constructor',
        events: { valueOf: { schema }, Sent: { schema } },
        user: { tags: { toString: {} } },
      }),
    )
    expect(error.problems.map(({ message, remedy }) => `${message} ${remedy}`)).toEqual([
      "the name 'constructor' is reserved. Write it like 'my-integration' or 'acme/my-integration'.",
      "the name 'valueOf' is reserved. Write it like 'sendMessage'.",
      "'Sent' is no name in camelCase. Write it like 'sendMessage'.",
      "'toString' is no name of a tag. Write it like 'chatId'.",
    ])
  })

  test.each(['chatId', 'chat-id', 'chat_id', 'id2'])('%s names a tag, by the platform’s own word', (name) => {
    expect(Object.keys(define({ user: { tags: { [name]: {} } } }).user.tags)).toEqual([name])
  })

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
    expect(problemsOf(() => define({ channels: { direct: { messages: { [name]: input } } } }))).toEqual([
      `name_invalid channels.direct.messages.${name}`,
    ])
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
  const shown = typeof version === 'string' ? `'${version}'` : String(version)
  expect(reportOf(() => define({ version }))).toEqual([`version_invalid version: ${shown} is no semantic version.`])
})

test.each(['1.0.0', '0.0.1', '2.1.0-beta.3'])('%s is a version', (version) => {
  expect(define({ version }).version).toBe(version)
})

test('without a version it is one of development', () => {
  expect(define({}).version).toBe('0.0.0-dev')
})

test('a tag is an object', () => {
  expect(reportOf(() => define({ user: { tags: { login: 'Login' } } }))).toEqual([
    "tag_invalid user.tags.login: a tag is an object, not 'Login'.",
  ])
  expect(reportOf(() => define({ user: { tags: ['login'] } }))).toEqual([
    'tag_invalid user.tags: ["login"] is no record of tags.',
  ])
  expect(reportOf(() => define({ user: ['login'] }))).toEqual([
    'definition_invalid user: expected an object, given ["login"].',
  ])
  const direct = { messages: { text: { schema } }, message: { tags: { id: null } }, conversation: { tag: {} } }
  expect(reportOf(() => define({ channels: { direct } }))).toEqual([
    'tag_invalid channels.direct.message.tags.id: a tag is an object, not null.',
    "definition_invalid channels.direct.conversation.tag: there is no 'tag' here.",
  ])
})

test.each(['API_KEY', 'KEY', 'KEY_2'])('%s names a secret', (name) => {
  expect(Object.keys(define({ secrets: { [name]: {} } }).secrets)).toEqual([name])
})

test('a secret of another form is told its own name in the right one', () => {
  const error = errorOf(() => define({ secrets: { apiKey: {}, 'openai-key': {}, _KEY: {}, '': {} } }))
  expect(error.problems.map(({ code, path, message, remedy }) => `${code} ${path}: ${message} ${remedy}`)).toEqual([
    "secret_name_invalid secrets.apiKey: 'apiKey' is not in SCREAMING_SNAKE_CASE. Write it like 'API_KEY'.",
    "secret_name_invalid secrets.openai-key: 'openai-key' is not in SCREAMING_SNAKE_CASE. Write it like 'OPENAI_KEY'.",
    "secret_name_invalid secrets._KEY: '_KEY' is not in SCREAMING_SNAKE_CASE. Write it like 'KEY'.",
    "secret_name_invalid secrets.: '' is not in SCREAMING_SNAKE_CASE. Write it like 'API_KEY'.",
  ])
})
