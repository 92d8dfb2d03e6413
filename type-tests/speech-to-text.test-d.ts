import { expectTypeOf } from 'expect-type'
import { IntegrationDefinition, IntegrationImplementation, PluginDefinition, PluginImplementation, z } from 'plugboard'
import speechToText from 'plugboard/interfaces/speech-to-text'

const vendor = new IntegrationDefinition({
  name: 'acme',
  entities: { listener: { schema: z.object({ id: z.enum(['fast', 'exact']) }) } },
}).extend(speechToText, ({ entities }) => ({
  entities: { speechModel: entities.listener },
  capabilities: ['prompt', 'segments'],
}))
type Model = { id: 'fast' | 'exact' }
type Actions = (typeof vendor.$types)['actions']
expectTypeOf<keyof Actions>().toEqualTypeOf<'transcribe' | 'listSpeechModels'>()
expectTypeOf<Actions['transcribe']['parsed']>().toEqualTypeOf<{
  model?: Model | undefined
  audio: { url: string } | { bytes: Uint8Array; contentType: string }
  language?: string | undefined
  prompt?: string | undefined
  segments?: boolean | undefined
}>()
expectTypeOf<Actions['transcribe']['output']>().toEqualTypeOf<{
  model: Model
  text: string
  language?: string | undefined
  duration?: number | undefined
  segments?: { text: string; start: number; end: number }[] | undefined
  cost?: number | undefined
}>()

new IntegrationImplementation(vendor, {
  actions: {
    transcribe: async ({ input: { audio, model = { id: 'fast' } } }) => ({
      model,
      text: 'url' in audio ? audio.url : audio.contentType,
    }),
    listSpeechModels: async () => ({ models: [{ model: { id: 'exact' }, name: 'Exact', price: { minute: 0.006 } }] }),
  },
})

const listener = new PluginDefinition({ name: 'listener', interfaces: { ears: speechToText } })
new PluginImplementation(listener).on.message('text', async ({ interfaces: { ears } }) => {
  const { text, model } = await ears.transcribe({ audio: { url: 'https://example.com/a.ogg' } })
  expectTypeOf(text).toEqualTypeOf<string>()
  await ears.transcribe({ model, audio: { bytes: Buffer.from('a'), contentType: 'audio/ogg' } })
  // @ts-expect-error bytes say nothing of what they are
  await ears.transcribe({ audio: { bytes: Buffer.from('a') } })
})
