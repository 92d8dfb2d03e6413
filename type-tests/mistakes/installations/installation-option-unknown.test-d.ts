// expected: 'aliass' does not exist
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

new BotDefinition()
  // @ts-expect-error an installation is given an option that there is not
  .addIntegration(plain, { aliass: 'main' })
