import { expectTypeOf } from 'expect-type'
import { IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'

const cloud = new IntegrationDefinition({
  name: 'cloud',
  configuration: { schema: z.object({ clientId: z.string() }) },
  secrets: { CLIENT_SECRET: {} },
  oauth: { authorizationUrl: 'https://cloud.test/authorize', tokenUrl: 'https://cloud.test/token', scopes: ['read'] },
})

new IntegrationImplementation(cloud, {
  oauth: ({ configuration, ctx }) => {
    expectTypeOf(configuration).toEqualTypeOf<{ clientId: string }>()
    expectTypeOf(ctx.secrets).toEqualTypeOf<{ readonly CLIENT_SECRET: string }>()
    return { clientId: configuration.clientId, clientSecret: ctx.secrets.CLIENT_SECRET }
  },
  handler: async ({ client }) => {
    expectTypeOf(client.getAccessToken).toEqualTypeOf<
      (options?: { insteadOf?: string | undefined }) => Promise<string>
    >()
  },
})
