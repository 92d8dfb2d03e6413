import { describe, expect, test } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { errorOf, loosely, reportOf } from '../definition/problems-of.fixture.ts'

const schema = z.object({})
const io = { input: { schema }, output: { schema } }
const handler = async () => ({})
const send = async () => {}
const acme = () =>
  new IntegrationDefinition({
    name: 'acme',
    actions: { ask: io, tell: io },
    channels: { direct: { messages: { text: { schema }, card: { schema } } } },
  })
const whole = {
  actions: { ask: handler, tell: handler },
  channels: { direct: { messages: { text: send, card: send } } },
}
const implement = (handlers: unknown) => () => new IntegrationImplementation(loosely(acme()), loosely(handlers))

describe('the implementation of an integration', () => {
  test('has a handler for everything that is declared, and none beside', () => {
    const error = errorOf(
      implement({
        register: 5,
        unregsiter: handler,
        webhook: { verify: 'yes', deliverId: handler },
        files: { read: 5 },
        actions: { ask: 'text', tel: handler },
        channels: { direct: { messages: { text: handler }, title: 'Direct' }, group: { messages: {} } },
      }),
    )
    expect(error).toMatchObject({ code: 'implementation_invalid', where: { integration: 'acme' } })
    expect(error.message).toContain("the implementation of integration 'acme' has 12 problems")
    const known =
      "'register', 'unregister', 'handler', 'listen', 'stop', 'capabilities', 'oauth', 'webhook', 'files', 'actions', 'channels'"
    expect(error.problems.map(({ code, path, message, remedy }) => `${code} ${path}: ${message} ${remedy}`)).toEqual([
      "handler_missing register: the handler for part of an implementation 'register' is no function, given 5. Write a function, or leave it out.",
      `handler_unknown unregsiter: the definition declares no part of an implementation of that name. It has ${known}.`,
      "handler_missing webhook.verify: the handler for part of `webhook` 'verify' is no function, given 'yes'. Write a function, or leave it out.",
      "handler_unknown webhook.deliverId: the definition declares no part of `webhook` of that name. It has 'verify', 'deliveryId', 'bodyLimit'.",
      "handler_missing files.secret: there is no handler for part of `files` 'secret'. Write a function.",
      "handler_missing files.read: the handler for part of `files` 'read' is no function, given 5. Write a function.",
      "handler_missing actions.ask: the handler for action 'ask' is no function, given 'text'. Write a function.",
      "handler_missing actions.tell: there is no handler for action 'tell'. Write a function.",
      "handler_unknown actions.tel: the definition declares no action of that name. It has 'ask', 'tell'.",
      "handler_unknown channels.group: the definition declares no channel of that name. It has 'direct'.",
      "handler_unknown channels.direct.title: the definition declares no part of a channel’s implementation of that name. It has 'messages'.",
      "handler_missing channels.direct.messages.card: there is no handler for message 'card'. Write a function.",
    ])
  })

  test('has drafts where its channel declares them, of messages that there are', () => {
    const definition = new IntegrationDefinition({
      name: 'acme',
      channels: { direct: { messages: { text: { schema }, card: { schema } }, drafts: {} } },
    })
    const direct = { messages: { text: send, card: send }, drafts: { text: send }, discardDraft: send }
    expect(new IntegrationImplementation(definition, { channels: { direct } }).handlers.channels).toBeDefined()
    const wrong = { ...direct, drafts: { text: 5, image: send }, discardDraft: 'yes', show: send }
    const error = errorOf(
      () => new IntegrationImplementation(loosely(definition), loosely({ channels: { direct: wrong } })),
    )
    expect(error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toEqual([
      'handler_unknown channels.direct.show: the definition declares no part of a channel’s implementation of that name.',
      "handler_missing channels.direct.drafts.text: the handler for draft 'text' is no function, given 5.",
      'handler_unknown channels.direct.drafts.image: the definition declares no draft of that name.',
      "handler_missing channels.direct.discardDraft: the handler for part of a channel’s implementation 'discardDraft' is no function, given 'yes'.",
    ])
    const undeclared = errorOf(
      implement({ ...whole, channels: { direct: { ...whole.channels.direct, drafts: { text: send } } } }),
    )
    expect(undeclared.problems).toMatchObject([{ code: 'handler_unknown', path: 'channels.direct.drafts' }])
  })

  test('has handlers that can be enumerated and not be changed', () => {
    const { handlers } = new IntegrationImplementation(acme(), whole)
    expect(Object.keys(handlers.actions)).toEqual(['ask', 'tell'])
    expect(() => Object.assign(handlers.actions, { more: handler })).toThrow(TypeError)
  })

  test('has handlers for what an extension brought, by the names that it has there', () => {
    const llm = new InterfaceDefinition({
      name: 'llm',
      actions: { generate: { input: { schema: () => schema }, output: { schema: () => schema } } },
    })
    const extended = () =>
      new IntegrationDefinition({ name: 'vendor' }).extend(llm, () => ({
        entities: {},
        actions: { generate: { name: 'complete' } },
      }))
    expect(
      reportOf(() => new IntegrationImplementation(extended(), loosely({ actions: { generate: handler } }))),
    ).toEqual([
      "handler_missing actions.complete: there is no handler for action 'complete'.",
      'handler_unknown actions.generate: the definition declares no action of that name.',
    ])
    expect(new IntegrationImplementation(extended(), { actions: { complete: handler } }).kind).toBe(
      'integration-implementation',
    )
  })

  test('leaves no capability by a configuration that the integration does not claim', () => {
    const llm = new InterfaceDefinition({ name: 'llm', capabilities: { stream: 'word by word', tools: 'uses tools' } })
    const definition = new IntegrationDefinition({
      name: 'vendor',
      configuration: { schema, capabilities: ['steam'] },
      configurations: { light: { schema, capabilities: ['stream', 'tools'] } },
    }).extend(llm, () => ({ entities: {}, capabilities: ['stream'] }))
    expect(reportOf(() => new IntegrationImplementation(definition, {}))).toEqual([
      "capability_unknown configuration.capabilities: a configuration leaves the capability 'steam', which the integration does not claim.",
      "capability_unknown configurations.light.capabilities: a configuration leaves the capability 'tools', which the integration does not claim.",
    ])
  })

  test.each([undefined, {}, { kind: 'integration' }, new PluginDefinition({ name: 'helper' })])(
    'is of an integration, not of %o',
    (given) => {
      const error = errorOf(() => new IntegrationImplementation(loosely(given), {}))
      expect(error.problems).toMatchObject([
        {
          code: 'definition_invalid',
          path: 'definition',
          message: expect.stringMatching(/^expected the definition of an integration, given /),
        },
      ])
    },
  )
})

describe('an implementation without its definition, for one that was extended by statement', () => {
  const start = async (handlers: object) => {
    const definition = acme()
    const packaged = definition.implementedBy(
      loosely(async () => ({ default: new IntegrationImplementation(loosely(handlers)) })),
    )
    return startBot(new BotDefinition().addIntegration(loosely(packaged)), { log: () => {} })
  }

  test('is checked when it is installed', async () => {
    await expect(start({ actions: { ask: handler, tel: handler } })).rejects.toMatchObject({
      problems: [
        { code: 'handler_missing', message: "there is no handler for action 'tell'." },
        { code: 'handler_unknown', message: 'the definition declares no action of that name.' },
      ],
    })
  })

  test('may lack handlers of messages, which its channel then does not carry', async () => {
    const { channels: _, ...handlers } = whole
    await using running = await start(handlers)
    expect(running.installations).toMatchObject([{ alias: 'acme', active: true }])
  })

  test('has the form of one at least', () => {
    expect(reportOf(() => new IntegrationImplementation(loosely({ actions: 5, channels: 'all' })))).toEqual([
      'definition_invalid actions: expected an object, given 5.',
      "definition_invalid channels: expected an object, given 'all'.",
    ])
  })
})

const consumer = { name: 'helper', actions: { ask: io } }
const implementPlugin = (handlers: unknown) =>
  new PluginImplementation(new PluginDefinition(consumer), loosely(handlers))
const implementBot = (handlers: unknown) => new BotImplementation(new BotDefinition(consumer), loosely(handlers))

describe.each([
  ['plugin', implementPlugin],
  ['bot', implementBot],
] as const)('the implementation of a %s', (kind, implement) => {
  test('has a handler for every action, and nothing beside', () => {
    const error = errorOf(() => implement({ actions: { aks: handler }, channels: {} }))
    expect(error).toMatchObject({ code: 'implementation_invalid', where: { [kind]: 'helper' } })
    expect(error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toEqual([
      `handler_unknown channels: the definition declares no part of the implementation of a ${kind} of that name.`,
      "handler_missing actions.ask: there is no handler for action 'ask'.",
      'handler_unknown actions.aks: the definition declares no action of that name.',
    ])
  })

  test('hears what has a name, by a function', () => {
    const { on, registered } = implement({ actions: { ask: handler } })
    on.message('*', loosely(handler))
    expect(registered).toEqual([{ moment: 'message', type: '*', handler }])
    expect(reportOf(() => on.event(loosely(''), loosely('text')))).toEqual([
      "handler_unknown on.event: expected the name of what is heard, or '*', given ''.",
      "handler_missing on.event: expected a function, given 'text'.",
    ])
    expect(registered).toHaveLength(1)
  })
})
