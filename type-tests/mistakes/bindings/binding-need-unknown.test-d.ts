// expected: plugin 'greeter' has no need 'model'
// code: need_unknown at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a dependency is given for a need that the plugin does not have
  .addPlugin(greeter, { dependencies: { model: 'plain' } })
