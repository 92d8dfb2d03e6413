import { InterfaceDefinition, z } from 'plugboard'

/**
 * Things that can be deleted.
 *
 * An implementation promises: it goes by the item's id alone; once the call has ended there is no item with that id, so
 * deleting one that is gone already succeeds; `itemDeleted` tells of each item once, whoever deleted it. The event has
 * the id alone, for a platform cannot always say what the item was.
 */
export default new InterfaceDefinition({
  name: 'deletable',
  version: '1.0.0',
  title: 'Deletable',
  description: 'Deletes items.',
  entities: {
    /** A thing with an id that tells it from the others of its kind. */
    item: { title: 'Item', schema: z.object({ id: z.string() }) },
  },
  actions: {
    deleteItem: {
      title: 'Delete item',
      description: 'Deletes an item.',
      idempotent: true,
      input: { schema: ({ item }) => z.object({ item }) },
      output: { schema: () => z.object({}) },
    },
  },
  events: {
    itemDeleted: { title: 'Item deleted', schema: () => z.object({ id: z.string() }) },
  },
})
