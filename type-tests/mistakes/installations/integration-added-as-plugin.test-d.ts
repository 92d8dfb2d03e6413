// expected: Type '"integration"' is not assignable to type '"plugin"'
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

new BotDefinition()
  // @ts-expect-error an integration is added as a plugin
  .addPlugin(plain)
