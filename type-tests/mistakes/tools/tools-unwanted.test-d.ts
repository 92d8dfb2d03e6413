// expected: plugin 'greeter' takes no tools
// code: tool_invalid at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error tools are given to a plugin that takes none
  .addPlugin(greeter, { tools: ['plain:generate'] })
