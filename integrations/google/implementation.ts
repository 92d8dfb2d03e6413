import { createGoogle } from '@ai-sdk/google'
import { IntegrationImplementation } from 'plugboard'
import { embeddingActions, imageActions, languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { embeddingModels, imageModels, models } from './models.ts'

const name = 'google'
const open = ({ apiKey, baseUrl }: { apiKey: string; baseUrl: string }) => createGoogle({ apiKey, baseURL: baseUrl })

export default new IntegrationImplementation(definition, {
  actions: {
    ...languageModelActions({
      name,
      models,
      connect: (configuration) => open(configuration),
      // A conversation is told without the signatures of thoughts, which mean nothing to the next vendor.
      needless: /thoughtSignature/,
    }),
    ...embeddingActions({
      name,
      models: embeddingModels,
      connect: (configuration) => open(configuration).embeddingModel,
    }),
    ...imageActions({ name, models: imageModels, connect: (configuration) => open(configuration).image }),
  },
})
