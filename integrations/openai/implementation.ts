import { createOpenAI } from '@ai-sdk/openai'
import { IntegrationImplementation } from 'plugboard'
import { isStrict, languageModelActions } from 'plugboard/ai-sdk'
import definition from './definition.ts'
import { models } from './models.ts'

export default new IntegrationImplementation(definition, {
  actions: languageModelActions({
    name: 'openai',
    models,
    // Chat Completions, though the package's default is the Responses API: it is what other servers speak too (Ollama, vLLM,
    // LM Studio, gateways), and a conversation that is sent whole needs nothing that the other one keeps.
    connect: ({ apiKey, baseUrl }) => createOpenAI({ apiKey, baseURL: baseUrl }).chat,
    optionsFor: ({ responseFormat }) => responseFormat && { strictJsonSchema: isStrict(responseFormat.schema) },
  }),
})
