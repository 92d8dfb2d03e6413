import { InterfaceDefinition, z } from 'plugboard'

/**
 * Texts as vectors, near one another where they mean alike.
 *
 * An implementation promises: `vectors` has one vector for each text, equal ones too, in their order, all of `dimensions` finite numbers;
 * vectors of one model and one number of dimensions can be compared with one another, whenever they were made; more texts
 * than the vendor takes at once are sent in several requests, and all or none are given; the answer's `model` is one of its
 * own.
 */
export default new InterfaceDefinition({
  name: 'embeddings',
  version: '1.0.0',
  title: 'Embeddings',
  description: 'Turns texts into vectors.',
  capabilities: {
    dimensions: 'Makes vectors as long as the caller wants.',
  },
  entities: {
    /** A model of the vendor. */
    embeddingModel: { title: 'Model', schema: z.object({ id: z.string() }) },
  },
  actions: {
    embed: {
      title: 'Embed texts',
      description: 'Gives a vector for each text.',
      billable: true,
      cacheable: true,
      idempotent: true,
      fieldCapabilities: { dimensions: 'dimensions' },
      cost: (output: { cost?: number }) => output.cost,
      input: {
        schema: ({ embeddingModel }) =>
          z.object({
            /** Which model. Default: the integration's choice. */
            model: z.optional(embeddingModel),
            texts: z.array(z.string().min(1)).min(1).max(10_000),
            /** How long the vectors are to be; what the model cannot is refused with the code `vendor_refused`. Needs the capability `dimensions`. Default: the model's own. */
            dimensions: z.number().int().positive().optional(),
          }),
      },
      output: {
        schema: ({ embeddingModel }) =>
          z.object({
            /** The model that made the vectors. */
            model: embeddingModel,
            vectors: z.array(z.array(z.number())),
            /** How long each vector is. */
            dimensions: z.number().int().positive(),
            usage: z.object({
              /** Tokens, as the vendor counts them; 0 where it does not say. */
              inputTokens: z.number().int().nonnegative(),
            }),
            /** What the call cost, in US dollars; left out where the integration does not know the price. */
            cost: z.number().nonnegative().optional(),
          }),
      },
    },
    listEmbeddingModels: {
      title: 'List embedding models',
      cacheable: true,
      idempotent: true,
      input: { schema: () => z.object({}) },
      output: {
        schema: ({ embeddingModel }) =>
          z.object({
            models: z.array(
              z.object({
                model: embeddingModel,
                name: z.string(),
                description: z.string().optional(),
                /** How long its vectors are, unless told otherwise. */
                dimensions: z.number().int().positive().optional(),
                /** The longest text, in tokens. */
                contextWindow: z.number().int().positive().optional(),
                /** The price of a million tokens, in US dollars. */
                price: z.object({ input: z.number().nonnegative() }).optional(),
              }),
            ),
          }),
      },
    },
  },
})
