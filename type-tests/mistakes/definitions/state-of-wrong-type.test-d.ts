// expected: Type '"bot"' is not assignable to type '"integration" | "conversation" | "user"'
// code: state_type_missing at definition
import { IntegrationDefinition, z } from 'plugboard'

new IntegrationDefinition({
  name: 'vendor',
  // @ts-expect-error a state of an integration belongs to the bot
  states: { cursor: { type: 'bot', schema: z.object({ position: z.number() }) } },
})
