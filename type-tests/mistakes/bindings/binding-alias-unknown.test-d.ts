// expected: no integration is installed as 'openai'
// code: alias_unknown
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a need is bound to an alias that is not installed
  .addPlugin(greeter, { dependencies: { llm: 'openai' } })
