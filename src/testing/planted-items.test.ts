import memory from '@plugboard/memory'
import { PlugboardError, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud/contract'
import listable from 'plugboard/interfaces/listable/contract'
import { describe, expect, it } from 'vitest'
import { deaf, failing, failuresOf, given, giving, type Plant } from './planted.fixture.ts'

interface Item {
  id: string
  title?: string
}
interface Page {
  items: Item[]
  nextCursor?: string
}

const configuration = { seed: ['One', 'Two', 'Three', 'Four', 'Five'].map((title) => ({ title })), pageSize: 2 }
const listing = (change: (page: Page, input: Record<string, unknown>) => unknown) => ({ listItems: giving(change) })
const refusedCursor = (more: object) =>
  new PlugboardError({ code: 'vendor_refused', message: 'no such cursor', ...more })
const strange = ({ cursor }: Record<string, unknown>): boolean => typeof cursor === 'string' && !/^\d+$/.test(cursor)

const lists: Plant[] = [
  {
    wrong: 'loses a page',
    caughtBy: 'listable/meets-every-item-once',
    change: listing((page, { limit }) =>
      limit === 2 && page.nextCursor === '2' ? { ...page, nextCursor: '4' } : page,
    ),
  },
  {
    wrong: 'repeats a page',
    caughtBy: 'listable/meets-every-item-once',
    change: { listItems: given((input) => (input['limit'] === 2 && input['cursor'] === '2' ? { limit: 2 } : input)) },
  },
  {
    wrong: 'loses the last item',
    caughtBy: 'listable/meets-every-item-once',
    change: listing((page, { limit }) =>
      limit === 1 && page.nextCursor === '4' ? { ...page, nextCursor: undefined } : page,
    ),
  },
  {
    wrong: 'gives an item twice in a page',
    caughtBy: 'listable/meets-every-item-once',
    change: listing((page) => ({ ...page, items: [...page.items, ...page.items.slice(0, 1)] })),
  },
  {
    wrong: 'makes up an item for small pages',
    caughtBy: 'listable/meets-every-item-once',
    change: listing((page, { limit }) =>
      limit === 1 ? { ...page, items: page.items.map((item) => ({ ...item, id: `${item.id}-of-page` })) } : page,
    ),
  },
  {
    wrong: 'has no last page',
    caughtBy: 'listable/meets-every-item-once',
    change: listing((page) => ({ ...page, nextCursor: page.nextCursor ?? '1' })),
  },
  {
    wrong: 'gives longer pages than were asked for',
    caughtBy: 'listable/page-within-limit',
    change: { listItems: given((input) => (input['limit'] === undefined ? input : { ...input, limit: 3 })) },
  },
  {
    wrong: 'starts again at a cursor that it does not know',
    caughtBy: 'listable/refuses-unknown-cursor',
    change: { listItems: given((input) => (strange(input) ? {} : input)) },
  },
  {
    wrong: 'gives nothing at a cursor that it does not know',
    caughtBy: 'listable/refuses-unknown-cursor',
    change: { listItems: (run) => (props) => (strange(props.input) ? { items: [] } : run(props)) },
  },
  {
    wrong: 'orders small pages otherwise',
    caughtBy: 'listable/keeps-its-order',
    change: listing((page, { limit }) => (limit === 2 ? { ...page, items: page.items.toReversed() } : page)),
  },
  {
    wrong: 'gives items without an id',
    caughtBy: 'listItems/output',
    change: listing((page) => ({ ...page, items: page.items.map(({ title }) => ({ title })) })),
  },
  {
    wrong: 'gives null for no cursor',
    caughtBy: 'listItems/output',
    change: listing((page) => ({ ...page, nextCursor: page.nextCursor ?? null, items: page.items })),
    options: { configuration: { ...configuration, pageSize: 20 } },
  },
  {
    wrong: 'gives the items bare',
    caughtBy: 'listItems/output',
    change: listing(({ items }) => items),
  },
  {
    wrong: 'throws an error without a code',
    caughtBy: 'errors/typed',
    change: { listItems: failing((input) => (strange(input) ? new TypeError('cannot read it') : undefined)) },
  },
  {
    wrong: 'says that a wrong cursor may be right later',
    caughtBy: 'errors/retryable',
    change: { listItems: failing((input) => (strange(input) ? refusedCursor({ retryable: true }) : undefined)) },
  },
  {
    wrong: 'gives a time to wait that is none',
    caughtBy: 'errors/retryable',
    change: { listItems: failing((input) => (strange(input) ? refusedCursor({ retryAfter: 100 }) : undefined)) },
  },
  { wrong: 'answers a bad input', caughtBy: 'listItems/invalid-input', says: z.any() },
  {
    wrong: 'is given fields that the interface drops',
    caughtBy: 'listItems/unknown-fields',
    says: z.looseObject({ cursor: z.string().optional(), limit: z.number().int().positive().optional() }),
  },
  {
    wrong: 'lists in another order every time',
    caughtBy: 'listItems/cacheable',
    change: {
      listItems: (run) => {
        let count = 0
        return async (props) => {
          const page = (await run(props)) as Page
          count += 1
          return count % 2 === 0 ? { ...page, items: page.items.toReversed() } : page
        }
      },
    },
  },
  { wrong: 'goes on working after it was aborted', caughtBy: 'listItems/abort', change: { listItems: deaf } },
  {
    wrong: 'refuses long pages, which fit',
    caughtBy: 'listItems/valid-input',
    change: {
      listItems: failing(({ limit }) =>
        Number(limit) > 10 ? new PlugboardError({ code: 'input_invalid', message: 'at most 10' }) : undefined,
      ),
    },
  },
  {
    wrong: 'refuses to be asked for more than a page of its platform holds',
    caughtBy: 'listable/takes-any-limit',
    change: {
      listItems: failing(({ limit }) =>
        Number(limit) > 100 ? new PlugboardError({ code: 'vendor_refused', message: 'at most 100' }) : undefined,
      ),
    },
  },
  {
    wrong: 'gives no more than a page of its platform, however many were asked for',
    caughtBy: 'listable/takes-any-limit',
    change: listing((page, { limit }) =>
      Number(limit) > 3 && page.items.length > 3 ? { items: page.items.slice(0, 3) } : page,
    ),
  },
  {
    wrong: 'takes a cursor once',
    caughtBy: 'listable/gives-a-page-again',
    change: {
      listItems: (run) => {
        const used = new Set<unknown>()
        return (props) => {
          const { cursor, limit } = props.input
          if (limit === 1 && cursor !== undefined && used.has(cursor)) throw refusedCursor({})
          if (limit === 1) used.add(cursor)
          return run(props)
        }
      },
    },
  },
  {
    wrong: 'keeps the place itself, for everybody who lists',
    caughtBy: 'listable/gives-a-page-again',
    change: {
      listItems: (run) => {
        let place: string | undefined
        return async (props) => {
          if (strange(props.input)) return run(props)
          const cursor = props.input['cursor'] === undefined ? undefined : place
          const page = (await run({ ...props, input: { ...props.input, cursor } })) as Page
          place = page.nextCursor
          return page
        }
      },
    },
  },
]

const keepers: Plant[] = [
  {
    wrong: 'refuses an item that came out of it',
    caughtBy: 'entities/item',
    change: { updateItem: failing(() => new PlugboardError({ code: 'vendor_refused', message: 'not mine' })) },
  },
  {
    wrong: 'deletes nothing',
    caughtBy: 'crud/forgets-what-was-deleted',
    change: { deleteItem: () => async () => ({}) },
  },
  {
    wrong: 'refuses to delete again',
    caughtBy: 'deletable/deletes-again',
    change: {
      deleteItem: (run) => {
        const gone = new Set<string>()
        return (props) => {
          const { id } = props.input['item'] as Item
          if (gone.has(id)) throw new PlugboardError({ code: 'vendor_refused', message: 'it is gone' })
          gone.add(id)
          return run(props)
        }
      },
    },
  },
  {
    wrong: 'forgets a field of the draft',
    caughtBy: 'creatable/holds-what-the-draft-said',
    change: {
      createItem: given(({ draft, ...input }) => ({ ...input, draft: { title: (draft as Item).title } })),
    },
  },
  {
    wrong: 'gives another item than the one that was asked for',
    caughtBy: 'readable/reads-what-was-asked-for',
    change: { readItem: giving(({ item }: { item: Item }) => ({ item: { ...item, id: 'note-77' } })) },
  },
  {
    wrong: 'makes up what is not there',
    caughtBy: 'readable/refuses-what-is-not-there',
    change: {
      readItem: (run) => async (props) => {
        try {
          return await run(props)
        } catch {
          return { item: { id: props.input['id'], title: 'New', body: '', done: false, tags: [] } }
        }
      },
    },
  },
  {
    wrong: 'changes nothing',
    caughtBy: 'updatable/changes-what-is-named',
    change: { updateItem: given((input) => ({ ...input, changes: {} })) },
  },
  {
    wrong: 'undoes changes by what the caller remembers',
    caughtBy: 'crud/reads-what-was-changed',
    change: {
      updateItem: given(({ item, changes, ...input }) => ({
        ...input,
        item,
        changes: { ...(item as object), ...(changes as object) },
      })),
    },
  },
  {
    wrong: 'counts the items that are before a page, which may be deleted',
    caughtBy: 'crud/pages-while-items-change',
    change: {
      listItems: (run) => async (props) => {
        const { cursor, limit = 20 } = props.input as { cursor?: string; limit?: number }
        if (strange(props.input)) return run(props)
        const { items } = (await run({ ...props, input: { limit: 100 } })) as Page
        const start = Number(cursor ?? 0)
        const rest = items.slice(start)
        return { items: rest.slice(0, limit), ...(rest.length > limit && { nextCursor: String(start + limit) }) }
      },
    },
  },
]

describe('a list', () => {
  it.each(lists)('that $wrong is caught by $caughtBy', async (plant) => {
    const options = { configuration, ...plant.options }
    expect(await failuresOf(listable, memory, { ...plant, options })).toContain(plant.caughtBy)
  })
})

describe('a keeper of items', () => {
  it.each(keepers)('that $wrong is caught by $caughtBy', async (plant) => {
    expect(await failuresOf(crud, memory, plant)).toContain(plant.caughtBy)
  })
})
