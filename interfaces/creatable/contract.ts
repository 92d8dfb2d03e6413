import creatable from 'plugboard/interfaces/creatable'
import { defineContract, demand, demandEqual, demandRefusal } from 'plugboard/testing'

/** What whoever creates things promises. */
export default defineContract(creatable, {
  samples: { createItem: ({ make }) => ({ draft: make('draft') }) },
  situations: { refusedDraft: 'the input of the situation holds a draft that the platform will not have' },
  scenarios: [
    {
      name: 'gives-each-its-id',
      title: 'two items that are created have ids of their own',
      async run({ provider, make }) {
        const { item: first } = await provider.createItem({ draft: make('draft') })
        const { item: second } = await provider.createItem({ draft: make('draft', 1) })
        demand(first.id !== second.id, `both items have the id '${first.id}'`)
      },
    },
    {
      name: 'holds-what-the-draft-said',
      title: 'an item has the fields of its draft, as far as it has fields of those names',
      async run({ provider, make }) {
        const draft = make('draft')
        const { item } = await provider.createItem({ draft })
        const said = new Map<string, unknown>(Object.entries(draft))
        for (const [field, value] of Object.entries(item))
          if (said.has(field) && field !== 'id') demandEqual(value, said.get(field), `the field '${field}' of the item`)
      },
    },
    {
      name: 'tells-of-what-is-created',
      title: 'itemCreated tells of each item once',
      async run({ provider, make, events }) {
        const { item } = await provider.createItem({ draft: make('draft') })
        const heard = await events('itemCreated')
        demand(heard.length === 1, `itemCreated was heard ${heard.length} times for one item`)
        demandEqual(heard[0]?.item.id, item.id, 'the id of the item that itemCreated tells of')
      },
    },
    {
      name: 'refuses-a-draft',
      title: 'a draft that the platform will not have is refused, and nothing is created',
      situation: 'refusedDraft',
      async run({ provider, sample, events }) {
        const input = await sample('createItem')
        await demandRefusal('vendor_refused', () => provider.createItem(input))
        const heard = await events('itemCreated')
        demand(heard.length === 0, 'itemCreated tells of an item all the same')
      },
    },
  ],
})
