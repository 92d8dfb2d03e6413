// expected: no integration is installed as 'openai'
// code: alias_unknown at start
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a need is bound to an alias that is not installed
  .addPlugin(greeter, { dependencies: { llm: 'openai' } })
