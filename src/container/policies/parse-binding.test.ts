import { describe, expect, test } from 'vitest'
import { bind, failover } from '../../definition/binding.ts'
import { budget, cache, meter, rateLimit, retry, timeout } from '../../definition/policy.ts'
import { parseBinding } from './parse-binding.ts'

/** As a file has it. */
const parse = (json: string) => parseBinding(JSON.parse(json), 'bindings.assistant.llm')

describe('a binding of a configuration file is the one that code gives', () => {
  test.each([
    ['an alias', '"openai"', bind('openai')],
    ['a failover', '["anthropic", "openai"]', failover('anthropic', 'openai')],
    [
      'an implementation',
      '{ "integrationAlias": "acme", "integrationInterfaceAlias": "users" }',
      bind({ integrationAlias: 'acme', integrationInterfaceAlias: 'users' }),
    ],
    [
      'a failover of implementations, with policies',
      '{ "to": ["a", { "integrationAlias": "acme", "integrationInterfaceAlias": "users" }], "meter": true }',
      bind(failover('a', { integrationAlias: 'acme', integrationInterfaceAlias: 'users' }), meter()),
    ],
    [
      'every policy, the first outermost',
      '{ "to": "openai", "timeout": 30000, "retry": { "attempts": 4 }, "cache": { "milliseconds": 60000 }, "rateLimit": { "calls": 10, "per": 1000 }, "meter": true, "budget": { "cost": 1 } }',
      bind(
        'openai',
        timeout(30_000),
        retry({ attempts: 4 }),
        cache(60_000),
        rateLimit({ calls: 10, per: 1_000 }),
        meter(),
        budget({ cost: 1 }),
      ),
    ],
    [
      'policies in another order, in their other forms',
      '{ "budget": { "calls": 5, "per": 1000 }, "meter": {}, "cache": 60000, "retry": true, "to": "openai", "timeout": { "milliseconds": 5 } }',
      bind('openai', budget({ calls: 5, per: 1_000 }), meter(), cache(60_000), retry(), timeout(5)),
    ],
    [
      'policies that are left out',
      '{ "to": "openai", "meter": false, "timeout": false, "retry": true }',
      bind('openai', retry()),
    ],
    [
      'a list of policies, one of them twice',
      '{ "to": "openai", "policies": [{ "policy": "timeout", "milliseconds": 9 }, { "policy": "retry" }, { "policy": "timeout", "milliseconds": 3 }] }',
      bind('openai', timeout(9), retry(), timeout(3)),
    ],
  ])('%s', (_what, json, binding) => {
    expect(parse(json)).toEqual(binding)
  })

  test('what bind() gives, written to JSON and read', () => {
    const binding = bind(
      failover('a', 'b'),
      timeout(9),
      retry(),
      cache(5),
      rateLimit({ calls: 1, per: 2 }),
      meter(),
      budget({ cost: 1 }),
    )
    expect(parse(JSON.stringify(binding))).toEqual(binding)
  })
})

describe('what is wrong is told by its place', () => {
  test.each([
    ['a number', '5', '', '5 is no candidate.'],
    ['nothing', 'null', '', 'null is no candidate.'],
    ['no candidate', '[]', '', 'The binding has no candidate.'],
    ['no `to`', '{ "timeout": 5 }', '', 'The binding does not say what it is to.'],
    ['a candidate twice', '["a", "a"]', '', "'a' is there twice among the candidates of a failover."],
    ['an unknown policy', '{ "to": "a", "timeOut": 5 }', '.timeOut', "There is no policy 'timeOut'."],
    ['a name that every object has', '{ "to": "a", "__proto__": 5 }', '.__proto__', "There is no policy '__proto__'."],
    [
      'an unknown field',
      '{ "to": "a", "retry": { "times": 5 } }',
      '.retry.times',
      "'retry' has no field of that name.",
    ],
    ['a text for a number', '{ "to": "a", "timeout": { "milliseconds": "5" } }', '.timeout.milliseconds', "It is '5'."],
    ['false for a policy that does not exist', '{ "to": "a", "memo": false }', '.memo', "There is no policy 'memo'."],
    [
      'an unknown policy in a list',
      '{ "to": "a", "policies": [{ "policy": "memo" }] }',
      '.memo',
      "There is no policy 'memo'.",
    ],
    ['null for a default', '{ "to": "a", "retry": { "attempts": null } }', '.retry.attempts', 'It is null.'],
    ['a missing field', '{ "to": "a", "rateLimit": { "calls": 5 } }', '.rateLimit.per', 'It is nothing.'],
    ['true for what needs fields', '{ "to": "a", "budget": true }', '.budget', "true is no 'budget'."],
    ['true for milliseconds', '{ "to": "a", "timeout": true }', '.timeout', "true is no 'timeout'."],
    ['a number for what needs fields', '{ "to": "a", "retry": 3 }', '.retry', "3 is no 'retry'."],
    ['policies that are no list', '{ "to": "a", "policies": {} }', '.policies', '{} is no list.'],
    ['two ways at once', '{ "to": "a", "policies": [], "meter": true }', '', "Beside `policies` stand 'meter'."],
    ['a list with what is no policy', '{ "to": "a", "policies": [5] }', '', '5 is no policy.'],
    [
      'a list with a nameless policy',
      '{ "to": "a", "policies": [{ "milliseconds": 5 }] }',
      '',
      '{"milliseconds":5} is no policy.',
    ],
    ['a budget of nothing', '{ "to": "a", "budget": {} }', '.budget', 'It limits nothing.'],
  ])('%s', (_what, json, path, message) => {
    expect(parse(json)).toMatchObject([
      { code: 'binding_policy_invalid', path: `bindings.assistant.llm${path}`, message },
    ])
  })

  test('all of it at once', () => {
    const problems = parse('{ "to": ["a", "a"], "timeout": 0, "nothing": 1, "retry": { "attempts": 0 } }')
    expect(problems).toHaveLength(4)
  })
})
