import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, test } from 'vitest'
// #region use
import translator from 'plugboard/plugins/translator'

const bot = new BotImplementation(
  new BotDefinition({ defaults: { llm: 'scripted' } })
    .addIntegration(scripted)
    .addPlugin(translator, { configuration: { botLanguage: 'English', userLanguage: 'German' } }),
)
bot.on.message('text', async ({ message, actions, logger }) => {
  const { translation } = await actions.translator.getTranslation({ messageId: message.id })
  logger.info(`${message.payload.text} was ${translation?.original ?? 'not translated'}`)
})
// #endregion

test('the bot of the read-me starts', async () => {
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  expect(running.bindings.list()).toMatchObject([{ to: ['scripted'] }])
})
