// expected: integration 'plain' implements interface 'llm' 1.2.0, but ^1.2.1 is needed
// code: binding_version at start
import { BotDefinition, need, PluginDefinition } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'
import { plain } from '../../fixtures/integrations.ts'
import { llm } from '../../fixtures/interfaces.ts'

const picky = new PluginDefinition({ name: 'picky', interfaces: { llm: need(llm, { version: '^1.2.1' }) } })

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error the integration implements the interface in a lower patch than the caret range
  .addPlugin(installable(picky), { dependencies: { llm: 'plain' } })
