import { expectTypeOf } from 'expect-type'
import { BotDefinition, env, IntegrationDefinition, PluginDefinition, z } from 'plugboard'
import { installable } from './fixtures/installable.ts'
import { chatter, pinger, watcher } from './fixtures/parts.ts'
import { assistant, greeter } from './fixtures/plugins.ts'
import { plain, vendor } from './fixtures/integrations.ts'

type Types<TBot extends { $types: unknown }> = TBot['$types']

// Required configuration is given, what has a default may be left out, and what is optional as well.
const store = new IntegrationDefinition({
  name: 'store',
  configuration: {
    schema: z.object({
      key: z.string(),
      region: z.enum(['eu', 'us']).default('eu'),
      retries: z.string().transform(Number).optional(),
      limits: z.object({ calls: z.number() }).optional(),
      since: z.coerce.date<string>().optional(),
    }),
  },
})
const one = new BotDefinition().addIntegration(installable(store), { configuration: { key: 'k' } })
expectTypeOf<keyof Types<typeof one>['integrations']>().toEqualTypeOf<'store'>()
new BotDefinition().addIntegration(installable(store), {
  configuration: { key: 'k', region: 'us', retries: '3', limits: { calls: 1 }, since: '2030-01-01' },
})

// A value may come from the environment, or be missing until the start, which refuses it by name.
new BotDefinition().addIntegration(installable(store), {
  configuration: { key: env('STORE_KEY'), retries: env('STORE_RETRIES') },
})
new BotDefinition().addIntegration(installable(store), {
  configuration: { key: process.env['STORE_KEY'], region: undefined },
})
expectTypeOf(env('STORE_KEY').variable).toEqualTypeOf<string>()

// The configuration is that of the chosen type.
const typed = new BotDefinition()
  .addIntegration(pinger, { alias: 'unnamed', configuration: { host: 'a' } })
  .addIntegration(pinger, { alias: 'asDefault', configurationType: 'default', configuration: { host: 'a' } })
  .addIntegration(pinger, { alias: 'byPort', configurationType: 'byPort', configuration: { port: 80 } })
  .addIntegration(pinger, { alias: 'fromOutside', configurationType: 'byPort', configuration: { port: env('PORT') } })
expectTypeOf<keyof Types<typeof typed>['integrations']>().toEqualTypeOf<
  'unnamed' | 'asDefault' | 'byPort' | 'fromOutside'
>()
expectTypeOf<Types<typeof typed>['integrations']['byPort']>().toEqualTypeOf<(typeof pinger)['$types']>()
expectTypeOf<keyof (typeof pinger.$types)['configurations']>().toEqualTypeOf<'default' | 'byPort'>()
expectTypeOf<(typeof pinger.$types)['configurations']['byPort']['input']>().toEqualTypeOf<{ port: number }>()

// Where nothing is required, nothing need be said.
const relaxed = new IntegrationDefinition({
  name: 'relaxed',
  configuration: { schema: z.object({ size: z.number().default(1), name: z.string().optional() }) },
})
const quiet = new BotDefinition()
  .addIntegration(installable(relaxed))
  .addIntegration(installable(relaxed), { alias: 'again' })
  .addIntegration(installable(relaxed), { alias: 'empty', configuration: {} })
  .addIntegration(installable(relaxed), { alias: 'sized', configuration: { size: 2 } })
expectTypeOf<keyof Types<typeof quiet>['integrations']>().toEqualTypeOf<'relaxed' | 'again' | 'empty' | 'sized'>()

// Several instances of one integration, each under its alias; one may keep its name.
const twins = new BotDefinition()
  .addIntegration(chatter)
  .addIntegration(chatter, { alias: 'work' })
  .addIntegration(chatter, { alias: 'home', enabled: false })
expectTypeOf<keyof Types<typeof twins>['integrations']>().toEqualTypeOf<'chatter' | 'work' | 'home'>()
expectTypeOf<Types<typeof twins>['integrations']['work']>().toEqualTypeOf<(typeof chatter)['$types']>()

// Channels can be disabled by the names that the integration has, those of its interfaces included.
new BotDefinition().addIntegration(chatter, { disabledChannels: ['direct'] })
new BotDefinition().addIntegration(plain, { disabledChannels: ['console'] })
const muted = new BotDefinition().addIntegration(vendor, {
  configuration: { apiKey: 'k' },
  disabledChannels: ['chat', 'console'],
})
expectTypeOf<keyof Types<typeof muted>['integrations']['vendor']['channels']>().toEqualTypeOf<'chat' | 'console'>()

// Plugins likewise: required, defaulted, from the environment, several instances.
const helpers = new BotDefinition()
  .addIntegration(watcher)
  .addPlugin(greeter)
  .addPlugin(greeter, { alias: 'doorman' })
  .addPlugin(assistant, { configuration: { tone: 'kind' } })
  .addPlugin(assistant, { alias: 'second', configuration: { tone: env('TONE'), length: 5 } })
expectTypeOf<keyof Types<typeof helpers>['plugins']>().toEqualTypeOf<'greeter' | 'doorman' | 'assistant' | 'second'>()
expectTypeOf<Types<typeof helpers>['plugins']['second']>().toEqualTypeOf<(typeof assistant)['$types']>()

// Configuration that a plugin builds from entities is written as plain data: a bot's author has no entity yet.
new BotDefinition().addPlugin(assistant, { configuration: { tone: 'kind', model: { id: 'large' } } })
expectTypeOf<(typeof assistant.$types)['configuration']['input']>().toEqualTypeOf<{
  tone: string
  model?: { id: string } | undefined
  length?: number | undefined
}>()

// A transform is told apart: what is written, and what the handlers read.
const timed = new PluginDefinition({
  name: 'timed',
  configuration: { schema: z.object({ at: z.string().transform((at) => new Date(at)) }) },
})
expectTypeOf<(typeof timed.$types)['configuration']['input']>().toEqualTypeOf<{ at: string }>()
expectTypeOf<(typeof timed.$types)['configuration']['parsed']>().toEqualTypeOf<{ at: Date }>()
new BotDefinition().addPlugin(installable(timed), { configuration: { at: '2030-01-01' } })

// The bot's own configuration.
const bot = new BotDefinition({ configuration: { schema: z.object({ greeting: z.string().default('Hello') }) } })
expectTypeOf<Types<typeof bot>['own']['configuration']['input']>().toEqualTypeOf<{ greeting?: string | undefined }>()
expectTypeOf<Types<typeof bot>['own']['configuration']['parsed']>().toEqualTypeOf<{ greeting: string }>()
