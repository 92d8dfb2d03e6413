import updatable from 'plugboard/interfaces/updatable'
import { defineContract, demand, demandEqual, skip } from 'plugboard/testing'

/** What whoever changes things promises. An integration's test says which item there is, as a sample of `updateItem`. */
export default defineContract(updatable, {
  scenarios: [
    {
      name: 'changes-what-is-named',
      title: 'what the changes name is then as they say, and the id stays',
      async run({ provider, sample }) {
        const { item: before, changes } = await sample('updateItem')
        const { item } = await provider.updateItem({ item: before, changes })
        demand(item.id === before.id, `item '${before.id}' was changed, and '${item.id}' is given`)
        const said = new Map<string, unknown>(Object.entries(changes))
        for (const [field, value] of Object.entries(item))
          if (said.has(field)) demandEqual(value, said.get(field), `the field '${field}' of the item`)
      },
    },
    {
      name: 'keeps-what-is-not-named',
      title: 'changes that name nothing leave an item as it is',
      async run({ provider, sample }) {
        const { item: before } = await sample('updateItem')
        const nothing = provider.entities.changes.safeParse({})
        if (nothing === undefined) skip('the integration takes no changes that name nothing')
        const { item: first } = await provider.updateItem({ item: before, changes: nothing })
        const { item: second } = await provider.updateItem({ item: first, changes: nothing })
        demandEqual(second, first, 'the item, of which nothing was to be changed,')
      },
    },
    {
      name: 'tells-of-what-is-changed',
      title: 'itemUpdated tells of each change',
      async run({ provider, sample, events }) {
        const input = await sample('updateItem')
        const earlier = (await events('itemUpdated')).length
        await provider.updateItem(input)
        const heard = (await events('itemUpdated')).slice(earlier)
        demand(heard.length === 1, `itemUpdated was heard ${heard.length} times for one change`)
        demandEqual(heard[0]?.item.id, input.item.id, 'the id of the item that itemUpdated tells of')
      },
    },
  ],
})
