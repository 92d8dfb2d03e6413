// expected: integration 'speaker' does not implement interface 'llm'
// code: binding_interface at start
import { BotDefinition } from 'plugboard'
import { plain, speaker } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  .addIntegration(speaker)
  // @ts-expect-error an integration that implements another interface is bound
  .addPlugin(greeter, { dependencies: { llm: 'speaker' } })
