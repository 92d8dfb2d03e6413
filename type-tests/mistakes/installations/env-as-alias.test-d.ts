// expected: Type 'EnvironmentValue' is not assignable to type 'string'
// code: definition_invalid at definition
import { BotDefinition, env } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error env() stands where a plain text is asked for
  .addIntegration(plain, { alias: env('ALIAS') })
