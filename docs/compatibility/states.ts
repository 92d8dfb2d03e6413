import { IntegrationDefinition, z } from 'plugboard'

export default new IntegrationDefinition({
  name: 'oauth-provider',
  states: {
    authToken: {
      type: 'integration',
      schema: z.object({
        accessToken: z.string(),
        refreshToken: z.string(),
        expiresAt: z.string(),
      }),
    },
  },
})
