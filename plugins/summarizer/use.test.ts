import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, test } from 'vitest'
// #region use
import summarizer from 'plugboard/plugins/summarizer'

const bot = new BotImplementation(
  new BotDefinition({ defaults: { llm: 'scripted' } })
    .addIntegration(scripted)
    .addPlugin(summarizer, { configuration: { every: 50, command: '/summary' } }),
)
bot.on.message('image', async ({ conversation, actions, logger }) => {
  const { summary, messages } = await actions.summarizer.summarize({ conversationId: conversation.id })
  logger.info(`${messages} messages so far: ${summary}`)
})
// #endregion

test('the bot of the read-me starts', async () => {
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  expect(running.bindings.list()).toMatchObject([{ to: ['scripted'] }])
})
