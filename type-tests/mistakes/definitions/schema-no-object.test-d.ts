// expected: Type 'string' is not assignable to type 'object'
// code: schema_not_object at definition
import { IntegrationDefinition, z } from 'plugboard'

new IntegrationDefinition({
  name: 'vendor',
  // @ts-expect-error the payload of an event is no object
  events: { renamed: { schema: z.string() } },
})
