import { IntegrationDefinition, z } from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'
import { ownRule } from './own-rules.ts'
import { resultReplies } from './result-replies.ts'

export default new IntegrationDefinition({
  name: 'scripted',
  version: '0.1.0',
  title: 'Scripted',
  description:
    'A language model made of rules, and vectors made by hashing: the same question in the same conversation gets the same answer.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      /** Rules of your own. The first that applies answers; the built-in ones come after. Default: none. */
      rules: z.array(ownRule).default([]),
      /** What to answer to what tools gave, by their names. Default: what they gave is told, with the name of the tool. */
      results: resultReplies.default({}),
      /** How long to wait before each piece of a streamed answer, in milliseconds. Default: 0. */
      delay: z.number().int().min(0).max(60_000).default(0),
      /** Chooses among answers that mean the same. Default: 0. */
      seed: z.number().int().min(0).default(0),
    }),
  },
  entities: {
    model: {
      title: 'Model',
      schema: z.object({ id: z.enum(['scripted-small', 'scripted-large']) }),
    },
    embeddingModel: {
      title: 'Model for embeddings',
      schema: z.object({ id: z.literal('scripted-hashing') }),
    },
    options: {
      title: 'Options',
      schema: z.object({
        /** Goes before the configuration's. */
        seed: z.number().int().min(0).optional(),
      }),
    },
  },
})
  .extend(llm, ({ entities }) => ({
    entities: { modelRef: entities.model, vendorOptions: entities.options },
    capabilities: ['stream', 'tools', 'imageInput', 'structuredOutput'],
  }))
  .extend(embeddings, ({ entities }) => ({
    entities: { embeddingModel: entities.embeddingModel },
    capabilities: ['dimensions'],
  }))
