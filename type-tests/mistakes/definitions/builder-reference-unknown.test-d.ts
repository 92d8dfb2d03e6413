// expected: Property 'engine' does not exist on type 'References<{ readonly model: ZodObject<{ id: ZodString; }, $strip>; }>'
// code: schema_missing at definition
import { InterfaceDefinition, z } from 'plugboard'

new InterfaceDefinition({
  name: 'llm',
  entities: { model: { schema: z.object({ id: z.string() }) } },
  actions: {
    generate: {
      // @ts-expect-error a builder refers to an entity that the interface does not have
      input: { schema: ({ engine }) => z.object({ engine }) },
      output: { schema: () => z.object({}) },
    },
  },
})
