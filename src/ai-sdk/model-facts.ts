import type { LanguageModelV3Usage, LanguageModelV4Usage } from '@ai-sdk/provider'

/** What a vendor publishes about one of its models. */
export interface ModelFacts {
  readonly id: string
  /** For people. */
  readonly name: string
  readonly description?: string
  /** The most tokens of input and output together. */
  readonly contextWindow?: number
  /** The prices, of the shortest inputs first. */
  readonly prices?: readonly ModelPrice[]
}

/** The price of a million tokens, in US dollars. */
export interface ModelPrice {
  /** The longest input, in tokens, that has this price; a longer one makes the whole call dearer. Default: any. */
  readonly upTo?: number
  readonly input: number
  readonly output: number
  /** Input that the vendor had in its cache. Default: as `input`. */
  readonly cacheRead?: number
  /** Input that the vendor put into its cache. Default: as `input`. */
  readonly cacheWrite?: number
}

/** The prices that whoever runs the bot knows better, by the id of the model. */
export type OwnPrices = Readonly<Record<string, Omit<ModelPrice, 'upTo'>>>

/**
 * The prices of the first of `ids` of which any are known, in the configuration or by the package: a vendor may answer with
 * the id of a snapshot, which has none.
 */
export function pricesOf(
  models: readonly ModelFacts[],
  own: OwnPrices | undefined,
  ids: readonly string[],
): readonly ModelPrice[] | undefined {
  for (const id of ids) {
    const configured = own && Object.hasOwn(own, id) ? own[id] : undefined
    const prices = configured ? [configured] : models.find((model) => model.id === id)?.prices
    if (prices) return prices
  }
  return undefined
}

/** What a call cost, in US dollars; undefined where the price or the usage is not known. */
export function costOf(
  prices: readonly ModelPrice[] | undefined,
  { inputTokens, outputTokens }: LanguageModelV4Usage | LanguageModelV3Usage,
): number | undefined {
  const { total: read } = inputTokens
  const { total: written } = outputTokens
  if (read === undefined || written === undefined) return undefined
  const price = prices?.find(({ upTo = Infinity }) => read <= upTo)
  if (!price) return undefined
  const { cacheRead = 0, cacheWrite = 0 } = inputTokens
  const plain = Math.max(0, read - cacheRead - cacheWrite)
  const dollars =
    plain * price.input +
    cacheRead * (price.cacheRead ?? price.input) +
    cacheWrite * (price.cacheWrite ?? price.input) +
    written * price.output
  return dollars / 1_000_000
}

/** A model as `listLanguageModels` gives it, with the price of an ordinary input. */
export function listed(facts: ModelFacts, own?: OwnPrices) {
  const { id, name, description, contextWindow } = facts
  const price = pricesOf([facts], own, [id])?.[0]
  return {
    model: { id },
    name,
    description,
    contextWindow,
    price: price && { input: price.input, output: price.output },
  }
}
