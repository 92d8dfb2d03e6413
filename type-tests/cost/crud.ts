import { repeat } from './repeat.ts'

/** An integration that implements the five interfaces of items, by the one that builds on them. */
export const crud = (count: number): string => `
  import { IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, z } from 'plugboard'
  const listable = new InterfaceDefinition({
    name: 'listable', version: '1.0.0', entities: { item: { schema: z.object({ id: z.string() }) } },
    actions: { list: { input: { schema: () => z.object({ cursor: z.string().optional() }) }, output: { schema: ({ item }) => z.object({ items: z.array(item) }) } } },
  })
  ${['create', 'read', 'update', 'delete']
    .map(
      (action) => `
        const ${action}able = new InterfaceDefinition({
          name: '${action}able', version: '1.0.0', entities: { item: { schema: z.object({ id: z.string() }) } },
          actions: { ${action}: { input: { schema: ({ item }) => z.object({ item }) }, output: { schema: ({ item }) => z.object({ item }) } } },
          events: { ${action}d: { schema: ({ item }) => z.object({ item }) } },
        })
      `,
    )
    .join('')}
  const crud = new InterfaceDefinition({ name: 'crud', version: '1.0.0', entities: { item: { schema: z.object({ id: z.string() }) } } })
    ${['list', 'create', 'read', 'update', 'delete'].map((action) => `.extend(${action}able, ({ entities }) => ({ entities: { item: entities.item } }))`).join('\n')}
  ${repeat(
    count,
    (index) => `
      export const store${index} = new IntegrationDefinition({
        name: 'store-${index}', version: '1.0.0',
        entities: { row: { schema: z.object({ id: z.string(), size${index}: z.number() }) } },
      }).extend(crud, ({ entities }) => ({ entities: { item: entities.row } }))
      export const implementation${index} = new IntegrationImplementation(store${index}, {
        actions: {
          list: async () => ({ items: [{ id: 'a', size${index}: 1 }] }),
          create: async ({ input }) => ({ item: input.item }),
          read: async ({ input }) => ({ item: input.item }),
          update: async ({ input }) => ({ item: input.item }),
          delete: async ({ input }) => ({ item: input.item }),
        },
      })
    `,
  )}
`
