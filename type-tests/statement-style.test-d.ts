import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { plain } from './fixtures/integrations.ts'
import { llm } from './fixtures/interfaces.ts'
import { chatter } from './fixtures/parts.ts'
import { greeter } from './fixtures/plugins.ts'

// A statement extends the definition as a chain does. What it gives back knows of it, the constant does not.
const integration = new IntegrationDefinition({
  name: 'stated',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  actions: { ping: { input: { schema: z.object({}) }, output: { schema: z.object({}) } } },
})
const extended = integration.extend(llm, ({ entities }) => ({ entities: { model: entities.engine } }))
expectTypeOf<keyof typeof integration.actions>().toEqualTypeOf<'ping'>()
expectTypeOf<keyof typeof extended.actions>().toEqualTypeOf<'ping' | 'generate' | 'listModels'>()
expectTypeOf<keyof (typeof integration.$types)['interfaces']>().toEqualTypeOf<never>()
expectTypeOf<keyof (typeof extended.$types)['interfaces']>().toEqualTypeOf<'llm'>()

// Its implementation takes the handlers alone, loosely typed: they are checked when it is installed.
const loose = new IntegrationImplementation({
  register: async ({ webhookUrl, configuration }) => {
    expectTypeOf(webhookUrl).toEqualTypeOf<string>()
    expectTypeOf(configuration).toBeAny()
  },
  actions: {
    ping: async () => ({}),
    generate: async ({ input, signal }) => {
      expectTypeOf(input).toBeAny()
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
      return { model: { id: 'a' }, text: String(input.prompt) }
    },
    listModels: async ({ client }) => {
      expectTypeOf(client.createEvent).returns.resolves.toBeAny()
      return { models: [] }
    },
    narrate: async function* () {
      yield { text: 'a' }
      return { text: 'a' }
    },
  },
  channels: {
    console: {
      messages: {
        text: async ({ type, payload, ack }) => {
          expectTypeOf(type).toEqualTypeOf<string>()
          expectTypeOf(payload).toBeAny()
          await ack({ tags: {} })
        },
      },
    },
  },
})
expectTypeOf<(typeof loose)['kind']>().toEqualTypeOf<'integration-implementation'>()

// It is the implementation of any definition.
const packaged = integration.implementedBy(async () => ({ default: loose }))
expectTypeOf(packaged.packaged).toEqualTypeOf<true>()
expectTypeOf(packaged.name).toEqualTypeOf<'stated'>()
expectTypeOf(extended.implementedBy(async () => ({ default: loose })).packaged).toEqualTypeOf<true>()

// A bot that is composed by statements knows nothing of what it has, and takes all that a chain takes.
const bot = new BotDefinition({ events: { greeted: { schema: z.object({ name: z.string() }) } } })
bot.addIntegration(plain)
bot.addIntegration(chatter, { alias: 'chat', disabledChannels: ['direct'] })
bot.addPlugin(greeter, { dependencies: { llm: 'plain' } })
expectTypeOf<keyof (typeof bot.$types)['integrations']>().toEqualTypeOf<never>()
const { on } = new BotImplementation(bot)
on.message('text', async ({ message, actions, client }) => {
  expectTypeOf(message.payload).toEqualTypeOf<{ text: string }>()
  expectTypeOf(actions).toEqualTypeOf<{}>()
  expectTypeOf(client.callAction).returns.resolves.toEqualTypeOf<{ output: unknown }>()
  expectTypeOf(client.createEvent<'greeted'>)
    .parameter(0)
    .toHaveProperty('payload')
    .toEqualTypeOf<{ name: string }>()
})

// What a statement gives back can be kept, and goes on from there.
const one = new BotDefinition()
const two = one.addIntegration(plain)
const three = two.addIntegration(chatter)
expectTypeOf<keyof (typeof three.$types)['integrations']>().toEqualTypeOf<'plain' | 'chatter'>()
expectTypeOf<keyof (typeof two.$types)['integrations']>().toEqualTypeOf<'plain'>()

// A plugin's handlers are statements.
const plugin = new PluginImplementation(new PluginDefinition({ name: 'teller', interfaces: { llm } }))
plugin.on.message('text', async ({ interfaces, message }) => {
  const { text } = await interfaces.llm.generate({ prompt: message.payload.text })
  expectTypeOf(text).toEqualTypeOf<string>()
})
expectTypeOf(plugin.on.message).returns.toEqualTypeOf<void>()
