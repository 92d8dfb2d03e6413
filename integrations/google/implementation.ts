import { createGoogle } from '@ai-sdk/google'
import { IntegrationImplementation } from 'plugboard'
import { languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { models } from './models.ts'

export default new IntegrationImplementation(definition, {
  actions: languageModelActions({
    name: 'google',
    models,
    connect: ({ apiKey, baseUrl }) => createGoogle({ apiKey, baseURL: baseUrl }),
  }),
})
