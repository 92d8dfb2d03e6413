import memory from '@plugboard/memory'
import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, test } from 'vitest'
// #region use
import synchronizer from 'plugboard/plugins/synchronizer'

const bot = new BotImplementation(
  new BotDefinition()
    .addIntegration(memory, { alias: 'home', configuration: { seed: [{ title: 'Water the plants' }] } })
    .addIntegration(memory, { alias: 'work' })
    .addPlugin(synchronizer, { alias: 'chores', dependencies: { source: 'home' } })
    .addPlugin(synchronizer, { alias: 'tasks', dependencies: { source: 'work' }, configuration: { every: 15 } }),
)
bot.on.event('chores:synchronized', async ({ actions, logger }) => {
  const { items } = await actions.chores.listItems({ limit: 10 })
  logger.info(items.map(({ item, seenAt }) => `${item.id}, seen at ${seenAt}`).join('\n'))
})
// #endregion

test('the bot of the read-me mirrors both', async () => {
  const lines: string[] = []
  await using running = await startBot(bot, { environment: {}, log: ({ message }) => void lines.push(message) })
  await running.actions.chores.synchronize({})
  await running.actions.tasks.synchronize({})
  await running.idle()
  expect(lines.filter((line) => line.includes('seen at'))).toHaveLength(1)
  expect((await running.actions.tasks.listItems({})).items).toEqual([])
})
