import { expectTypeOf } from 'expect-type'
import {
  bind,
  BotDefinition,
  budget,
  cache,
  failover,
  IntegrationDefinition,
  meter,
  need,
  PluginDefinition,
  rateLimit,
  retry,
  timeout,
  z,
} from 'plugboard'
import { installable } from './fixtures/installable.ts'
import { plain, tracker, vendor } from './fixtures/integrations.ts'
import { deletable, listable, llm } from './fixtures/interfaces.ts'
import { assistant, cleaner, greeter } from './fixtures/plugins.ts'

const base = () =>
  new BotDefinition()
    .addIntegration(vendor, { configuration: { apiKey: 'k' } })
    .addIntegration(plain, { alias: 'spare' })
type Installed<TBot extends { $types: { plugins: unknown } }> = keyof TBot['$types']['plugins']

// By alias, for each need or for some; those that are left out are bound at the start.
const byAlias = base().addPlugin(greeter, { dependencies: { llm: 'spare' } })
expectTypeOf<Installed<typeof byAlias>>().toEqualTypeOf<'greeter'>()
const each = base().addPlugin(assistant, {
  configuration: { tone: 'kind' },
  dependencies: { llm: 'spare', narrator: 'vendor' },
})
expectTypeOf<Installed<typeof each>>().toEqualTypeOf<'assistant'>()
const some = base()
  .addPlugin(assistant, { configuration: { tone: 'kind' }, dependencies: { narrator: 'vendor' } })
  .addPlugin(greeter, { dependencies: {} })
expectTypeOf<Installed<typeof some>>().toEqualTypeOf<'assistant' | 'greeter'>()

// With policies, whose settings are plain data.
const policed = base().addPlugin(greeter, {
  dependencies: { llm: bind('vendor', timeout(30_000), retry(), cache(60_000, { entries: 10 }), meter()) },
})
expectTypeOf<Installed<typeof policed>>().toEqualTypeOf<'greeter'>()
expectTypeOf(bind('vendor', rateLimit({ calls: 1, per: 1000 }), budget({ cost: 1 })).to[0]).toEqualTypeOf<
  'vendor' | undefined
>()
expectTypeOf(timeout(1)).toEqualTypeOf<{ readonly policy: 'timeout'; readonly milliseconds: number }>()
expectTypeOf(retry)
  .parameter(0)
  .toEqualTypeOf<{ attempts?: number; delay?: number; longestDelay?: number } | undefined>()
expectTypeOf(cache(1).entries).toEqualTypeOf<number>()
expectTypeOf(budget({ calls: 2 }).cost).toEqualTypeOf<number | undefined>()

// Failover keeps every alias, so that each candidate is judged.
const chain = failover('vendor', 'spare')
expectTypeOf(chain.to[0]).toEqualTypeOf<'vendor' | 'spare' | undefined>()
expectTypeOf(bind(chain, timeout(1))).toEqualTypeOf<typeof chain>()
const failing = base()
  .addPlugin(greeter, { dependencies: { llm: failover('vendor', 'spare') } })
  .addPlugin(greeter, { alias: 'patient', dependencies: { llm: bind(failover('vendor', 'spare'), retry()) } })
  .addPlugin(greeter, { alias: 'nested', dependencies: { llm: bind(bind('spare', meter()), timeout(1)) } })
expectTypeOf<Installed<typeof failing>>().toEqualTypeOf<'greeter' | 'patient' | 'nested'>()

// Where an interface is implemented twice, by which of the two.
const lister = new PluginDefinition({ name: 'lister', interfaces: { rows: listable } })
const notes = new IntegrationDefinition({
  name: 'notes',
  entities: { note: { schema: z.object({ id: z.string() }) } },
}).extend(listable, ({ entities }) => ({ entities: { item: entities.note } }))
const chosen = new BotDefinition()
  .addIntegration(tracker)
  .addIntegration(installable(notes))
  .addPlugin(installable(lister), {
    dependencies: { rows: { integrationAlias: 'tracker', integrationInterfaceAlias: 'labels' } },
  })
  .addPlugin(installable(lister), {
    alias: 'other',
    dependencies: { rows: bind({ integrationAlias: 'tracker', integrationInterfaceAlias: 'issues' }, timeout(1)) },
  })
  .addPlugin(installable(lister), {
    alias: 'mixed',
    dependencies: { rows: failover('notes', { integrationAlias: 'tracker', integrationInterfaceAlias: 'labels' }) },
  })
