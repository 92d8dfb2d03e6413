import readable from 'plugboard/interfaces/readable'
import { defineContract, demand, demandRefusal } from 'plugboard/testing'

/** What whoever reads things by their id promises. An integration's test says which id there is, as a sample of `readItem`. */
export default defineContract(readable, {
  scenarios: [
    {
      name: 'reads-what-was-asked-for',
      title: 'the item that is given has the id that was asked for',
      async run({ provider, sample }) {
        const { id } = await sample('readItem')
        const { item } = await provider.readItem({ id })
        demand(item.id === id, `item '${id}' was asked for, and '${item.id}' is given`)
      },
    },
    {
      name: 'refuses-what-is-not-there',
      title: 'where there is no item with the id, the call is refused',
      async run({ provider }) {
        await demandRefusal('vendor_refused', () => provider.readItem({ id: 'no-item-has-this-id' }))
      },
    },
  ],
})
