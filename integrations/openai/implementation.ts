import { createOpenAI } from '@ai-sdk/openai'
import { IntegrationImplementation } from 'plugboard'
import { embeddingActions, imageActions, languageModelActions, transcriptionActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { embeddingModels, imageModels, models, speechModels } from './models.ts'

const name = 'openai'
const open = ({ apiKey, baseUrl }: { apiKey: string; baseUrl: string }) => createOpenAI({ apiKey, baseURL: baseUrl })

export default new IntegrationImplementation(definition, {
  actions: {
    ...languageModelActions({
      name,
      models,
      // Chat Completions, though the package's default is the Responses API: it is what other servers speak too (Ollama, vLLM,
      // LM Studio, gateways), and a conversation that is sent whole needs nothing that the other one keeps.
      connect: (configuration) => open(configuration).chat,
      takesStop: (id) => !/^(o\d|gpt-[5-9])/.test(id),
      hasStrictMode: true,
    }),
    ...embeddingActions({
      name,
      models: embeddingModels,
      // Of tokens OpenAI takes 300,000 at once, and a token is a byte at least.
      mostBytes: 300_000,
      connect: (configuration) => open(configuration).embeddingModel,
    }),
    ...transcriptionActions({
      name,
      models: speechModels,
      connect: (configuration) => open(configuration).transcription,
      optionsFor: ({ language, prompt }) => ({ ...(language && { language }), ...(prompt && { prompt }) }),
    }),
    ...imageActions({ name, models: imageModels, connect: (configuration) => open(configuration).image }),
  },
})
