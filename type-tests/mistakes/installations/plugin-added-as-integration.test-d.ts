// expected: Type '"plugin"' is not assignable to type '"integration"'
import { BotDefinition } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

new BotDefinition()
  // @ts-expect-error a plugin is added as an integration
  .addIntegration(greeter)
