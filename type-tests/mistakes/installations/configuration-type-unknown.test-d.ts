// expected: Type '"password"' is not assignable to type '"default" | "oauth" | undefined'
// code: configuration_type_unknown at definition
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error a configurationType is chosen that the integration does not have
  .addIntegration(vendor, { configurationType: 'password', configuration: { apiKey: 'key' } })
