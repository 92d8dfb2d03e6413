// expected: Property 'configuration' is missing in type '{ alias: "main"; }'
// code: configuration_missing at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error required configuration is left out beside other options
  .addIntegration(vendor, { alias: 'main' })
