// expected: is missing the following properties from type 'AsyncGenerator<{ text: string; }, { words: number; }, void>'
import { IntegrationImplementation } from 'plugboard'
import { narrator } from '../../fixtures/parts.ts'

new IntegrationImplementation(narrator, {
  actions: {
    // @ts-expect-error the handler of an action that streams is no generator
    narrate: async () => ({ words: 1 }),
  },
})
