import type definition from './definition.ts'

type Model = (typeof definition)['$types']['actions']['listLanguageModels']['returned']['models'][number]

type EmbeddingModel = (typeof definition)['$types']['actions']['listEmbeddingModels']['returned']['models'][number]

/** The models, the one that is used where none is asked for first. */
export const models = [
  {
    model: { id: 'scripted-large' },
    name: 'Scripted, large',
    description: 'Says all that its rules have to say.',
    price: { input: 0, output: 0 },
  },
  {
    model: { id: 'scripted-small' },
    name: 'Scripted, small',
    description: 'Answers in one sentence.',
    price: { input: 0, output: 0 },
  },
] as const satisfies Model[]

/** The one that makes vectors. */
export const embeddingModels = [
  {
    model: { id: 'scripted-hashing' },
    name: 'Scripted, hashing',
    description: 'Texts with the same words, or forms of them, are near.',
    dimensions: 384,
    price: { input: 0 },
  },
] as const satisfies EmbeddingModel[]
