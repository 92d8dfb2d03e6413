// expected: no integration is installed as 'openai'
// code: alias_unknown at start
import { BotDefinition, failover } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error one candidate of a failover is not installed
  .addPlugin(greeter, { dependencies: { llm: failover('plain', 'openai') } })
