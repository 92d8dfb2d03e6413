// expected: the alias 'plain' is taken: give this one another
// code: alias_taken at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a plugin takes the alias of an integration
  .addPlugin(greeter, { alias: 'plain' })
