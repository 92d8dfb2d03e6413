// expected: Type 'number' is not assignable to type 'string | EnvironmentValue | undefined'
// code: configuration_invalid at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error a key of the configuration has another type
  .addIntegration(vendor, { configuration: { apiKey: 42 } })
