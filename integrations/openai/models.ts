import type { EmbeddingModelFacts, ImageModelFacts, ModelFacts, SpeechModelFacts } from 'plugboard/ai-sdk'

const contextWindow = 1_050_000

/** The current models, as https://developers.openai.com/api/docs/pricing had them in November 2026; longer inputs double the price. */
export const models: readonly ModelFacts[] = [
  {
    id: 'gpt-6-astra',
    name: 'GPT-6 Astra',
    description: 'The most capable.',
    contextWindow,
    prices: [
      { upTo: 272_000, input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 },
      { input: 20, output: 75, cacheRead: 2, cacheWrite: 25 },
    ],
  },
  {
    id: 'gpt-6.1-sol',
    name: 'GPT-6.1 Sol',
    description: 'For work of many steps.',
    contextWindow,
    prices: [
      { upTo: 272_000, input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
      { input: 4, output: 15, cacheRead: 0.2, cacheWrite: 5 },
    ],
  },
  {
    id: 'gpt-6.1-terra',
    name: 'GPT-6.1 Terra',
    description: 'Fast, for most work.',
    contextWindow,
    prices: [
      { upTo: 272_000, input: 1, output: 5, cacheRead: 0.05, cacheWrite: 1.25 },
      { input: 2, output: 7.5, cacheRead: 0.1, cacheWrite: 2.5 },
    ],
  },
  {
    id: 'gpt-6-luna',
    name: 'GPT-6 Luna',
    description: 'Cheap, for many short calls.',
    contextWindow,
    prices: [
      { upTo: 272_000, input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 },
      { input: 0.2, output: 0.75, cacheRead: 0.02, cacheWrite: 0.25 },
    ],
  },
]

/** The prices are as others gave them in June 2026, not read from the vendor: see https://developers.openai.com/api/docs/models. */
export const embeddingModels: readonly EmbeddingModelFacts[] = [
  { id: 'text-embedding-3-small', name: 'Text Embedding 3 Small', dimensions: 1536, price: { input: 0.02 } },
  { id: 'text-embedding-3-large', name: 'Text Embedding 3 Large', dimensions: 3072, price: { input: 0.13 } },
]

/** The models that `@ai-sdk/openai` 4.0.118 knows. Their prices are not given, for they could not be verified. */
export const speechModels: readonly SpeechModelFacts[] = [
  { id: 'gpt-4o-mini-transcribe', name: 'GPT-4o Mini Transcribe', description: 'Fast, for most recordings.' },
  { id: 'gpt-4o-transcribe', name: 'GPT-4o Transcribe', description: 'Errs less.' },
  {
    id: 'whisper-1',
    name: 'Whisper',
    description: 'Says when each stretch is spoken.',
    segments: true,
  },
]

/** Models that draw, as the same package knows them. They are charged for by tokens, so the price of a picture is not given. */
export const imageModels: readonly ImageModelFacts[] = [
  { id: 'gpt-image-2', name: 'GPT Image 2', description: 'Draws in three sizes.' },
  { id: 'gpt-image-2.6-flare', name: 'GPT Image 2.6 Flare', description: 'Draws in sizes of your own.' },
  { id: 'gpt-image-1-mini', name: 'GPT Image 1 Mini', description: 'Cheaper.' },
]
