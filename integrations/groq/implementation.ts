import { createGroq } from '@ai-sdk/groq'
import { IntegrationImplementation } from 'plugboard'
import { languageModelActions, transcriptionActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { models, speechModels } from './models.ts'

const name = 'groq'
const open = ({ apiKey, baseUrl }: { apiKey: string; baseUrl: string }) => createGroq({ apiKey, baseURL: baseUrl })

export default new IntegrationImplementation(definition, {
  actions: {
    ...languageModelActions({
      name,
      models,
      connect: (configuration) => open(configuration),
      hasStrictMode: true,
    }),
    ...transcriptionActions({
      name,
      models: speechModels,
      connect: (configuration) => open(configuration).transcription,
      // Only this form of the answer says how long the recording is, by which it is charged for.
      optionsFor: ({ language, prompt }) => ({
        responseFormat: 'verbose_json',
        ...(language && { language }),
        ...(prompt && { prompt }),
      }),
    }),
  },
})
