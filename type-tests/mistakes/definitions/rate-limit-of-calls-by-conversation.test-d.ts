// expected: Type '"conversation"' is not assignable to type '"installation" | "integration"
// code: rate_limit_invalid at definition
import { IntegrationDefinition, z } from 'plugboard'

const io = { schema: z.object({}) }
export default new IntegrationDefinition({
  name: 'vendor',
  actions: { ping: { input: io, output: io } },
  // @ts-expect-error a call belongs to no conversation
  rateLimits: { actions: { ping: [{ limit: 1, per: 1000, scope: 'conversation' }] } },
})
