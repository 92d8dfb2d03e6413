// expected: plugin 'greeter' has no need 'tts'
// code: need_unknown at definition
import { BotDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { greeter } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(plain)
  // @ts-expect-error an unknown need is bound beside a known one
  .addPlugin(greeter, { dependencies: { llm: 'plain', tts: 'plain' } })