expectTypeOf<Installed<typeof chosen>>().toEqualTypeOf<'lister' | 'other' | 'mixed'>()

// A composite need is bound once; two integrations of one kind are two candidates.
const both = new BotDefinition()
  .addIntegration(installable(notes))
  .addIntegration(installable(notes), { alias: 'archive' })
  .addPlugin(installable(lister), { dependencies: { rows: 'archive' } })
expectTypeOf<keyof (typeof both.$types)['integrations']>().toEqualTypeOf<'notes' | 'archive'>()
const board = new IntegrationDefinition({
  name: 'board',
  entities: { card: { schema: z.object({ id: z.string() }) }, list: { schema: z.object({ id: z.string() }) } },
})
  .extend(listable, ({ entities }) => ({ entities: { item: entities.card } }), { as: 'cards' })
  .extend(
    listable,
    ({ entities }) => ({ entities: { item: entities.list }, actions: { list: { name: 'listLists' } } }),
    {
      as: 'lists',
    },
  )
  .extend(deletable, ({ entities }) => ({ entities: { item: entities.card } }), { as: 'cards' })
const cleaning = new BotDefinition()
  .addIntegration(installable(board))
  .addPlugin(cleaner, { dependencies: { items: { integrationAlias: 'board', integrationInterfaceAlias: 'cards' } } })
expectTypeOf<Installed<typeof cleaning>>().toEqualTypeOf<'cleaner'>()

// Versions: the caret range of a need takes what came after it; what is no caret range is for the start to judge.
const older = new PluginDefinition({ name: 'older', interfaces: { llm: need(llm, { version: '^1.0.0' }) } })
const exact = new PluginDefinition({ name: 'exact', interfaces: { llm: need(llm, { version: '1.2.0' }) } })
const wide = new PluginDefinition({ name: 'wide', interfaces: { llm: need(llm, { version: '>=1 <3' }) } })
const versions = base()
  .addPlugin(installable(older), { dependencies: { llm: 'vendor' } })
  .addPlugin(installable(exact), { dependencies: { llm: 'vendor' } })
  .addPlugin(installable(wide), { dependencies: { llm: 'spare' } })
expectTypeOf<Installed<typeof versions>>().toEqualTypeOf<'older' | 'exact' | 'wide'>()
expectTypeOf<(typeof wide.$types)['needs']['llm']['requires']['llm']['version']>().toEqualTypeOf<'>=1 <3'>()

// Capabilities: whoever claims more than is required fits.
const able = new IntegrationDefinition({
  name: 'able',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
}).extend(llm, ({ entities }) => ({ entities: { model: entities.engine }, capabilities: ['stream', 'tools'] }))
const capable = new BotDefinition()
  .addIntegration(installable(able))
  .addPlugin(assistant, { configuration: { tone: 'kind' }, dependencies: { llm: 'able', narrator: 'able' } })
expectTypeOf<Installed<typeof capable>>().toEqualTypeOf<'assistant'>()

// What is known only while the bot is made is judged at the start.
const outside: string = process.argv[2] ?? 'vendor'
const late = base().addPlugin(greeter, { dependencies: { llm: outside } })
expectTypeOf<Installed<typeof late>>().toEqualTypeOf<'greeter'>()

// A bot's defaults are by interface.
const defaults = new BotDefinition({ defaults: { llm: bind(failover('vendor', 'spare'), timeout(1)), tts: 'speaker' } })
expectTypeOf(defaults.defaults['llm']?.policies[0]?.policy).toEqualTypeOf<
  'timeout' | 'retry' | 'cache' | 'rateLimit' | 'meter' | 'budget' | undefined
>()
