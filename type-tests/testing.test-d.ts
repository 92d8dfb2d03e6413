import { expectTypeOf } from 'expect-type'
import { BotDefinition, type ConformanceReport, InterfaceDefinition, need, PluginDefinition, z } from 'plugboard'
import hitl from 'plugboard/interfaces/hitl'
import { startBot } from 'plugboard/runtime'
import {
  adversary,
  asProvider,
  chat,
  contractSuite,
  defineContract,
  fake,
  hearingBot,
  type InstalledProvider,
  runSuite,
  talk,
} from 'plugboard/testing'
import { installable } from './fixtures/installable.ts'
import { plain } from './fixtures/integrations.ts'

const speech = new InterfaceDefinition({
  name: 'speech',
  version: '1.2.0',
  entities: { voice: { schema: z.object({ id: z.string() }) } },
  capabilities: { detect: 'Tells the language.' },
  actions: {
    speak: {
      input: { schema: ({ voice }) => z.object({ text: z.string(), voice: voice.optional() }) },
      output: { schema: ({ voice }) => z.object({ seconds: z.number(), voice }) },
    },
    listen: {
      input: { schema: () => z.object({ seconds: z.number() }) },
      stream: { schema: () => z.object({ word: z.string() }) },
      output: { schema: () => z.object({ words: z.number() }) },
    },
    detect: {
      capability: 'detect',
      input: { schema: () => z.object({ text: z.string() }) },
      output: { schema: () => z.object({ language: z.string() }) },
    },
  },
  events: { spoken: { schema: ({ voice }) => z.object({ voice }) } },
})

// A contract is typed by its interface: the provider has every action, whatever an integration claims.
defineContract(speech, {
  samples: {
    speak: { text: 'hello' },
    detect: async ({ provider }) => ({ text: (await provider.detect({ text: 'hello' })).language }),
    // @ts-expect-error there is no such action
    sing: {},
  },
  scenarios: [
    {
      name: 'speaks',
      title: 'it speaks',
      capabilities: ['detect'],
      async run({ provider, sample, make, events, place, act, send, shown }) {
        const input = await sample('speak')
        expectTypeOf(input.text).toEqualTypeOf<string>()
        const { voice, seconds } = await provider.speak({ text: input.text, voice: make('voice') })
        expectTypeOf(seconds).toEqualTypeOf<number>()
        expectTypeOf(voice.id).toEqualTypeOf<string>()
        expectTypeOf((await events('spoken'))[0]?.voice.id).toEqualTypeOf<string | undefined>()
        for await (const { word } of provider.listen({ seconds })) expectTypeOf(word).toEqualTypeOf<string>()
        // @ts-expect-error an entity is not made up
        await provider.speak({ text: 'hello', voice: { id: 'x' } })
        // @ts-expect-error there is no such entity
        make('accent')
        // @ts-expect-error there is no such event
        await events('sung')
        const { conversationId } = await place()
        const [heard] = await act('write', { text: 'hello', entity: make('voice') })
        expectTypeOf(heard?.direction).toEqualTypeOf<'incoming' | 'outgoing' | undefined>()
        expectTypeOf(
          (await send({ conversationId, type: 'text', payload: { text: 'hello' } })).id,
        ).toEqualTypeOf<string>()
        expectTypeOf(await shown('typing')).toEqualTypeOf<readonly boolean[]>()
        // @ts-expect-error nothing of the kind is shown
        await shown('weather')
      },
    },
    // @ts-expect-error there is no such capability
    { name: 'sings', title: 'it sings', capabilities: ['sing'], run: async () => {} },
  ],
})

expectTypeOf(runSuite(speech, { integration: plain, date: '2026-11-29' })).toEqualTypeOf<Promise<ConformanceReport>>()
// Conversations are made of the channels that the interface has.
defineContract(hitl, { conversations: { hitl: async ({ place }) => (await place()).conversationId } })
// @ts-expect-error there is no such channel
defineContract(hitl, { conversations: { room: async () => 'x' } })

