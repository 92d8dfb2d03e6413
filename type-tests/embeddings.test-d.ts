import { expectTypeOf } from 'expect-type'
import {
  IntegrationDefinition,
  IntegrationImplementation,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings'

const vendor = new IntegrationDefinition({
  name: 'acme',
  entities: { vectorizer: { schema: z.object({ id: z.enum(['small', 'large']), family: z.string() }) } },
}).extend(embeddings, ({ entities }) => ({
  entities: { embeddingModel: entities.vectorizer },
  capabilities: ['dimensions'],
}))
type Model = { id: 'small' | 'large'; family: string }
type Actions = (typeof vendor.$types)['actions']
expectTypeOf<keyof Actions>().toEqualTypeOf<'embed' | 'listEmbeddingModels'>()
expectTypeOf<Actions['embed']['parsed']>().toEqualTypeOf<{
  model?: Model | undefined
  texts: string[]
  dimensions?: number | undefined
}>()
expectTypeOf<Actions['embed']['output']>().toEqualTypeOf<{
  model: Model
  vectors: number[][]
  dimensions: number
  usage: { inputTokens: number }
  cost?: number | undefined
}>()

new IntegrationImplementation(vendor, {
  actions: {
    embed: async ({ input: { model = { id: 'small', family: 'a' }, texts, dimensions = 2 } }) => ({
      model,
      vectors: texts.map(() => Array.from({ length: dimensions }, () => 0)),
      dimensions,
      usage: { inputTokens: 0 },
    }),
    listEmbeddingModels: async () => ({
      models: [{ model: { id: 'small', family: 'a' }, name: 'Small', price: { input: 0.02 } }],
    }),
  },
})

const searcher = new PluginDefinition({
  name: 'searcher',
  interfaces: { embeddings, short: need(embeddings, { capabilities: ['dimensions'] }) },
})
new PluginImplementation(searcher).on.message('text', async ({ interfaces, message }) => {
  const { models } = await interfaces.embeddings.listEmbeddingModels({})
  const { vectors, model } = await interfaces.embeddings.embed({
    model: models[0]?.model,
    texts: [message.payload.text],
  })
  expectTypeOf(vectors).toEqualTypeOf<number[][]>()
  await interfaces.embeddings.embed({ model, texts: ['a'] })
  await interfaces.short.embed({ texts: ['a'], dimensions: 256 })
  // @ts-expect-error another need, another integration
  await interfaces.short.embed({ model, texts: ['a'] })
  // @ts-expect-error a model is not made up
  await interfaces.embeddings.embed({ model: { id: 'small' }, texts: ['a'] })
})
