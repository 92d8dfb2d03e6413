import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, it } from 'vitest'

/** A list in a list in a list … */
function nested(levels: number): unknown {
  let value: unknown = []
  for (let level = 0; level < levels; level += 1) value = [value]
  return value
}

const action = { input: { schema: z.object({ value: z.json() }) }, output: { schema: z.object({ value: z.json() }) } }
const definition = new IntegrationDefinition({
  name: 'echo',
  actions: {
    echo: action,
    late: { ...action, input: { schema: action.input.schema.refine(async () => true) } },
    make: { ...action, input: { schema: z.object({}) } },
  },
})
const echo = definition.implementedBy(async () => ({
  default: new IntegrationImplementation(definition, {
    actions: {
      echo: async ({ input }) => input,
      late: async ({ input }) => input,
      make: async () => ({ value: nested(100_000) as never }),
    },
  }),
}))

it('refuses what is nested so deeply that it cannot be looked at, wherever it comes from', async () => {
  await using running = await startBot(new BotDefinition().addIntegration(echo), { environment: {}, log: () => {} })
  const { echo: actions } = running.actions
  expect(await actions.echo({ value: nested(50) as never })).toEqual({ value: nested(50) })
  const refused = { code: 'input_invalid', message: expect.stringContaining('nested too deeply') }
  await expect(actions.echo({ value: nested(100_000) as never })).rejects.toMatchObject(refused)
  await expect(actions.late({ value: nested(100_000) as never })).rejects.toMatchObject(refused)
  await expect(actions.make({})).rejects.toMatchObject({ ...refused, code: 'output_invalid' })
})
