import creatable from 'plugboard/interfaces/creatable/contract'
import crud from 'plugboard/interfaces/crud'
import deletable from 'plugboard/interfaces/deletable/contract'
import listable from 'plugboard/interfaces/listable/contract'
import readable from 'plugboard/interfaces/readable/contract'
import updatable from 'plugboard/interfaces/updatable/contract'
import { defineContract, demand, demandEqual, demandRefusal, type ScenarioContext, skip } from 'plugboard/testing'

type Context = ScenarioContext<(typeof crud)['$types']>
type Item = Awaited<ReturnType<Context['provider']['readItem']>>['item']

/** More items than any test makes: a list that goes on has no end. */
const mostItems = 10_000

/** What the five item interfaces promise, and that they speak of the same items. It creates what it works with. */
export default defineContract(crud, {
  includes: [listable, creatable, readable, updatable, deletable],
  samples: {
    listItems: {},
    createItem: ({ make }) => ({ draft: make('draft') }),
    readItem: async (context) => ({ id: (await created(context)).id }),
    updateItem: async (context) => ({ item: await created(context), changes: context.make('changes') }),
    deleteItem: async (context) => ({ item: await created(context) }),
  },
  scenarios: [
    {
      name: 'reads-and-lists-what-was-created',
      title: 'an item that was created is read and listed, as it was given',
      async run(context) {
        const { provider } = context
        const item = await created(context)
        const { item: read } = await provider.readItem({ id: item.id })
        const listed = (await listedItems(context)).find(({ id }) => id === item.id)
        demand(listed !== undefined, `item '${item.id}' was created, and is not listed`)
        demandEqual(read, item, 'what is read')
        demandEqual(listed, item, 'what is listed')
      },
    },
    {
      name: 'reads-what-was-changed',
      title: 'an item that was changed is read as it is then, whatever the caller remembers of it',
      async run(context) {
        const { provider, make } = context
        const stale = await created(context)
        await provider.updateItem({ item: stale, changes: make('changes') })
        const nothing = provider.entities.changes.safeParse({})
        if (nothing === undefined) skip('the integration takes no changes that name nothing')
        const { item } = await provider.updateItem({ item: stale, changes: nothing })
        const { item: read } = await provider.readItem({ id: stale.id })
        demandEqual(read, item, 'what is read')
        const said = new Map<string, unknown>(Object.entries(make('changes')))
        for (const [field, value] of Object.entries(read))
          if (said.has(field))
            demandEqual(value, said.get(field), `the field '${field}', changed before by another call,`)
      },
    },
    {
      name: 'forgets-what-was-deleted',
      title: 'an item that was deleted is neither read, listed nor changed',
      async run(context) {
        const { provider, make } = context
        const item = await created(context)
        await provider.deleteItem({ item })
        await demandRefusal('vendor_refused', () => provider.readItem({ id: item.id }))
        await demandRefusal('vendor_refused', () => provider.updateItem({ item, changes: make('changes') }))
        const listed = (await listedItems(context)).find(({ id }) => id === item.id)
        demand(listed === undefined, `item '${item.id}' was deleted, and is listed`)
      },
    },
    {
      name: 'pages-while-items-change',
      title: 'whoever follows the cursors meets what was there the whole time once, though items come and go meanwhile',
      async run(context) {
        const { provider, make } = context
        for (let which = 0; which < 5; which += 1) await provider.createItem({ draft: make('draft', which) })
        const all = (await listedItems(context)).map(({ id }) => id)
        const first = await provider.listItems({ limit: 2 })
        // Those that the cursor stands behind.
        for (const item of first.items) await provider.deleteItem({ item })
        const { item: late } = await provider.createItem({ draft: make('draft', 5) })
        const rest: string[] = []
        let cursor = first.nextCursor
        while (cursor !== undefined && rest.length <= all.length * 2) {
          const page = await provider.listItems({ cursor, limit: 2 })
          rest.push(...page.items.map(({ id }) => id))
          cursor = page.nextCursor
        }
        const met = [...first.items.map(({ id }) => id), ...rest]
        const lost = all.find((id) => !met.includes(id))
        demand(lost === undefined, `item '${lost}' was there the whole time, and is not met`)
        const twice = met.find((id, index) => id !== late.id && met.indexOf(id) !== index)
        demand(twice === undefined, `item '${twice}' is met twice`)
      },
    },
  ],
})

async function created({ provider, make }: Context): Promise<Item> {
  const { item } = await provider.createItem({ draft: make('draft') })
  return item
}

async function listedItems({ provider }: Context): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await provider.listItems({ cursor })
    items.push(...page.items)
    demand(items.length <= mostItems, `there are more than ${mostItems} items: the list has no end`)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return items
}
