// expected: Type 'void' is not assignable to type '{ words: number; }'
// code: output_invalid
import { IntegrationImplementation } from 'plugboard'
import { narrator } from '../../fixtures/parts.ts'

new IntegrationImplementation(narrator, {
  actions: {
    // @ts-expect-error a stream ends without its output
    narrate: async function* () {
      yield { text: 'a' }
    },
  },
})
