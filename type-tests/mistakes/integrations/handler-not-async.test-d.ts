// expected: Type '{ milliseconds: number; }' is missing the following properties from type 'Promise<{ milliseconds: number; }>': then, catch, finally, [Symbol.toStringTag]
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler returns no promise
    ping: () => ({ milliseconds: 1 }),
  },
})
