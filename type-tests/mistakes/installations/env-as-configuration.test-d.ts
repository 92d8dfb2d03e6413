// expected: Property 'apiKey' is missing in type 'EnvironmentValue' but required in type 'Values<{ apiKey: string; region?: string | undefined; }>'
// code: definition_invalid at definition
import { BotDefinition, env } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error env() stands for the whole configuration
  .addIntegration(vendor, { configuration: env('VENDOR') })
