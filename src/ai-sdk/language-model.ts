import type { LanguageModelV3, LanguageModelV4 } from '@ai-sdk/provider'

/** A model of one of the AI SDK's provider packages, by the current specification (v4) or the one before it (v3). */
export type LanguageModel = LanguageModelV4 | LanguageModelV3
