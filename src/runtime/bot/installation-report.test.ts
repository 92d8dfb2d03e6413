import { expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, z } from 'plugboard'
import { startBot } from 'plugboard/runtime'

const answer = { schema: z.object({ text: z.string() }) }
const oracle = new InterfaceDefinition({
  name: 'oracle',
  version: '1.1.0',
  actions: {
    ask: { input: { schema: () => z.object({ text: z.string() }) }, output: { schema: () => answer.schema } },
  },
})
// Nobody can prove what a function accepts.
const asked = { schema: z.object({ text: z.string().refine((text) => text.length >= 0) }) }
const definition = new IntegrationDefinition({
  name: 'delphi',
  actions: { ask: { input: asked, output: answer } },
}).extend(oracle, () => ({ entities: {}, actions: { ask: { assume: true } } }))
const delphi = definition.implementedBy(async () => ({
  default: new IntegrationImplementation(definition, { actions: { ask: async ({ input }) => input } }),
}))

it('shows the interfaces of an installation, and what only its author vouches for', async () => {
  await using running = await startBot(new BotDefinition().addIntegration(delphi))
  expect(running.installations).toMatchObject([
    {
      alias: 'delphi',
      integration: 'delphi',
      active: true,
      reason: undefined,
      interfaces: [{ name: 'oracle', version: '1.1.0', as: 'oracle', capabilities: [], assumed: ['actions.ask'] }],
    },
  ])
})
