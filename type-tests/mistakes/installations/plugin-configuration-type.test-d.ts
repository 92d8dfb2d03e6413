// expected: Type 'string' is not assignable to type 'number | EnvironmentValue | undefined'
// code: configuration_invalid at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'
import { assistant } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(vendor, { configuration: { apiKey: 'key' } })
  // @ts-expect-error a key of the configuration of a plugin has another type
  .addPlugin(assistant, { configuration: { tone: 'kind', length: '100' } })
