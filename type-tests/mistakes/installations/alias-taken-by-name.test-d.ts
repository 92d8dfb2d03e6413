// expected: the alias 'plain' is taken: give this one another
// code: alias_taken at definition
import { BotDefinition } from 'plugboard'
import { plain, speaker } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error an alias is the name of what is installed already
  .addIntegration(speaker, { alias: 'plain' })
