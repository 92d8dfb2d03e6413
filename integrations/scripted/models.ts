import type definition from './definition.ts'

type Model = (typeof definition)['$types']['actions']['listLanguageModels']['returned']['models'][number]

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
