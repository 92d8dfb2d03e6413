// expected: Property 'configuration' is missing in type '{ configurationType: "oauth"; }'
// code: configuration_missing
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

new BotDefinition()
  // @ts-expect-error a configurationType is chosen and its configuration left out
  .addIntegration(vendor, { configurationType: 'oauth' })
