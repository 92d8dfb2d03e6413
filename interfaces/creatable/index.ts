import { InterfaceDefinition, z } from 'plugboard'

/**
 * Things that can be created.
 *
 * An implementation promises: the item that is given is there from then on, with an id of its own, and holds what the
 * draft said; a draft that the platform will not have is refused with the code `vendor_refused`, and nothing is created;
 * `itemCreated` tells of each item once, whoever created it.
 */
export default new InterfaceDefinition({
  name: 'creatable',
  version: '1.0.0',
  title: 'Creatable',
  description: 'Creates items.',
  entities: {
    /** A thing with an id that tells it from the others of its kind. */
    item: { title: 'Item', schema: z.object({ id: z.string() }) },
    /** What an item is created from. Its fields are the integration's own. */
    draft: { title: 'Draft', schema: z.object({}) },
  },
  actions: {
    createItem: {
      title: 'Create item',
      description: 'Creates an item from a draft.',
      input: { schema: ({ draft }) => z.object({ draft }) },
      output: { schema: ({ item }) => z.object({ item }) },
    },
  },
  events: {
    itemCreated: { title: 'Item created', schema: ({ item }) => z.object({ item }) },
  },
})
