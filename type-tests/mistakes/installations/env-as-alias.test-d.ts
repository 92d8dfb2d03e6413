// expected: Type 'EnvironmentValue' is not assignable to type 'string'
import { BotDefinition, env } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

new BotDefinition()
  // @ts-expect-error env() stands where a plain text is asked for
  .addIntegration(plain, { alias: env('ALIAS') })
