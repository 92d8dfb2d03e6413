import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { installable } from './fixtures/installable.ts'
import { plain, tracker, vendor } from './fixtures/integrations.ts'
import { bot, counter, pinger } from './fixtures/parts.ts'
import { assistant } from './fixtures/plugins.ts'

type Engine = { id: 'large' | 'small'; context: number }

// A bot has the actions of all that it installed, by alias; names are exact, renames and capabilities included.
new BotImplementation(bot).on.message('*', async ({ actions }) => {
  expectTypeOf<keyof typeof actions>().toEqualTypeOf<'vendor' | 'backup' | 'assistant' | 'doorman'>()
  expectTypeOf<keyof typeof actions.vendor>().toEqualTypeOf<'ping' | 'generate' | 'narrate' | 'listModels'>()
  expectTypeOf<keyof typeof actions.backup>().toEqualTypeOf<'generate' | 'listModels'>()
  expectTypeOf<keyof typeof actions.assistant>().toEqualTypeOf<'ask'>()
  expectTypeOf(actions.doorman).toEqualTypeOf<{}>()

  // What is sent is the input, what comes back is parsed.
  expectTypeOf(actions.vendor.ping).parameter(0).toEqualTypeOf<{ times?: number | undefined }>()
  expectTypeOf(actions.vendor.ping).returns.toEqualTypeOf<Promise<{ at: Date }>>()
  expectTypeOf(actions.vendor.ping).parameter(1).toEqualTypeOf<{ signal?: AbortSignal } | undefined>()
  expectTypeOf(actions.assistant.ask).parameter(0).toEqualTypeOf<{ question: string; tries?: number | undefined }>()
  expectTypeOf(actions.assistant.ask).returns.resolves.toEqualTypeOf<{ answer: string; sure: boolean }>()

  // By name an integration's entities are its own, so that a bot can write one down.
  expectTypeOf(actions.vendor.generate).parameter(0).toEqualTypeOf<{
    prompt: string
    model?: Engine | undefined
    temperature?: number | undefined
    options?: {} | undefined
  }>()
  expectTypeOf(await actions.vendor.generate({ prompt: 'a', model: { id: 'large', context: 1 } })).toEqualTypeOf<{
    model: Engine
    text: string
  }>()
  expectTypeOf(await actions.backup.listModels({})).toEqualTypeOf<{ models: { id: string }[] }>()
})

// Two instances of one integration have the same actions.
const twins = new BotDefinition()
  .addIntegration(pinger, { alias: 'near', configuration: { host: 'a' } })
  .addIntegration(pinger, { alias: 'far', configurationType: 'byPort', configuration: { port: 1 } })
new BotImplementation(twins).on.message('*', async ({ actions }) => {
  expectTypeOf<keyof typeof actions>().toEqualTypeOf<'near' | 'far'>()
  expectTypeOf(actions.near.ping).toEqualTypeOf<typeof actions.far.ping>()
  expectTypeOf(actions.far.ping).returns.resolves.toEqualTypeOf<{ milliseconds: number }>()
})

// An interface that is implemented twice has its actions under both names.
new BotImplementation(new BotDefinition().addIntegration(tracker)).on.message('*', async ({ actions }) => {
  expectTypeOf<keyof typeof actions.tracker>().toEqualTypeOf<'listIssues' | 'listLabels' | 'delete'>()
  const { items } = await actions.tracker.listIssues({})
  expectTypeOf(items).toEqualTypeOf<{ id: string; title: string }[]>()
  expectTypeOf(actions.tracker.delete).parameter(0).toEqualTypeOf<{ item: { id: string; title: string } }>()
})

