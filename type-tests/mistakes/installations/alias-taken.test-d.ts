// expected: the alias 'plain' is taken: give this one another
// code: alias_taken at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error two installations have the same name
  .addIntegration(plain)
