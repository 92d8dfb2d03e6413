// expected: Property 'schema' is missing in type 'ZodObject<{}, $strip>' but required in type 'Described'
// code: schema_missing at definition
import { IntegrationDefinition, z } from 'plugboard'

new IntegrationDefinition({
  name: 'vendor',
  // @ts-expect-error the input of an action is a bare schema
  actions: { ping: { input: z.object({}), output: { schema: z.object({}) } } },
})
