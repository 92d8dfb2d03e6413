import { expectTypeOf } from 'expect-type'
import { type AnyBot, bind, BotDefinition, BotImplementation, failover, need, timeout } from 'plugboard'
import { type BindingReport, type InstallationReport, startBot } from 'plugboard/runtime'
import { plain, vendor } from './fixtures/integrations.ts'
import { llm } from './fixtures/interfaces.ts'
import { counter, narrator } from './fixtures/parts.ts'

const definition = new BotDefinition({ interfaces: { llm, stream: need(llm, { capabilities: ['stream'] }) } })
  .addIntegration(vendor, { configuration: { apiKey: 'k' } })
  .addIntegration(plain)
  .addIntegration(narrator)
  .addPlugin(counter)

// A bot that runs knows what its definition knows.
const running = await startBot(definition)
expectTypeOf(running).toExtend<AsyncDisposable>()
expectTypeOf<keyof typeof running.actions>().toEqualTypeOf<'vendor' | 'plain' | 'narrator' | 'counter'>()
expectTypeOf(running.actions.vendor.ping).returns.resolves.toEqualTypeOf<{ at: Date }>()
expectTypeOf(running.actions.counter.count).parameter(0).toEqualTypeOf<{ text: string }>()
expectTypeOf(running.actions.narrator.narrate({ prompt: 'a' }).output).returns.resolves.toEqualTypeOf<{
  words: number
}>()
for await (const item of running.actions.narrator.narrate({ prompt: 'a' }))
  expectTypeOf(item).toEqualTypeOf<{ text: string }>()
expectTypeOf<keyof typeof running.interfaces>().toEqualTypeOf<'llm' | 'stream'>()
expectTypeOf<keyof typeof running.interfaces.llm>().toEqualTypeOf<
  'generate' | 'listModels' | 'entities' | 'capabilities'
>()
const { models } = await running.interfaces.llm.listModels({})
expectTypeOf(running.interfaces.llm.entities.model.parse).returns.toEqualTypeOf<(typeof models)[number]>()

// So does one that is started from its implementation.
const implemented = await startBot(new BotImplementation(definition), {
  environment: { VENDOR_KEY: 'k' },
  bindings: { counter: {}, '*': { llm: 'plain' } },
  url: 'https://example.com',
})
expectTypeOf(implemented).toEqualTypeOf<typeof running>()
expectTypeOf(running.actions).toEqualTypeOf<typeof implemented.actions>()

// Bindings are changed by the names of consumer and need, to an alias or what bind() and failover() give.
expectTypeOf(await running.bindings.set('bot', 'llm', 'plain')).toEqualTypeOf<BindingReport>()
expectTypeOf(running.bindings.set).toBeCallableWith('bot', 'llm', bind(failover('vendor', 'plain'), timeout(1)))
expectTypeOf(running.bindings.list()).toEqualTypeOf<readonly BindingReport[]>()
expectTypeOf(running.installations).toEqualTypeOf<readonly InstallationReport[]>()
// It shows what only an author's `assume: true` vouches for.
expectTypeOf<InstallationReport['interfaces'][number]>().toEqualTypeOf<{
  readonly name: string
  readonly version: string
  readonly as: string
  readonly capabilities: readonly string[]
  readonly assumed: readonly string[]
}>()
expectTypeOf(running.stop).returns.resolves.toEqualTypeOf<void>()

// A function that takes any bot takes each of these.
expectTypeOf(definition).toExtend<AnyBot>()
expectTypeOf(new BotImplementation(definition)).toExtend<AnyBot>()
expectTypeOf(new BotDefinition()).toExtend<AnyBot>()
