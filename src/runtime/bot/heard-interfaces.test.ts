import memory from '@plugboard/memory'
import { expect, it } from 'vitest'
import { BotDefinition, BotImplementation, IntegrationDefinition, IntegrationImplementation, need, z } from 'plugboard'
import creatable from 'plugboard/interfaces/creatable'
import deletable from 'plugboard/interfaces/deletable'
import listable from 'plugboard/interfaces/listable'
import { startBot } from 'plugboard/runtime'
import { fake } from 'plugboard/testing'

const items = need(listable, { share: 'item', hears: [creatable, deletable] })
const quiet = { environment: {}, log: () => {} }

it('the events of other interfaces are heard where the integration implements them', async () => {
  const heard: unknown[] = []
  const bot = new BotImplementation(new BotDefinition({ interfaces: { items } }).addIntegration(memory))
  bot.on.event('items:itemCreated', async ({ event, interfaces }) => {
    heard.push(event.payload.item.id)
    // What is heard of is an entity of the need.
    heard.push(interfaces.items.entities.item.safeParse(event.payload.item)?.id)
  })
  bot.on.event('items:itemDeleted', async ({ event }) => void heard.push(`${event.payload.id} is gone`))
  await using running = await startBot(bot, quiet)
  const { item } = await running.actions.memory.createItem({ draft: { title: 'Sow' } })
  await running.idle()
  await running.actions.memory.deleteItem({ item })
  await running.idle()
  expect(heard).toEqual(['note-1', 'note-1', 'note-1 is gone'])
})

it('an integration that implements none of them meets the need all the same', async () => {
  const list = fake(listable, { name: 'list', actions: { listItems: { items: [], nextCursor: undefined } } })
  await using running = await startBot(new BotDefinition({ interfaces: { items } }).addIntegration(list), quiet)
  expect(await running.interfaces.items.listItems({})).toEqual({ items: [] })
})

it('what is said of another entity is not heard', async () => {
  const thing = { schema: z.object({ id: z.string() }) }
  const definition = new IntegrationDefinition({ name: 'house', entities: { room: thing, guest: thing, draft: thing } })
    .extend(listable, ({ entities }) => ({ entities: { item: entities.room } }))
    .extend(creatable, ({ entities }) => ({ entities: { item: entities.guest, draft: entities.draft } }))
  const house = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: { listItems: async () => ({ items: [] }), createItem: async () => ({ item: { id: '1' } }) },
    }),
  }))
  const heard: string[] = []
  const bot = new BotImplementation(new BotDefinition({ interfaces: { items } }).addIntegration(house))
  bot.on.event('items:itemCreated', async () => void heard.push('of the need'))
  bot.on.event('house:itemCreated', async () => void heard.push('of the integration'))
  await using running = await startBot(bot, quiet)
  await running.clientOf('house').createEvent({ type: 'itemCreated', payload: { item: { id: '1' } } })
  await running.idle()
  expect(heard).toEqual(['of the integration'])
})
