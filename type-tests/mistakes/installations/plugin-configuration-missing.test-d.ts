// expected: 'assistant' has required configuration: 'tone'
// code: configuration_missing
import { BotDefinition } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

new BotDefinition()
  // @ts-expect-error the required configuration of a plugin is left out
  .addPlugin(assistant)
