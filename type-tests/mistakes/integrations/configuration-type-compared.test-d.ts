// expected: This comparison appears to be unintentional because the types '"byPort" | null' and '"oauth"' have no overlap
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  handler: async ({ ctx }) => {
    // @ts-expect-error the type of the configuration is compared with one that there is not
    if (ctx.configurationType === 'oauth') return
  },
  actions: { ping: async () => ({ milliseconds: 1 }) },
})
