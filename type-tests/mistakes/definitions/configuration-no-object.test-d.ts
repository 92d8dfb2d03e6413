// expected: Type 'ZodString' is not assignable to type
// code: schema_not_object at definition
import { PluginDefinition, z } from 'plugboard'

new PluginDefinition({
  name: 'assistant',
  // @ts-expect-error the configuration of a plugin is no object
  configuration: { schema: z.string() },
})
