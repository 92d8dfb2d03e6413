import { InterfaceDefinition, z } from 'plugboard'

/**
 * Things that can be listed.
 *
 * An implementation promises: whoever follows `nextCursor` from the first page until there is none meets every item
 * that was there the whole time, and none twice, whatever is created, changed or deleted meanwhile; the order is the
 * integration's own, and stays the same from page to page; a page holds at most `limit` items, however many these are, and
 * may hold fewer, even none, where more follow; a cursor gives its page as often as it is asked for; an unknown one is refused with the code `vendor_refused`.
 */
export default new InterfaceDefinition({
  name: 'listable',
  version: '1.0.0',
  title: 'Listable',
  description: 'Lists items page by page.',
  entities: {
    /** A thing with an id that tells it from the others of its kind. */
    item: { title: 'Item', schema: z.object({ id: z.string() }) },
  },
  actions: {
    listItems: {
      title: 'List items',
      description: 'Gives a page of the items.',
      idempotent: true,
      cacheable: true,
      input: {
        schema: () =>
          z.object({
            /** Where to go on: the `nextCursor` of the page before. Default: at the start. */
            cursor: z.string().optional(),
            /** The most items that the page may hold. Default: the integration's choice. */
            limit: z.number().int().positive().optional(),
          }),
      },
      output: {
        schema: ({ item }) =>
          z.object({
            items: z.array(item),
            /** Asks for the next page; left out on the last one. */
            nextCursor: z.string().optional(),
          }),
      },
    },
  },
})
