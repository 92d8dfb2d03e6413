// expected: 'apikey' does not exist
// code: configuration_invalid at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error the configuration has a key that is not declared
  .addIntegration(vendor, { configuration: { apiKey: 'key', apikey: 'key' } })
