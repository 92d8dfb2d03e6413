import { createMistral } from '@ai-sdk/mistral'
import { IntegrationImplementation } from 'plugboard'
import { embeddingActions, languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { embeddingModels, models } from './models.ts'

const name = 'mistral'
const open = ({ apiKey, baseUrl }: { apiKey: string; baseUrl: string }) => createMistral({ apiKey, baseURL: baseUrl })

export default new IntegrationImplementation(definition, {
  actions: {
    ...languageModelActions({
      name,
      models,
      connect: (configuration) => open(configuration),
      toolCallId: /^[a-zA-Z0-9]{9}$/,
      hasStrictMode: true,
    }),
    ...embeddingActions({
      name,
      models: embeddingModels,
      connect: (configuration) => open(configuration).embeddingModel,
    }),
  },
})
