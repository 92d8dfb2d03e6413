// expected: 'vendor' has required configuration: 'apiKey'
// code: configuration_missing
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

new BotDefinition()
  // @ts-expect-error required configuration is left out
  .addIntegration(vendor)
