// expected: 'name' does not exist in type '{ id: string; } | EnvironmentValue'
// code: configuration_invalid
import { BotDefinition } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

new BotDefinition()
  // @ts-expect-error an entity in the configuration lacks a field
  .addPlugin(assistant, { configuration: { tone: 'kind', model: { name: 'large' } } })
