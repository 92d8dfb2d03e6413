// expected: 'vendor' has required configuration: 'apiKey'
// code: configuration_missing at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error required configuration is left out
  .addIntegration(vendor)
