// expected: Property 'output' is missing in type '{ input: { schema: z.ZodObject<{}, z.core.$strip>; }; }'
// code: action_output_missing at definition
import { IntegrationDefinition, z } from 'plugboard'

new IntegrationDefinition({
  name: 'vendor',
  // @ts-expect-error an action has no output
  actions: { ping: { input: { schema: z.object({}) } } },
})
