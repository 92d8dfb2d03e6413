// expected: the bot has no action 'report'
// code: action_unknown at start
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { agent } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a plugin is given an action of the bot as a tool that the bot does not declare
  .addPlugin(agent, { tools: ['plain:generate', { action: 'bot:report', name: 'report' }] })
