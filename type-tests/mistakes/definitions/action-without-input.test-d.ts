// expected: Property 'input' is missing in type '{ output: { schema: z.ZodObject<{}, z.core.$strip>; }; }'
// code: action_input_missing at definition
import { IntegrationDefinition, z } from 'plugboard'

new IntegrationDefinition({
  name: 'vendor',
  // @ts-expect-error an action has no input
  actions: { ping: { output: { schema: z.object({}) } } },
})
