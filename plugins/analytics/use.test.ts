import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, test } from 'vitest'
// #region use
import analytics from 'plugboard/plugins/analytics'

const bot = new BotImplementation(
  new BotDefinition().addIntegration(scripted).addPlugin(analytics, { configuration: { keepDays: 365 } }),
)
bot.on.message('text', async ({ actions, logger }) => {
  const { days } = await actions.analytics.report({ from: '2026-11-01', to: '2026-11-30' })
  for (const { day, incoming, outgoing, users } of days)
    logger.info(`${day}: ${incoming} messages from ${users} people, ${outgoing} answers`)
})
// #endregion

test('the bot of the read-me starts', async () => {
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  expect(await running.actions.analytics.report({})).toEqual({ days: [] })
})
