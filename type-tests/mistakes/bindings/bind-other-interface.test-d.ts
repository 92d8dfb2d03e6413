// expected: integration 'speaker' does not implement interface 'llm'
// code: binding_interface
import { BotDefinition, bind, retry } from 'plugboard'
import { plain, speaker } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

new BotDefinition()
  .addIntegration(plain)
  .addIntegration(speaker)
  // @ts-expect-error an integration of another interface is bound with a policy
  .addPlugin(greeter, { dependencies: { llm: bind('speaker', retry()) } })
