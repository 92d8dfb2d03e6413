// expected: integration 'bare' does not implement interface 'llm'
// code: binding_interface at start
import { BotDefinition, IntegrationDefinition } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  .addIntegration(installable(new IntegrationDefinition({ name: 'bare' })))
  // @ts-expect-error an integration that implements nothing is bound
  .addPlugin(greeter, { dependencies: { llm: 'bare' } })
