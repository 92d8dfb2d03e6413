// expected: Expected 1 arguments, but got 0
// code: definition_invalid at definition
import { BotDefinition, env } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error env() is called without the name of a variable
  .addIntegration(vendor, { configuration: { apiKey: env() } })
