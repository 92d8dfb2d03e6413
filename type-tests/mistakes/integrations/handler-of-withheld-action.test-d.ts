// expected: 'narrate' does not exist
// code: handler_unknown at definition
import { IntegrationImplementation } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

export default new IntegrationImplementation(plain, {
  actions: {
    generate: async () => ({ model: { id: 'a' }, text: '' }),
    listModels: async () => ({ models: [] }),
    // @ts-expect-error there is a handler for an action whose capability is not claimed
    narrate: async function* () {
      yield { text: '' }
      return { text: '' }
    },
  },
  channels: { console: { messages: { text: async () => {} } } },
})
