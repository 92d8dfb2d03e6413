import type { EmbeddingModelFacts, ModelFacts } from 'plugboard/ai-sdk'

/** The current models that `@ai-sdk/mistral` 4.0.87 knows. Their prices are not given, for they could not be verified. */
export const models: readonly ModelFacts[] = [
  { id: 'mistral-medium-latest', name: 'Mistral Medium', description: 'For most work; sees and reasons.' },
  { id: 'mistral-large-latest', name: 'Mistral Large', description: 'For long texts; sees.' },
  { id: 'mistral-small-latest', name: 'Mistral Small', description: 'Cheap and fast; sees and reasons.' },
  { id: 'ministral-8b-latest', name: 'Ministral 8B', description: 'Small.' },
]

/** As the same package knows them. Only the one for code makes vectors of other lengths. */
export const embeddingModels: readonly EmbeddingModelFacts[] = [
  { id: 'mistral-embed', name: 'Mistral Embed', description: 'For texts.', dimensions: 1024 },
  { id: 'codestral-embed', name: 'Codestral Embed', description: 'For code.', dimensions: 1536 },
]
