import { IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { response } from './conversation.ts'

/** The smallest call that there is. */
export const measuring = new InterfaceDefinition({
  name: 'measuring',
  version: '1.0.0',
  actions: {
    measure: {
      input: { schema: () => z.object({ text: z.string() }) },
      output: { schema: () => z.object({ length: z.number() }) },
    },
  },
})

/** An integration that answers at once. */
export const definition = new IntegrationDefinition({
  name: 'instant',
  version: '1.0.0',
  configuration: { schema: z.object({ apiKey: z.string() }) },
  entities: {
    model: { schema: z.object({ id: z.string() }) },
    options: { schema: z.object({ seed: z.number().optional() }) },
  },
})
  .extend(llm, ({ entities }) => ({
    entities: { modelRef: entities.model, vendorOptions: entities.options },
    // All of them: a capability that is not claimed has the input looked through for what needs it.
    capabilities: ['stream', 'tools', 'imageInput', 'structuredOutput', 'reasoning'],
  }))
  .extend(measuring, () => ({ entities: {} }))

/** The handlers, as functions that can also be called without anything around them. */
export const handlers = {
  generateContent: async () => response,
  streamContent: async function* () {
    yield { type: 'text' as const, text: response.content }
    return response
  },
  listLanguageModels: async () => ({ models: [] }),
  measure: async ({ input }: { input: { text: string } }) => ({ length: input.text.length }),
}

export const instant = definition.implementedBy(async () => ({
  default: new IntegrationImplementation(definition, { actions: handlers }),
}))
