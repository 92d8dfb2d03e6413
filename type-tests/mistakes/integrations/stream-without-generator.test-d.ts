// expected: is missing the following properties from type 'AsyncGenerator<{ text: string; }, { words: number; }, void>'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { narrator } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(narrator, {
  actions: {
    // @ts-expect-error the handler of an action that streams is no generator
    narrate: async () => ({ words: 1 }),
  },
})
