// expected: Type 'string' is not assignable to type 'boolean | undefined'
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

new BotDefinition()
  // @ts-expect-error `enabled` is no boolean
  .addIntegration(plain, { enabled: 'no' })
