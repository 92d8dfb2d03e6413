// expected: Property 'per' is missing in type '{ limit: number; }' but required in type 'RateLimit<
// code: rate_limit_invalid at definition
import { IntegrationDefinition } from 'plugboard'

export default new IntegrationDefinition({
  name: 'vendor',
  // @ts-expect-error so many, but in which time
  rateLimits: { messages: [{ limit: 30 }] },
})
