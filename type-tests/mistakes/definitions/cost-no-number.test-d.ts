// expected: Type 'string' is not assignable to type 'number'
import { InterfaceDefinition, z } from 'plugboard'

new InterfaceDefinition({
  name: 'llm',
  entities: { model: { schema: z.object({ id: z.string() }) } },
  actions: {
    generate: {
      input: { schema: () => z.object({}) },
      output: { schema: ({ model }) => z.object({ model }) },
      // @ts-expect-error the cost of a call is told from a field that is no number
      cost: (output: { model: { id: string } }) => output.model.id,
    },
  },
})
