import { createGroq } from '@ai-sdk/groq'
import { IntegrationImplementation } from 'plugboard'
import { isStrict, languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { models } from './models.ts'

export default new IntegrationImplementation(definition, {
  actions: languageModelActions({
    name: 'groq',
    models,
    connect: ({ apiKey, baseUrl }) => createGroq({ apiKey, baseURL: baseUrl }),
    optionsFor: ({ responseFormat }) => responseFormat && { strictJsonSchema: isStrict(responseFormat.schema) },
  }),
})
