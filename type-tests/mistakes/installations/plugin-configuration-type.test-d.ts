// expected: Type 'string' is not assignable to type 'number | EnvironmentValue | undefined'
// code: configuration_invalid
import { BotDefinition } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

new BotDefinition()
  // @ts-expect-error a key of the configuration of a plugin has another type
  .addPlugin(assistant, { configuration: { tone: 'kind', length: '100' } })
