import { IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { verifySignature } from 'plugboard/security'

// #region define
const definition = new IntegrationDefinition({
  name: 'teams',
  configuration: { schema: z.object({ teamId: z.string(), signingSecret: z.string() }) },
  identifier: {
    // Its result is the identifier.
    extractScript: 'parse_json!(.body).team_id',
    // Its result is the answer to what no installation has claimed; null is none.
    fallbackHandlerScript: 'parse_json!(.body).challenge',
  },
})

export default definition.implementedBy(async () => ({
  default: new IntegrationImplementation(definition, {
    register: ({ client, configuration }) => client.configureIntegration({ identifier: configuration.teamId }),
    webhook: {
      verify: ({ req, configuration }) =>
        verifySignature({
          secret: configuration.signingSecret,
          payload: req.rawBody,
          signature: req.headers['x-signature'],
        }),
      deliveryId: (req) => req.headers['x-delivery'],
    },
    handler: async ({ req, logger }) => logger.info('a request came', { path: req.path }),
  }),
}))
// #endregion
