import { IntegrationDefinition, z } from 'plugboard'
import llmInterface from 'plugboard/interfaces/llm'
const anthropicIntegration = new IntegrationDefinition({
  name: 'anthropic',
  version: '1.0.0',
  title: 'Anthropic',
  configuration: {
    schema: z.object({
      apiKey: z.string(),
    }),
  },
  // Define entities that map to interface entities
  entities: {
    model: {
      schema: z.object({
        id: z.string(),
        name: z.string(),
        maxTokens: z.number(),
      }),
    },
  },
})
// Extend the LLM interface
anthropicIntegration.extend(llmInterface, ({ entities }) => ({
  // Map integration entities to interface entities
  entities: {
    modelRef: entities.model,
  },
  // Override interface action metadata
  actions: {
    generateContent: {
      name: 'generateContent',
      title: 'Generate Content with Claude',
      billable: true,
    },
  },
}))
export default anthropicIntegration
