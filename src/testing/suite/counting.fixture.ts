/** A small interface with its contract, and integrations of it. */
import { IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, z } from 'plugboard'
import { defineContract, demand, demandEqual, type runSuite, skip } from 'plugboard/testing'

export const counting = new InterfaceDefinition({
  name: 'counting',
  version: '1.0.0',
  capabilities: { skipping: 'Leaves numbers out.' },
  actions: {
    count: {
      idempotent: true,
      input: { schema: () => z.object({ to: z.number().int().min(1).max(9) }) },
      output: { schema: () => z.object({ numbers: z.array(z.number()) }) },
    },
  },
})
export const contract = defineContract(counting, {
  samples: { count: { to: 3 } },
  situations: { thirteen: 'the number 13 is out of order' },
  scenarios: [
    {
      name: 'counts-up',
      title: 'the numbers are there in their order',
      async run({ provider, sample }) {
        const input = await sample('count')
        demandEqual((await provider.count(input)).numbers, [1, 2, 3], 'what it counts')
      },
    },
    {
      name: 'leaves-out',
      title: 'numbers are left out',
      capabilities: ['skipping'],
      run: async () => demand(false, 'no'),
    },
    { name: 'minds-thirteen', title: '13 is refused', situation: 'thirteen', run: async () => skip('never') },
    { name: 'has-a-reason', title: 'what cannot be tried is skipped', run: async () => skip('it is Sunday') },
  ],
})

/** An integration of it that counts otherwise. */
export function counter(count: (to: number) => unknown = (to) => Array.from({ length: to }, (_, index) => index + 1)) {
  const definition = new IntegrationDefinition({ name: 'counter', version: '2.0.0' }).extend(counting)
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: { count: async ({ input }) => ({ numbers: count(input.to) as number[] }) },
    }),
  }))
}
export const backwards = counter((to) => Array.from({ length: to }, (_, index) => to - index))
export const date = '2026-11-29'
export const find = ({ checks }: Awaited<ReturnType<typeof runSuite>>, name: string) =>
  checks.find(({ check }) => check === name)
