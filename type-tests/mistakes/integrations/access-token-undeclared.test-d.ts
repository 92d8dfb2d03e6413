// expected: Type 'Refused<"the definition declares no `oauth`">' has no call signatures
// code: oauth_undeclared at call
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    ping: async ({ client }) => {
      // @ts-expect-error the definition declares no `oauth`
      await client.getAccessToken()
      return { milliseconds: 1 }
    },
  },
})
