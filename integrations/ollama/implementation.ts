import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { IntegrationImplementation } from 'plugboard'
import { embeddingActions, languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { embeddingModels, models, serverOf } from './models.ts'

const name = 'ollama'
const open = ({ apiKey, baseUrl }: { apiKey?: string | undefined; baseUrl: string }) =>
  createOpenAICompatible({
    name,
    apiKey,
    baseURL: `${serverOf(baseUrl)}/v1`,
    includeUsage: true,
    supportsStructuredOutputs: true,
    transformRequestBody: offered,
  })

export default new IntegrationImplementation(definition, {
  actions: {
    ...languageModelActions({
      name,
      models: (configuration, signal) => models(configuration, signal),
      connect: (configuration) => open(configuration),
      hasStrictMode: true,
    }),
    ...embeddingActions({
      name,
      models: (configuration, signal) => embeddingModels(configuration, signal),
      connect: (configuration) => open(configuration).embeddingModel,
    }),
  },
})

/** Ollama knows no choice of tools: what must not be called is not offered. */
function offered(body: Record<string, unknown>): Record<string, unknown> {
  const { tools: _, tool_choice: choice, ...rest } = body
  return choice === 'none' ? rest : body
}
