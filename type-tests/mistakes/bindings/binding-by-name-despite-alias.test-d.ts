// expected: no integration is installed as 'plain'
// code: alias_unknown at start
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain, { alias: 'main' })
  // @ts-expect-error a need is bound by the name of an integration that has another alias
  .addPlugin(greeter, { dependencies: { llm: 'plain' } })
