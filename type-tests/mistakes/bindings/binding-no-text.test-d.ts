// expected: a need is bound to the alias of an integration, or to what bind() or failover() gives
// code: definition_invalid at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a need is bound to a definition instead of an alias
  .addPlugin(greeter, { dependencies: { llm: plain } })
