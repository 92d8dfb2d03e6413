// expected: 'name' does not exist in type '{ id: string; } | EnvironmentValue'
// code: configuration_invalid at start
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'
import { assistant } from '../../fixtures/plugins.ts'

export default new BotDefinition()
  .addIntegration(vendor, { configuration: { apiKey: 'key' } })
  // @ts-expect-error an entity in the configuration lacks a field
  .addPlugin(assistant, { configuration: { tone: 'kind', model: { name: 'large' } } })
