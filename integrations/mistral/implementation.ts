import { createMistral } from '@ai-sdk/mistral'
import { IntegrationImplementation } from 'plugboard'
import { isStrict, languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { models } from './models.ts'

export default new IntegrationImplementation(definition, {
  actions: languageModelActions({
    name: 'mistral',
    models,
    connect: ({ apiKey, baseUrl }) => createMistral({ apiKey, baseURL: baseUrl }),
    optionsFor: ({ responseFormat }) => responseFormat && { strictJsonSchema: isStrict(responseFormat.schema) },
  }),
})
