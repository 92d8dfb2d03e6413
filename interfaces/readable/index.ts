import { InterfaceDefinition, z } from 'plugboard'

/**
 * Things that can be read by their id.
 *
 * An implementation promises: the item that is given has the id that was asked for, and is as the platform has it now;
 * where there is no such item, the call fails with the code `vendor_refused`.
 */
export default new InterfaceDefinition({
  name: 'readable',
  version: '1.0.0',
  title: 'Readable',
  description: 'Reads items by their id.',
  entities: {
    /** A thing with an id that tells it from the others of its kind. */
    item: { title: 'Item', schema: z.object({ id: z.string() }) },
  },
  actions: {
    readItem: {
      title: 'Read item',
      description: 'Gives the item with an id.',
      idempotent: true,
      cacheable: true,
      input: { schema: () => z.object({ id: z.string() }) },
      output: { schema: ({ item }) => z.object({ item }) },
    },
  },
})
