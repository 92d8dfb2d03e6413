// expected: 'assistant' has required configuration: 'tone'
// code: configuration_missing at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'
import { assistant } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(vendor, { configuration: { apiKey: 'key' } })
  // @ts-expect-error the required configuration of a plugin is left out
  .addPlugin(assistant)
