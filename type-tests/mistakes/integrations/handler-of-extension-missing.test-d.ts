// expected: Property 'listModels' is missing
// code: handler_missing
import { IntegrationImplementation } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

new IntegrationImplementation(plain, {
  // @ts-expect-error an action of the interface has no handler
  actions: { generate: async () => ({ model: { id: 'a' }, text: '' }) },
  channels: { console: { messages: { text: async () => {} } } },
})
