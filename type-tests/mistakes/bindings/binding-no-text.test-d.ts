// expected: is not assignable to type 'BindingInput | undefined'
// code: alias_unknown
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a need is bound to a definition instead of an alias
  .addPlugin(greeter, { dependencies: { llm: plain } })
