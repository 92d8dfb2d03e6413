// expected: Property 'configuration' is missing in type '{ configurationType: "oauth"; }'
// code: configuration_missing at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error a configurationType is chosen and its configuration left out
  .addIntegration(vendor, { configurationType: 'oauth' })
