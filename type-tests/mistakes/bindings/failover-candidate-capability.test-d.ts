// expected: integration 'plain' implements interface 'llm' without the capability 'stream'
// code: binding_capability at start
import { BotDefinition, bind, failover, need, PluginDefinition, timeout } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'
import { plain, vendor } from '../../fixtures/integrations.ts'
import { llm } from '../../fixtures/interfaces.ts'

const narrating = new PluginDefinition({
  name: 'narrating',
  interfaces: { llm: need(llm, { capabilities: ['stream'] }) },
})

export default new BotDefinition()
  .addIntegration(plain)
  .addIntegration(vendor, { configuration: { apiKey: 'key' } })
  // @ts-expect-error one candidate of a failover lacks a required capability
  .addPlugin(installable(narrating), { dependencies: { llm: bind(failover('vendor', 'plain'), timeout(1_000)) } })
