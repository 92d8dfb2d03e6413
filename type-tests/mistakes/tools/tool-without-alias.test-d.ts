// expected: a tool is named by alias and action: 'memory:createItem'
// code: tool_invalid at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { agent } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error a tool is named without the alias
  .addPlugin(agent, { tools: ['generate'] })
