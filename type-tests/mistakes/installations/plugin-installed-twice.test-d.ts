// expected: the alias 'greeter' is taken: give this one another
// code: alias_taken at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  .addPlugin(greeter)
  // @ts-expect-error a plugin is installed twice under one name
  .addPlugin(greeter)
