// expected: 'apiKey' does not exist in type 'Values<{ clientId: string; clientSecret: string; }>'
// code: configuration_invalid, configuration_missing at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error the configuration does not fit the chosen configurationType
  .addIntegration(vendor, { configurationType: 'oauth', configuration: { apiKey: 'key' } })
