import { z } from '../index.ts'

const price = z.number().nonnegative()
const modelId = (id: string, what: string) =>
  z.string().min(1).default(id).describe(`The id of the model${what}, for calls that name none.`)

/** The fields of a configuration that packages over provider packages share, with the defaults of each. */
export const vendorSettings = {
  baseUrl: (url: string) =>
    z
      .url({ protocol: /^https?$/ })
      .default(url)
      .describe('Where the API is; change it for a gateway that speaks the same API.'),
  defaultModel: (id: string) => modelId(id, ''),
  defaultEmbeddingModel: (id: string) => modelId(id, ' that makes vectors'),
  defaultSpeechModel: (id: string) => modelId(id, ' that writes down speech'),
  defaultImageModel: (id: string) => modelId(id, ' that draws'),
  /** Prices that whoever runs the bot knows better than the package. */
  prices: z
    .record(
      z.string(),
      z.object({
        input: price,
        output: price.default(0),
        /** Input that the vendor had in its cache. Default: as `input`. */
        cacheRead: price.optional(),
        /** Input that the vendor put into its cache. Default: as `input`. */
        cacheWrite: price.optional(),
      }),
    )
    .optional()
    .describe('The prices of a million tokens in US dollars, by the id of the model, instead of those that are known.'),
}
