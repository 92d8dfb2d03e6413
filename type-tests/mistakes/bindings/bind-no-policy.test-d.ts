// expected: 'retries' does not exist in type 'Policy'
// code: binding_policy_invalid at start
import { BotDefinition, bind } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error bind() is given something that is no policy
  .addPlugin(greeter, { dependencies: { llm: bind('plain', { retries: 3 }) } })
