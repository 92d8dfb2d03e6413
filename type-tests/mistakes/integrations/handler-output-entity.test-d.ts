// expected: Property 'id' is missing in type '{ name: string; }' but required in type '{ id: string; }'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

export default new IntegrationImplementation(plain, {
  actions: {
    // @ts-expect-error an entity in the output lacks a field
    generate: async () => ({ model: { name: 'a' }, text: '' }),
    listModels: async () => ({ models: [] }),
  },
  channels: { console: { messages: { text: async () => {} } } },
})
