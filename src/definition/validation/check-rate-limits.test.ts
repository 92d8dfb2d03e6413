import { describe, expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { errorOf, loosely } from '../problems-of.fixture.ts'

const io = { schema: z.object({}) }
const define = (props: object) =>
  new IntegrationDefinition(loosely({ name: 'acme', actions: { ask: { input: io, output: io } }, ...props }))
const told = (work: () => unknown): string[] =>
  errorOf(work).problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)

describe('declared rate limits', () => {
  it('have numbers that can be kept, and scopes that there are', () => {
    const problems = told(() =>
      define({
        rateLimits: {
          messages: [{ limit: 0, per: 1000 }, { limit: 1.5, per: 0 }, { limit: 1, per: 1, scope: 'user' }, 30],
          actions: { ask: { limit: 1, per: 1 }, '*': [{ limit: 1, per: 1, scope: 'conversation' }] },
          calls: [],
        },
        configuration: { ...io, rateLimits: { messages: [{ limit: 1 }] } },
        configurations: { other: { ...io, rateLimits: { messages: [{ limit: 1, per: 1, burst: 2 }] } } },
      }),
    )
    expect(problems).toEqual([
      'rate_limit_invalid configuration.rateLimits.messages.0.per: expected milliseconds from 1 to 2678400000, given nothing.',
      "definition_invalid rateLimits.calls: there is no 'calls' here.",
      'rate_limit_invalid rateLimits.messages.0.limit: expected a whole number from 1 to 1000000, given 0.',
      'rate_limit_invalid rateLimits.messages.1.limit: expected a whole number from 1 to 1000000, given 1.5.',
      'rate_limit_invalid rateLimits.messages.1.per: expected milliseconds from 1 to 2678400000, given 0.',
      "rate_limit_invalid rateLimits.messages.2.scope: expected 'installation', 'integration', 'conversation', given 'user'.",
      'rate_limit_invalid rateLimits.messages.3: expected a limit, given 30.',
      'rate_limit_invalid rateLimits.actions.ask: expected a list of limits, given {"limit":1,"per":1}.',
      "rate_limit_invalid rateLimits.actions.*.0.scope: expected 'installation', 'integration', given 'conversation'.",
      "definition_invalid configurations.other.rateLimits.messages.0.burst: there is no 'burst' here.",
    ])
  })

  it('are of actions that there are, once the definition is whole', () => {
    const handlers = loosely({ actions: { ask: async () => ({}) } })
    const limits = { actions: { ask: [{ limit: 1, per: 1 }], tell: [{ limit: 1, per: 1 }], '*': [] } }
    expect(told(() => new IntegrationImplementation(loosely(define({ rateLimits: limits })), handlers))).toEqual([
      "action_unknown rateLimits.actions.tell: there is no action 'tell' to be limited.",
    ])
    expect(
      told(() => new BotDefinition().addIntegration(loosely(define({})), loosely({ rateLimits: limits }))),
    ).toEqual([
      "action_unknown addIntegration.options.rateLimits.actions.tell: there is no action 'tell' to be limited.",
    ])
  })

  it('are kept as they were declared, frozen', () => {
    const rateLimits = { messages: [{ limit: 1, per: 1000 }] }
    const definition = define({ rateLimits })
    expect(definition.rateLimits).toEqual(rateLimits)
    expect(() => Object.assign(definition.rateLimits, { messages: [] })).toThrow(TypeError)
    expect(define({}).rateLimits).toEqual({})
  })
})
