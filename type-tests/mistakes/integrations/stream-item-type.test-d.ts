// expected: Type 'number' is not assignable to type 'string'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { narrator } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(narrator, {
  actions: {
    // @ts-expect-error a stream gives an item of another type
    narrate: async function* () {
      yield { text: 42 }
      return { words: 1 }
    },
  },
})
