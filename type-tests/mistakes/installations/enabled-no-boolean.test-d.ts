// expected: Type 'string' is not assignable to type 'boolean | undefined'
// code: definition_invalid at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error `enabled` is no boolean
  .addIntegration(plain, { enabled: 'no' })
