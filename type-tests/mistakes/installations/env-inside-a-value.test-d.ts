// expected: Type 'EnvironmentValue' is not assignable to type 'string'
// code: configuration_invalid at start
import { BotDefinition, env, IntegrationDefinition, z } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'

const router = new IntegrationDefinition({
  name: 'router',
  configuration: { schema: z.object({ login: z.object({ user: z.string() }) }) },
  channels: { line: { messages: { text: { schema: z.object({ text: z.string() }) } } } },
})
export default new BotDefinition()
  // @ts-expect-error env() stands inside a value
  .addIntegration(installable(router), { configuration: { login: { user: env('ROUTER_USER') } } })
