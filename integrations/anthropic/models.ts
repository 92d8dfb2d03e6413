import type { ModelFacts } from 'plugboard/ai-sdk'

const contextWindow = 1_000_000

/** The current models, as https://platform.claude.com/docs/en/about-claude/pricing had them in November 2026. */
export const models: readonly ModelFacts[] = [
  {
    id: 'claude-fable-5-1',
    name: 'Claude Fable 5.1',
    description: 'The most capable.',
    contextWindow,
    prices: [{ input: 10, output: 50, cacheRead: 0.25, cacheWrite: 12.5 }],
  },
  {
    id: 'claude-opus-5-5',
    name: 'Claude Opus 5.5',
    description: 'For work that runs long.',
    contextWindow,
    prices: [{ input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 }],
  },
  {
    id: 'claude-sonnet-5-5',
    name: 'Claude Sonnet 5.5',
    description: 'Fast, for most work.',
    contextWindow,
    prices: [{ input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 }],
  },
  {
    id: 'claude-haiku-5-5',
    name: 'Claude Haiku 5.5',
    description: 'Cheap, for many short calls.',
    contextWindow,
    prices: [
      { upTo: 100_000, input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 },
      { input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
    ],
  },
]
