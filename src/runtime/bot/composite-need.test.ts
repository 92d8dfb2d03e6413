import memory from '@plugboard/memory'
import { expect, it } from 'vitest'
import { bind, BotDefinition, cache, need, timeout } from 'plugboard'
import deletable from 'plugboard/interfaces/deletable'
import listable from 'plugboard/interfaces/listable'
import { startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'

it('a composite need is one binding: a listed item can be deleted, and its policies hold for every action', async () => {
  const clock = new VirtualClock()
  const bot = new BotDefinition({
    interfaces: { items: need([listable, deletable], { share: 'item' }) },
  }).addIntegration(memory, { configuration: { seed: [{ title: 'One' }, { title: 'Two' }] } })
  const calls: string[] = []
  await using running = await startBot(bot, {
    clock,
    environment: {},
    bindings: { bot: { items: bind('memory', timeout(5000), cache(60_000)) } },
  })
  const { timers } = clock
  running.observe(({ action }) => void calls.push(action))
  const { items } = running.interfaces
  const [first] = (await items.listItems({})).items
  expect(running.bindings.list()).toMatchObject([{ to: ['memory'], policies: ['timeout', 'cache'] }])
  if (first) await items.deleteItem({ item: first })
  expect((await running.actions.memory.listItems({})).items).toMatchObject([{ title: 'Two' }])
  expect(calls).toEqual(['listItems', 'deleteItem', 'listItems'])
  expect(clock.timers).toBe(timers)
})
