import { z } from '../index.ts'

const price = z.number().nonnegative()

/** What a configuration takes for prices that whoever runs the bot knows better than the package. */
export const modelPrices = z
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
  .describe('The prices of a million tokens in US dollars, by the id of the model, instead of those that are known.')
