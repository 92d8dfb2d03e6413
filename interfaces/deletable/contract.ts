import deletable from 'plugboard/interfaces/deletable'
import { defineContract, demand, demandEqual } from 'plugboard/testing'

/** What whoever deletes things promises. An integration's test says which item there is, as a sample of `deleteItem`. */
export default defineContract(deletable, {
  scenarios: [
    {
      name: 'deletes-again',
      title: 'deleting what is gone already succeeds',
      async run({ provider, sample }) {
        const input = await sample('deleteItem')
        await provider.deleteItem(input)
        await provider.deleteItem(input)
      },
    },
    {
      name: 'tells-of-what-is-deleted',
      title: 'itemDeleted tells of each item once',
      async run({ provider, sample, events }) {
        const input = await sample('deleteItem')
        const earlier = (await events('itemDeleted')).length
        await provider.deleteItem(input)
        await provider.deleteItem(input)
        const heard = (await events('itemDeleted')).slice(earlier)
        demand(heard.length === 1, `itemDeleted was heard ${heard.length} times for one item`)
        demandEqual(heard[0]?.id, input.item.id, 'the id that itemDeleted tells of')
      },
    },
  ],
})
