// expected: 'aliass' does not exist
// code: definition_invalid at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error an installation is given an option that there is not
  .addIntegration(plain, { aliass: 'main' })
