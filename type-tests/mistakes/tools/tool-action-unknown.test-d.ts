// expected: 'plain' has no action 'ping'
// code: action_unknown at start
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { agent } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a plugin is given an action as a tool that there is not
  .addPlugin(agent, { tools: ['plain:ping'] })
