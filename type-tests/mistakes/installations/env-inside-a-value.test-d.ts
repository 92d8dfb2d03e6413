// expected: Type 'EnvironmentValue' is not assignable to type 'string'
import { BotDefinition, env, IntegrationDefinition, z } from 'plugboard'

const router = new IntegrationDefinition({
  name: 'router',
  configuration: { schema: z.object({ login: z.object({ user: z.string() }) }) },
})
new BotDefinition()
  // @ts-expect-error env() stands inside a value
  .addIntegration(router, { configuration: { login: { user: env('ROUTER_USER') } } })
