// expected: Type '"integration"' is not assignable to type '"interface"'
// code: definition_invalid at definition
import { PluginDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

new PluginDefinition({
  name: 'assistant',
  // @ts-expect-error a plugin needs an integration instead of an interface
  interfaces: { llm: plain },
})
