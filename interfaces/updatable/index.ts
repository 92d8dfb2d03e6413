import { InterfaceDefinition, z } from 'plugboard'

/**
 * Things that can be changed.
 *
 * An implementation promises: it goes by the item's id alone, so that an item read long ago does not undo what was
 * changed since; what `changes` names is then as it says, and what it does not name stays; the item that is given is the
 * changed one, with the same id; where there is no such item, the call fails with the code `vendor_refused`;
 * `itemUpdated` tells of each change, whoever made it.
 */
export default new InterfaceDefinition({
  name: 'updatable',
  version: '1.0.0',
  title: 'Updatable',
  description: 'Changes items.',
  entities: {
    /** A thing with an id that tells it from the others of its kind. */
    item: { title: 'Item', schema: z.object({ id: z.string() }) },
    /** What is to be different in an item. Its fields are the integration's own. */
    changes: { title: 'Changes', schema: z.object({}) },
  },
  actions: {
    updateItem: {
      title: 'Update item',
      description: 'Changes an item.',
      idempotent: true,
      input: { schema: ({ item, changes }) => z.object({ item, changes }) },
      output: { schema: ({ item }) => z.object({ item }) },
    },
  },
  events: {
    itemUpdated: { title: 'Item updated', schema: ({ item }) => z.object({ item }) },
  },
})
