import { createAnthropic } from '@ai-sdk/anthropic'
import { IntegrationImplementation } from 'plugboard'
import { languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { models } from './models.ts'

export default new IntegrationImplementation(definition, {
  actions: languageModelActions({
    name: 'anthropic',
    models,
    connect: ({ apiKey, baseUrl }) => createAnthropic({ apiKey, baseURL: baseUrl }),
  }),
})