void runSuite(speech, {
  integration: plain,
  date: '2026-11-29',
  people: {
    write: async ({ receive, client, text, conversation, entity }) => {
      expectTypeOf(text).toEqualTypeOf<string>()
      expectTypeOf(conversation?.tags).toEqualTypeOf<Readonly<Record<string, string>> | undefined>()
      expectTypeOf(entity).toEqualTypeOf<unknown>()
      expectTypeOf((await receive({ body: text })).status).toEqualTypeOf<number | undefined>()
      await client.getOrCreateUser({ tags: { id: 'ada' } })
    },
  },
  shown: () => ({ typing: [true], messages: [{ text: 'hello', name: 'Ada' }] }),
})
// @ts-expect-error the day of a report is given
void runSuite(speech, { integration: plain })
contractSuite(defineContract(speech), {
  test: (_name: string, _run: (context: { skip(reason?: string): void }) => Promise<void>) => {},
  integration: plain,
  date: '2026-11-29',
})

// A double has the types of an integration that implements all of the interface.
const double = fake(speech, {
  seed: 2,
  capabilities: ['detect'],
  actions: {
    speak: async ({ text, voice }, { index, signal, client }) => {
      expectTypeOf(text).toEqualTypeOf<string>()
      expectTypeOf(voice).toEqualTypeOf<{ id: string } | undefined>()
      expectTypeOf(index).toEqualTypeOf<number>()
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
      await client.getOrCreateUser({ tags: {} })
      return { seconds: text.length }
    },
    listen: async function* ({ seconds }) {
      yield { word: String(seconds) }
      return { words: 1 }
    },
    detect: { language: 'en' },
  },
  send: ({ name, conversationId }) => {
    expectTypeOf([name, conversationId]).toEqualTypeOf<string[]>()
  },
})
expectTypeOf(double.calls[0]?.action).toEqualTypeOf<string | undefined>()
// @ts-expect-error an output has the types of the interface
fake(speech, { actions: { detect: { language: 1 } } })
// @ts-expect-error there is no such capability
fake(speech, { capabilities: ['sing'] })

const plugin = new PluginDefinition({ name: 'p', interfaces: { speech: need(speech, { capabilities: ['detect'] }) } })
const bot = new BotDefinition({ interfaces: { speech } })
  .addIntegration(double)
  .addIntegration(adversary(speech, { name: 'nasty', errors: false, slowness: 0 }))
  .addPlugin(installable(plugin), { dependencies: { speech: 'fake-speech' } })
new BotDefinition()
  .addIntegration(double)
  // @ts-expect-error it has the name that it was not given
  .addPlugin(plugin, { dependencies: { speech: 'fake-language' } })

const running = await startBot(bot, { bindings: { require: 'suite', bot: { speech: 'nasty' } } })
const { seconds } = await running.actions['fake-speech'].speak({ text: 'hello', voice: { id: 'x' } })
expectTypeOf(seconds).toEqualTypeOf<number>()
expectTypeOf((await running.actions.nasty.detect({ text: 'hello' })).language).toEqualTypeOf<string>()

// A chat knows what people were sent; whoever talks needs a bot, and says texts or payloads.
const channel = chat()
expectTypeOf(channel.sent).toEqualTypeOf<string[]>()
expectTypeOf(channel.delivered).toEqualTypeOf<(string | object)[]>()
expectTypeOf<keyof (typeof channel.$types)['channels']>().toEqualTypeOf<'room'>()
const talking = await startBot(new BotDefinition().addIntegration(channel))
const { say, conversation } = await talk(talking, { room: 'kitchen' })
expectTypeOf(conversation.id).toEqualTypeOf<string>()
expectTypeOf(say).toBeCallableWith({ imageUrl: 'https://example.com/a.png' }, 'image')
// @ts-expect-error what is said is a text or a payload
await say(7)

// A bot that listens is typed as what is installed in it, and so is whatever a scenario is given.
declare const given: InstalledProvider
const listening = await hearingBot(
  new BotDefinition().addIntegration(plain).addIntegration(...asProvider(speech, given)),
  { answer: ({ conversation }) => [{ type: 'text', payload: { text: conversation['channel'] } }] },
)
expectTypeOf(listening.running.actions.provider.listen).parameter(0).toEqualTypeOf<{ seconds: number }>()
expectTypeOf(listening.messages[0]?.user['name']).toEqualTypeOf<string | undefined>()
// @ts-expect-error nothing is installed under that name
listening.running.actions.speech
