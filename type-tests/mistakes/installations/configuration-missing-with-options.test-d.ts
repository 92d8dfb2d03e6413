// expected: Property 'configuration' is missing in type '{ alias: "main"; }'
// code: configuration_missing
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

new BotDefinition()
  // @ts-expect-error required configuration is left out beside other options
  .addIntegration(vendor, { alias: 'main' })
