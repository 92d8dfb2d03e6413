// expected: Type 'void' is not assignable to type '{ words: number; }'
// code: stream_broken at call
import { IntegrationImplementation } from 'plugboard'
import { narrator } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(narrator, {
  actions: {
    // @ts-expect-error a stream ends without its output
    narrate: async function* () {
      yield { text: 'a' }
    },
  },
})
