// expected: Type '"plugin"' is not assignable to type '"integration"'
// code: definition_invalid at definition
import { BotDefinition } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  // @ts-expect-error a plugin is added as an integration
  .addIntegration(greeter)
