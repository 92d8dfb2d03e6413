import type { ModelFacts, SpeechModelFacts } from 'plugboard/ai-sdk'

const contextWindow = 131_072

/** Models for production. The prices are as others gave them in May 2026, not read from the vendor: see https://groq.com/pricing. */
export const models: readonly ModelFacts[] = [
  {
    id: 'openai/gpt-oss-120b',
    name: 'GPT-OSS 120B',
    description: 'Reasons and calls tools.',
    contextWindow,
    prices: [{ input: 0.15, output: 0.6, cacheRead: 0.075 }],
  },
  {
    id: 'openai/gpt-oss-20b',
    name: 'GPT-OSS 20B',
    description: 'Faster and cheaper.',
    contextWindow,
    prices: [{ input: 0.075, output: 0.3, cacheRead: 0.0375 }],
  },
]

const shortest = 10_000

/** Charged for by the hour, and for ten seconds at least; these prices were not read from the vendor either. */
export const speechModels: readonly SpeechModelFacts[] = [
  {
    id: 'whisper-large-v3-turbo',
    name: 'Whisper Large v3 Turbo',
    description: 'Fast, in many languages.',
    price: { minute: 0.04 / 60 },
    shortest,
    segments: true,
  },
  {
    id: 'whisper-large-v3',
    name: 'Whisper Large v3',
    description: 'Errs less.',
    price: { minute: 0.111 / 60 },
    shortest,
    segments: true,
  },
]
