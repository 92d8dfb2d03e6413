import listable from 'plugboard/interfaces/listable'
import { defineContract, demand, demandEqual, demandRefusal, type ScenarioContext, skip } from 'plugboard/testing'

type Context = ScenarioContext<(typeof listable)['$types']>
type Item = Awaited<ReturnType<Context['provider']['listItems']>>['items'][number]

/** A page that has no end: more pages than any test lists. */
const mostPages = 1000
/** With fewer items there is nothing to tell pages apart by. */
const fewestItems = 3

/** What whoever lists things promises. It needs at least three of them: an integration's test brings them about. */
export default defineContract(listable, {
  samples: { listItems: {} },
  scenarios: [
    {
      name: 'meets-every-item-once',
      title: 'whoever follows the cursors meets every item, and none twice, whatever the size of the pages',
      async run(context) {
        const all = await enough(context)
        for (const limit of [1, 2, all.length]) {
          const ids = (await pagesOf(context, limit)).flat().map(({ id }) => id)
          const twice = ids.find((id, index) => ids.indexOf(id) !== index)
          demand(twice === undefined, `by pages of ${limit}, item '${twice}' is met twice`)
          const lost = all.find(({ id }) => !ids.includes(id))
          demand(lost === undefined, `by pages of ${limit}, item '${lost?.id}' is not met`)
          const other = ids.find((id) => !all.some((item) => item.id === id))
          demand(other === undefined, `by pages of ${limit}, item '${other}' is met, which was not there before`)
        }
      },
    },
    {
      name: 'keeps-its-order',
      title: 'the order stays the same from page to page, whatever the size of the pages',
      async run(context) {
        const order = (await enough(context)).map(({ id }) => id).join(', ')
        for (const limit of [1, 2]) {
          const paged = (await pagesOf(context, limit))
            .flat()
            .map(({ id }) => id)
            .join(', ')
          demand(paged === order, `by pages of ${limit} the order is ${paged}, and else it is ${order}`)
        }
      },
    },
    {
      name: 'page-within-limit',
      title: 'a page holds at most as many items as were asked for',
      async run(context) {
        await enough(context)
        for (const limit of [1, 2]) {
          const pages = await pagesOf(context, limit)
          const longest = Math.max(...pages.map((page) => page.length))
          demand(longest <= limit, `a page of at most ${limit} holds ${longest} items`)
        }
      },
    },
    {
      name: 'takes-any-limit',
      title: 'more items may be asked for than there are, or than a page of the platform holds',
      async run(context) {
        const all = (await enough(context)).map(({ id }) => id)
        const ids = (await pagesOf(context, 1_000_000)).flat().map(({ id }) => id)
        demandEqual(ids, all, 'what is met by pages of a million')
      },
    },
    {
      name: 'gives-a-page-again',
      title: 'a cursor gives its page each time it is asked for, whoever asks for others meanwhile',
      async run(context) {
        const { provider } = context
        await enough(context)
        const { nextCursor: cursor } = await provider.listItems({ limit: 1 })
        const first = await provider.listItems({ cursor, limit: 1 })
        await pagesOf(context, 2)
        const again = await provider.listItems({ cursor, limit: 1 })
        const ids = (items: readonly Item[]) => items.map(({ id }) => id)
        demandEqual(ids(again.items), ids(first.items), 'the page that was asked for again')
      },
    },
    {
      name: 'refuses-unknown-cursor',
      title: 'a cursor that no page gave is refused',
      async run(context) {
        const cursor = 'no page has ever given this cursor'
        await demandRefusal('vendor_refused', () => context.provider.listItems({ cursor }))
      },
    },
  ],
})

/** All items, by pages of the integration's own size. Skips the scenario where there are too few. */
async function enough(context: Context): Promise<Item[]> {
  const items = (await pagesOf(context)).flat()
  if (items.length < fewestItems) skip(`there are ${items.length} items to list, and it takes ${fewestItems}`)
  return items
}

/** Every page, the first one first. */
async function pagesOf({ provider }: Context, limit?: number): Promise<Item[][]> {
  const pages: Item[][] = []
  let cursor: string | undefined
  do {
    const page = await provider.listItems({ cursor, limit })
    pages.push([...page.items])
    cursor = page.nextCursor
    demand(pages.length <= mostPages, `after ${mostPages} pages there is still another one`)
  } while (cursor !== undefined)
  return pages
}
