// expected: Type 'ZodString' is not assignable to type 'ZodString & (ObjectSchema |
// code: schema_not_object
import { PluginDefinition, z } from 'plugboard'

new PluginDefinition({
  name: 'assistant',
  // @ts-expect-error the configuration of a plugin is no object
  configuration: { schema: z.string() },
})
