import { InterfaceDefinition, z } from 'plugboard'
import creatable from 'plugboard/interfaces/creatable'
import deletable from 'plugboard/interfaces/deletable'
import listable from 'plugboard/interfaces/listable'
import readable from 'plugboard/interfaces/readable'
import updatable from 'plugboard/interfaces/updatable'

/**
 * Things that can be created, read, updated, deleted and listed: the five item interfaces by one kind of item.
 * Whoever implements this one implements each of the five.
 *
 * An implementation promises what the five do, and that they speak of the same items: one that was created is listed and
 * read, and one that was deleted is not.
 */
export default new InterfaceDefinition({
  name: 'crud',
  version: '1.0.0',
  title: 'Create, read, update, delete',
  description: 'Creates, reads, updates, deletes and lists items.',
  entities: {
    /** A thing with an id that tells it from the others of its kind. */
    item: { title: 'Item', schema: z.object({ id: z.string() }) },
    /** What an item is created from. Its fields are the integration's own. */
    draft: { title: 'Draft', schema: z.object({}) },
    /** What is to be different in an item. Its fields are the integration's own. */
    changes: { title: 'Changes', schema: z.object({}) },
  },
})
  .extend(listable, ({ entities: { item } }) => ({ entities: { item } }))
  .extend(creatable, ({ entities: { item, draft } }) => ({ entities: { item, draft } }))
  .extend(readable, ({ entities: { item } }) => ({ entities: { item } }))
  .extend(updatable, ({ entities: { item, changes } }) => ({ entities: { item, changes } }))
  .extend(deletable, ({ entities: { item } }) => ({ entities: { item } }))
