// expected: integration 'speaker' does not implement interface 'llm'
// code: binding_interface at start
import { BotDefinition, bind, retry } from 'plugboard'
import { plain, speaker } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  .addIntegration(speaker)
  // @ts-expect-error an integration of another interface is bound with a policy
  .addPlugin(greeter, { dependencies: { llm: bind('speaker', retry()) } })
