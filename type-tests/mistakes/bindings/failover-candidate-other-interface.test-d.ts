// expected: integration 'speaker' does not implement interface 'llm'
// code: binding_interface at start
import { BotDefinition, failover } from 'plugboard'
import { plain, speaker } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  .addIntegration(speaker)
  // @ts-expect-error one candidate of a failover implements another interface
  .addPlugin(greeter, { dependencies: { llm: failover('plain', 'speaker') } })
