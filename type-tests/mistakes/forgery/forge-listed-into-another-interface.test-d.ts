// expected: Type '"listable.item"' is not assignable to type '"deletable.item"'
// code: input_invalid at call
import { PluginDefinition, PluginImplementation } from 'plugboard'
import { deletable, listable } from '../../fixtures/interfaces.ts'

export const cleaning = new PluginImplementation(
  new PluginDefinition({ name: 'cleaning', interfaces: { listable, deletable } }),
)
cleaning.on.message('text', async ({ interfaces }) => {
  const { items } = await interfaces.listable.list({})
  const item = items[0]
  if (!item) return
  // @ts-expect-error an item that one interface listed is handed to another one, which may be bound elsewhere
  await interfaces.deletable.delete({ item })
})
