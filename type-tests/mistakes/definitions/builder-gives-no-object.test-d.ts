// expected: Type 'string' is not assignable to type 'object'
// code: schema_not_object at definition
import { InterfaceDefinition, z } from 'plugboard'

new InterfaceDefinition({
  name: 'feed',
  // @ts-expect-error a builder gives a schema that is no object
  events: { added: { schema: () => z.string() } },
})
