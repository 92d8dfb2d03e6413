// expected: integration 'plain' implements interface 'llm' without the capability 'stream'
// code: binding_capability at start
import { BotDefinition, need, PluginDefinition } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'
import { plain } from '../../fixtures/integrations.ts'
import { llm } from '../../fixtures/interfaces.ts'

const narrating = new PluginDefinition({
  name: 'narrating',
  interfaces: { llm: need(llm, { capabilities: ['stream'] }) },
})

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error an integration is bound that lacks a required capability
  .addPlugin(installable(narrating), { dependencies: { llm: 'plain' } })
