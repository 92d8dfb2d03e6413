// expected: 'clientId' does not exist in type 'Values<{ apiKey: string; region?: string | undefined; }>'
// code: configuration_invalid, configuration_missing at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error a named configuration is given without its configurationType
  .addIntegration(vendor, { configuration: { clientId: 'id', clientSecret: 'secret' } })