// All kinds of inputs and outputs come through as they are.
const shop = new IntegrationDefinition({
  name: 'shop',
  actions: {
    order: {
      input: {
        schema: z.discriminatedUnion('by', [
          z.object({ by: z.literal('id'), id: z.string(), amount: z.number().default(1) }),
          z.object({ by: z.literal('name'), name: z.string().transform((name) => name.length) }),
        ]),
      },
      output: { schema: z.object({ at: z.coerce.date<string>(), lines: z.array(z.string()).readonly() }) },
    },
    prices: {
      input: { schema: z.strictObject({ currency: z.enum(['eur', 'usd']).optional() }) },
      output: { schema: z.record(z.string(), z.number()) },
    },
    everything: { input: { schema: z.object({}) }, output: { schema: z.looseObject({ id: z.string() }) } },
  },
})
new BotImplementation(new BotDefinition().addIntegration(installable(shop))).on.message(
  '*',
  async ({ actions: { shop } }) => {
    expectTypeOf(shop.order)
      .parameter(0)
      .toEqualTypeOf<{ by: 'id'; id: string; amount?: number | undefined } | { by: 'name'; name: string }>()
    expectTypeOf(shop.order).returns.resolves.toEqualTypeOf<{ at: Date; lines: readonly string[] }>()
    expectTypeOf(shop.prices).parameter(0).toEqualTypeOf<{ currency?: 'eur' | 'usd' | undefined }>()
    expectTypeOf(shop.prices).returns.resolves.toEqualTypeOf<Record<string, number>>()
    expectTypeOf(shop.everything).returns.resolves.toEqualTypeOf<{ [key: string]: unknown; id: string }>()
  },
)

// A bot's own actions are implemented with those of what it installed at hand.
const owner = new BotDefinition({
  actions: {
    report: {
      input: { schema: z.object({ words: z.number().default(10) }) },
      output: { schema: z.object({ text: z.string(), short: z.boolean().default(false) }) },
    },
  },
})
  .addIntegration(plain)
  .addPlugin(counter)
new BotImplementation(owner, {
  actions: {
    report: async ({ input, actions }) => {
      expectTypeOf(input).toEqualTypeOf<{ words: number }>()
      expectTypeOf<keyof typeof actions>().toEqualTypeOf<'plain' | 'counter'>()
      const { words } = await actions.counter.count({ text: 'a b' })
      expectTypeOf(words).toEqualTypeOf<number>()
      return { text: 'a' }
    },
  },
})

// A plugin has no actions by name, and its own are typed on both sides.
const implementation = new PluginImplementation(assistant, {
  actions: {
    ask: async ({ actions }) => {
      expectTypeOf(actions).toEqualTypeOf<{}>()
      return { answer: 'a', sure: true }
    },
  },
})
expectTypeOf<keyof typeof implementation.handlers.actions>().toEqualTypeOf<'ask'>()
expectTypeOf(new PluginImplementation(new PluginDefinition({ name: 'bare' })).handlers).toEqualTypeOf<{
  actions?: { readonly [name: string]: 'the definition declares no actions' }
}>()

// Where nothing is installed there is nothing to call.
new BotImplementation(new BotDefinition()).on.message('*', async ({ actions }) => {
  expectTypeOf(actions).toEqualTypeOf<{}>()
})

// After many calls of a chain everything is still known.
const many = new BotDefinition()
  .addIntegration(vendor, { alias: 'a', configuration: { apiKey: 'k' } })
  .addIntegration(plain, { alias: 'b' })
  .addIntegration(plain, { alias: 'c' })
  .addIntegration(tracker, { alias: 'd' })
  .addIntegration(pinger, { alias: 'e', configuration: { host: 'h' } })
  .addPlugin(counter, { alias: 'f' })
  .addPlugin(counter, { alias: 'g' })
new BotImplementation(many).on.message('*', async ({ actions }) => {
  expectTypeOf<keyof typeof actions>().toEqualTypeOf<'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g'>()
  expectTypeOf(actions.a.ping).returns.resolves.toEqualTypeOf<{ at: Date }>()
  expectTypeOf(actions.g.count).returns.resolves.toEqualTypeOf<{ words: number }>()
})
