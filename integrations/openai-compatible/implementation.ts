import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { IntegrationImplementation } from 'plugboard'
import { embeddingActions, languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { models } from './models.ts'

const name = 'openai-compatible'
const optionsName = 'openaiCompatible'
const open = ({ apiKey, baseUrl }: { apiKey?: string | undefined; baseUrl: string }) =>
  createOpenAICompatible({
    name: optionsName,
    apiKey,
    baseURL: baseUrl,
    includeUsage: true,
    supportsStructuredOutputs: true,
  })

export default new IntegrationImplementation(definition, {
  actions: {
    ...languageModelActions({
      name,
      optionsName,
      models: (configuration, signal) => models(configuration, signal),
      connect: (configuration) => open(configuration),
      hasStrictMode: true,
    }),
    ...embeddingActions({
      name,
      models: (configuration, signal) => models(configuration, signal),
      connect: (configuration) => open(configuration).embeddingModel,
    }),
  },
})
