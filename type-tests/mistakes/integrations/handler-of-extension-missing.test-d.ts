// expected: Property 'listModels' is missing
// code: handler_missing at definition
import { IntegrationImplementation } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

export default new IntegrationImplementation(plain, {
  // @ts-expect-error an action of the interface has no handler
  actions: { generate: async () => ({ model: { id: 'a' }, text: '' }) },
  channels: { console: { messages: { text: async () => {} } } },
})
