import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  bind,
  failover,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { installable } from './fixtures/installable.ts'

const speech = new InterfaceDefinition({
  name: 'speech',
  version: '1.2.0',
  capabilities: { stream: 'word by word' },
  entities: { voice: { schema: z.object({ id: z.string() }) } },
  actions: {
    say: {
      input: {
        schema: ({ voice }) =>
          z.object({
            text: z.string(),
            times: z.number().default(1),
            length: z.string().transform((text) => text.length),
            voice: voice.optional(),
          }),
      },
      output: {
        schema: ({ voice }) =>
          z.object({
            voices: z.array(voice),
            first: voice.nullable(),
            byName: z.record(z.string(), voice),
            pair: z.tuple([voice, z.number()]),
            kept: z.map(z.string(), voice),
            all: z.set(voice),
          }),
      },
    },
    sayWords: {
      capability: 'stream',
      input: { schema: () => z.object({ text: z.string() }) },
      stream: { schema: () => z.object({ word: z.string() }) },
      output: { schema: () => z.object({ count: z.number() }) },
    },
  },
  events: { spoke: { schema: ({ voice }) => z.object({ voice }) } },
})
const base = new IntegrationDefinition({
  name: 'acme',
  version: '1.0.0',
  entities: { tone: { schema: z.object({ id: z.enum(['a', 'b']), pitch: z.number() }) } },
  actions: { ping: { input: { schema: z.object({}) }, output: { schema: z.object({}) } } },
})
const acme = base.extend(speech, ({ entities }) => ({
  entities: { voice: entities.tone },
  actions: { say: { name: 'speak' } },
  events: { spoke: { name: 'hasSpoken' } },
  capabilities: ['stream'],
}))
type Tone = { id: 'a' | 'b'; pitch: number }

// A chained extend() is known exactly: renames, capabilities, the interface with its version.
expectTypeOf<keyof typeof acme.actions>().toEqualTypeOf<'ping' | 'speak' | 'sayWords'>()
expectTypeOf<keyof typeof acme.events>().toEqualTypeOf<'hasSpoken'>()
expectTypeOf<(typeof acme.$types)['interfaces']['speech']['speech']['version']>().toEqualTypeOf<'1.2.0'>()

new IntegrationImplementation(acme, {
  actions: {
    ping: async () => ({}),
    // Defaults and transforms: what a handler gets is parsed, and entities are its own.
    speak: async ({ input }) => {
      expectTypeOf(input.times).toEqualTypeOf<number>()
      expectTypeOf(input.length).toEqualTypeOf<number>()
      expectTypeOf(input.voice).toEqualTypeOf<Tone | undefined>()
      const tone: Tone = { id: 'a', pitch: 1 }
      return {
        voices: [tone],
        first: null,
        byName: { a: tone },
        pair: [tone, 1],
        kept: new Map([['a', tone]]),
        all: new Set([tone]),
      }
    },
    sayWords: async function* ({ input }) {
      expectTypeOf(input).toEqualTypeOf<{ text: string }>()
      yield { word: input.text }
      return { count: 1 }
    },
  },
})

// Without its capability an action is not there.
const quiet = new IntegrationDefinition({
  name: 'quiet',
  version: '1.0.0',
  entities: { tone: { schema: z.object({ id: z.string() }) } },
}).extend(speech, ({ entities }) => ({ entities: { voice: entities.tone } }))
expectTypeOf<keyof typeof quiet.actions>().toEqualTypeOf<'say'>()

const plugin = new PluginDefinition({
  name: 'caller',
  version: '1.0.0',
  interfaces: { speech, streaming: need(speech, { capabilities: ['stream'] }) },
  configuration: {
    schema: ({ entities }) => z.object({ voice: entities.speech.voice.optional(), size: z.number().default(3) }),
  },
})
const caller = new PluginImplementation(plugin)
caller.on.message('text', async ({ interfaces, configuration, message }) => {
  expectTypeOf(message.payload).toEqualTypeOf<{ text: string }>()
  expectTypeOf(configuration.size).toEqualTypeOf<number>()
  // A caller sends the input's side: defaults may be left out.
  const { voices, first, byName, pair, kept, all } = await interfaces.speech.say({
    text: 'a',
    length: 'four',
    voice: configuration.voice,
  })
  type Voice = (typeof voices)[number]
  expectTypeOf<Voice['id']>().toEqualTypeOf<string>()
  expectTypeOf(first).toEqualTypeOf<Voice | null>()
  expectTypeOf(byName).toEqualTypeOf<Record<string, Voice>>()
  expectTypeOf(pair).toEqualTypeOf<[Voice, number]>()
  expectTypeOf(kept).toEqualTypeOf<Map<string, Voice>>()
  expectTypeOf(all).toEqualTypeOf<Set<Voice>>()
  expectTypeOf(interfaces.speech.entities.voice.parse).returns.toEqualTypeOf<Voice>()
  await interfaces.speech.say({ text: 'a', length: '', voice: pair[0] })
  const stream = interfaces.streaming.sayWords({ text: 'a' })
  expectTypeOf(stream.output).returns.resolves.toEqualTypeOf<{ count: number }>()
  for await (const item of stream) expectTypeOf(item).toEqualTypeOf<{ word: string }>()
})
caller.on.event('speech:spoke', async ({ event, interfaces }) => {
  await interfaces.speech.say({ text: 'a', length: '', voice: event.payload.voice })
})

// Chained and by statement, with policies and without.
const bot = new BotDefinition({ interfaces: { speech } })
  .addIntegration(installable(acme))
  .addIntegration(installable(quiet), { alias: 'spare' })
  .addPlugin(installable(plugin), { dependencies: { speech: bind(failover('acme', 'spare')), streaming: 'acme' } })
const implementation = new BotImplementation(bot)
implementation.on.message('*', async ({ actions, interfaces }) => {
  expectTypeOf<keyof typeof actions>().toEqualTypeOf<'acme' | 'spare' | 'caller'>()
  expectTypeOf(
    (await actions.acme.speak({ text: 'a', length: '', voice: { id: 'a', pitch: 1 } })).first,
  ).toEqualTypeOf<Tone | null>()
  expectTypeOf<keyof typeof interfaces>().toEqualTypeOf<'speech'>()
})
const stated = new BotDefinition()
stated.addIntegration(installable(acme))
stated.addPlugin(installable(plugin), { dependencies: { speech: 'acme', streaming: 'acme' } })
