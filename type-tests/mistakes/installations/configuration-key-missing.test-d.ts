// expected: Property 'apiKey' is missing in type '{ region: string; }' but required in type 'Values<{ apiKey: string; region?: string | undefined; }>'
// code: configuration_missing at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error a required key of the configuration is left out
  .addIntegration(vendor, { configuration: { region: 'us' } })
