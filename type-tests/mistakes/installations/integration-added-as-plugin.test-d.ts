// expected: Type '"integration"' is not assignable to type '"plugin"'
// code: definition_invalid at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error an integration is added as a plugin
  .addPlugin(plain)
