// expected: nothing is installed as 'vendor'
// code: alias_unknown at start
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { agent } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a plugin is given an action as a tool of what is not installed
  .addPlugin(agent, { tools: ['vendor:ping'] })
