import { describe, expect, it } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { rehearse } from './rehearse.ts'

const text = { schema: z.object({ text: z.string() }) }
const llm = () =>
  new InterfaceDefinition({
    name: 'llm',
    entities: { model: { schema: z.object({ id: z.string() }) }, options: { schema: z.object({}), optional: true } },
    capabilities: { stream: 'Gives the answer bit by bit.' },
    actions: {
      generate: { input: { schema: ({ model }) => z.object({ model }) }, output: { schema: () => z.object({}) } },
      listModels: {
        input: { schema: () => z.object({}) },
        output: { schema: ({ model }) => z.object({ models: z.array(model) }) },
      },
      narrate: {
        capability: 'stream',
        input: { schema: () => z.object({}) },
        stream: { schema: () => z.object({ word: z.string() }) },
        output: { schema: () => z.object({}) },
      },
    },
    events: { retired: { schema: ({ model }) => z.object({ model }) } },
  })
const rehearsed = (exported: object) => rehearse(async () => exported)
const fail = async (): Promise<never> => {
  throw new Error('it was called')
}
const called = { moment: 'call', codes: ['handler_failed'], messages: ['it was called'] }

describe('what is refused while it is declared', () => {
  it('is told with every problem, its place and its code once', async () => {
    const load = async () => ({ a: new IntegrationDefinition({ name: 'A', secrets: { a: {}, b: {} } }) })
    expect(await rehearse(load)).toMatchObject({
      moment: 'definition',
      codes: ['name_invalid', 'secret_name_invalid'],
      messages: [expect.stringMatching(/^name: /), expect.anything(), expect.anything()],
    })
  })

  it('is told by the name of the error where it has no code', async () => {
    expect(await rehearse(async () => Promise.reject(new TypeError('on.x is not a function')))).toEqual({
      moment: 'definition',
      codes: ['TypeError'],
      messages: ['on.x is not a function'],
    })
  })
})

describe('what is refused at the start', () => {
  it('is told of a bot that is exported', async () => {
    const bot = new BotDefinition({ interfaces: { llm: llm() } })
    expect(await rehearsed({ bot })).toMatchObject({ moment: 'start', codes: ['binding_missing'] })
  })

  it('is told of a definition whose implementation is another one’s', async () => {
    const [one, two] = [new IntegrationDefinition({ name: 'one' }), new IntegrationDefinition({ name: 'two' })]
    const other = new IntegrationImplementation(two, {})
    const packaged = one.implementedBy(async () => ({ default: other as never }))
    expect(await rehearsed({ default: packaged })).toMatchObject({ moment: 'start', codes: ['implementation_missing'] })
  })
})

describe('what is refused in the running bot', () => {
  it.each(['handler', 'action', 'stream', 'message'])('is told of the %s of an integration', async (part) => {
    const failing = <T>(name: string, given: T) => (name === part ? fail : async () => given)
    const empty = { schema: z.object({}) }
    const definition = new IntegrationDefinition({
      name: 'all',
      configuration: { schema: z.object({ key: z.string() }) },
      secrets: { KEY: {} },
      actions: { ping: { input: text, output: empty }, tell: { input: empty, stream: text, output: empty } },
      channels: { line: { messages: { text } } },
    })
    const implementation = new IntegrationImplementation(definition, {
      handler: failing('handler', undefined),
      actions: {
        ping: failing('action', {}),
        tell: async function* () {
          yield { text: '' }
          return failing('stream', {})()
        },
      },
      channels: { line: { messages: { text: failing('message', undefined) } } },
    })
    const refusal = await rehearsed({ implementation })
    expect(refusal).toMatchObject({ moment: 'call', messages: [expect.stringContaining('it was called')] })
  })

  it.each([
    ['a message', 'message', 'text'],
    ['an event of a need', 'event', 'llm:retired'],
    ['a hook', 'beforeOutgoingMessage', '*'],
  ] as const)('is told of a handler of %s', async (_, moment, type) => {
    const plugin = new PluginImplementation(new PluginDefinition({ name: 'helper', interfaces: { llm: llm() } }))
    const listen: (type: string, handler: typeof fail) => void = plugin.on[moment]
    listen(type, fail)
    expect(await rehearsed({ plugin })).toMatchObject({ moment: 'call', messages: [called.messages[0]] })
  })

  it('is told of the action of a plugin', async () => {
    const action = { input: text, output: text }
    const definition = new PluginDefinition({ name: 'helper', actions: { ask: action } })
    const plugin = new PluginImplementation(definition, { actions: { ask: fail } })
    expect(await rehearsed({ plugin })).toMatchObject({ moment: 'call', codes: ['handler_failed'] })
  })

  it('is told of a bot’s own handler, with what it has installed standing in', async () => {
    const chat = new IntegrationDefinition({ name: 'chat', channels: { line: { messages: { text } } } })
    const bot = new BotImplementation(
      new BotDefinition().addIntegration(Object.assign(chat, { packaged: true as const })),
    )
    bot.on.message('text', fail)
    expect(await rehearsed({ bot })).toEqual(called)
  })

  it('is told where a plugin hands the entity of one need to another, or uses more than it asked for', async () => {
    const definition = new PluginDefinition({ name: 'helper', interfaces: { one: llm(), two: llm() } })
    const handing = new PluginImplementation(definition)
    handing.on.message('text', async ({ interfaces: { one, two } }) => {
      const [model] = (await one.listModels({})).models
      await two.generate({ model } as never)
    })
    expect(await rehearsed({ handing })).toMatchObject({ moment: 'call', codes: ['input_invalid'] })
    const streaming = new PluginImplementation(new PluginDefinition({ name: 'teller', interfaces: { llm: llm() } }))
    streaming.on.message('text', async ({ interfaces }) => {
      await (interfaces.llm as never as { narrate(input: object): { output(): Promise<object> } }).narrate({}).output()
    })
    expect(await rehearsed({ streaming })).toMatchObject({ moment: 'call', codes: ['capability_missing'] })
  })
})

describe('nothing is refused', () => {
  it('of a plugin that does everything right, with what it needs, its configuration and its secrets', async () => {
    let heard = 0
    const base = llm()
    const definition = new PluginDefinition({
      name: 'helper',
      interfaces: { llm: need(base, { capabilities: ['stream'] }) },
      configuration: { schema: ({ entities }) => z.object({ model: entities.llm.model, tone: z.string() }) },
      secrets: { KEY: {} },
    })
    const plugin = new PluginImplementation(definition)
    plugin.on.message('text', async ({ interfaces, configuration, client, conversation }) => {
      await interfaces.llm.generate({ model: configuration.model })
      await interfaces.llm.narrate({}).output()
      await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: '' } })
      heard += 1
    })
    expect(await rehearsed({ plugin })).toBeUndefined()
    expect(heard).toBe(1)
  })

  it('of a module that exports nothing that a bot could be made of', async () => {
    expect(await rehearsed({ llm: llm(), one: 1, nothing: undefined })).toBeUndefined()
  })
})
