import { expectTypeOf } from 'expect-type'
import { IntegrationDefinition, IntegrationImplementation, PluginDefinition, PluginImplementation, z } from 'plugboard'
import textToImage from 'plugboard/interfaces/text-to-image'

const vendor = new IntegrationDefinition({
  name: 'acme',
  entities: { painter: { schema: z.object({ id: z.enum(['oil', 'ink']) }) } },
}).extend(textToImage, ({ entities }) => ({ entities: { imageModel: entities.painter }, capabilities: ['size'] }))
type Model = { id: 'oil' | 'ink' }
type Actions = (typeof vendor.$types)['actions']
expectTypeOf<keyof Actions>().toEqualTypeOf<'generateImage' | 'listImageModels'>()
expectTypeOf<Actions['generateImage']['parsed']>().toEqualTypeOf<{
  model?: Model | undefined
  prompt: string
  count?: number | undefined
  size?: { width: number; height: number } | undefined
  aspectRatio?: string | undefined
}>()
expectTypeOf<Actions['generateImage']['output']>().toEqualTypeOf<{
  model: Model
  images: { bytes: Uint8Array; contentType: string }[]
  cost?: number | undefined
}>()

new IntegrationImplementation(vendor, {
  actions: {
    generateImage: async ({ input: { model = { id: 'ink' } } }) => ({
      model,
      images: [{ bytes: new Uint8Array(1), contentType: 'image/png' }],
    }),
    listImageModels: async () => ({ models: [{ model: { id: 'oil' }, name: 'Oil', price: { image: 0.04 } }] }),
  },
})

const artist = new PluginDefinition({ name: 'artist', interfaces: { painter: textToImage } })
new PluginImplementation(artist).on.message('text', async ({ interfaces: { painter }, client, message }) => {
  const { images } = await painter.generateImage({ prompt: message.payload.text, size: { width: 512, height: 512 } })
  for (const { bytes, contentType } of images) await client.uploadFile({ key: 'a', content: bytes, contentType })
  // @ts-expect-error a size is width and height
  await painter.generateImage({ prompt: 'a cat', size: '512x512' })
})
