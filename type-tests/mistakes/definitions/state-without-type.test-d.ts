// expected: Property 'type' is missing
// code: state_type_missing at definition
import { IntegrationDefinition, z } from 'plugboard'

new IntegrationDefinition({
  name: 'vendor',
  // @ts-expect-error a state does not say what it belongs to
  states: { cursor: { schema: z.object({ position: z.number() }) } },
})
