import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { IntegrationImplementation } from 'plugboard'
import { isStrict, languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { models } from './models.ts'

export default new IntegrationImplementation(definition, {
  actions: languageModelActions({
    name: 'ollama',
    optionsName: 'ollama',
    models: (configuration, signal) => models(configuration, signal),
    connect: ({ apiKey, baseUrl }) =>
      createOpenAICompatible({
        name: 'ollama',
        apiKey,
        baseURL: `${baseUrl}/v1`,
        includeUsage: true,
        supportsStructuredOutputs: true,
      }),
    optionsFor: ({ responseFormat }) => responseFormat && { strictJsonSchema: isStrict(responseFormat.schema) },
  }),
})
