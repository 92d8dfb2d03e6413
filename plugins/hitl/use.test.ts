import desk from '@plugboard/desk'
import scripted from '@plugboard/scripted'
import webchat from '@plugboard/webchat'
import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, test } from 'vitest'
// #region use
import assistant from 'plugboard/plugins/assistant'
import hitl from 'plugboard/plugins/hitl'

const bot = new BotImplementation(
  new BotDefinition({ defaults: { llm: 'scripted' } })
    .addIntegration(webchat)
    .addIntegration(desk, { configuration: { key: 'a key of some length' } })
    .addIntegration(scripted)
    .addPlugin(hitl, { configuration: { startCommand: '/human', waitSeconds: 300 } })
    .addPlugin(assistant),
)
bot.on.message('text', async ({ message, actions }) => {
  if (message.payload.text.includes('refund')) await actions.hitl.startHitl({ title: 'A refund' })
})
bot.on.event('hitl:handedBack', async ({ event, logger }) => {
  logger.info('the bot answers again', { event: event.payload })
})
// #endregion

test('the bot of the read-me starts', async () => {
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  expect(running.bindings.list()).toEqual(expect.arrayContaining([expect.objectContaining({ to: ['desk'] })]))
})
