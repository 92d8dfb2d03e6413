import type { EmbeddingModelFacts, ImageModelFacts, ModelFacts } from 'plugboard/ai-sdk'

const contextWindow = 1_000_000

/**
 * The current models. The prices are as others gave them in October 2026, not read from the vendor: see
 * https://ai.google.dev/gemini-api/docs/pricing. What is read from the cache is counted at the full price. The price of Gemini 3.8 Flash doubles on 1 January 2027.
 */
export const models: readonly ModelFacts[] = [
  {
    id: 'gemini-3.1-pro-preview',
    name: 'Gemini 3.1 Pro',
    description: 'For hard questions.',
    contextWindow,
    prices: [
      { upTo: 200_000, input: 2, output: 12 },
      { input: 4, output: 18 },
    ],
  },
  {
    id: 'gemini-3.8-flash',
    name: 'Gemini 3.8 Flash',
    description: 'Fast, for most work.',
    contextWindow,
    prices: [{ input: 0.75, output: 3.75 }],
  },
  {
    id: 'gemini-3.5-flash-lite',
    name: 'Gemini 3.5 Flash-Lite',
    description: 'Cheap, for many short calls.',
    contextWindow,
    prices: [{ input: 0.3, output: 2.5 }],
  },
]

/** The prices were not read from the vendor either. Google does not count the tokens of embeddings, so their cost is not known. */
export const embeddingModels: readonly EmbeddingModelFacts[] = [
  { id: 'gemini-embedding-2', name: 'Gemini Embedding 2', dimensions: 3072, price: { input: 0.2 } },
  { id: 'gemini-embedding-001', name: 'Gemini Embedding 1', dimensions: 3072, description: 'The one before.' },
]

const aspectRatios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9']

/** Models that draw. They are charged for by tokens, so the price of a picture is not given. */
export const imageModels: readonly ImageModelFacts[] = [
  { id: 'gemini-3.1-flash-image-preview', name: 'Gemini 3.1 Flash Image', description: 'Fast.', aspectRatios },
  { id: 'gemini-3-pro-image-preview', name: 'Gemini 3 Pro Image', description: 'The most capable.', aspectRatios },
]
