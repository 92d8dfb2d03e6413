import scripted from '@plugboard/scripted'
import { startBot } from 'plugboard/runtime'
import { expect, test } from 'vitest'
// #region use
import { BotDefinition } from 'plugboard'
import logger from 'plugboard/plugins/logger'

const bot = new BotDefinition().addIntegration(scripted).addPlugin(logger, {
  configuration: { messages: 'debug', actions: 'off', contents: true, redactFields: ['password', 'iban'] },
})
// #endregion

test('the bot of the read-me starts', async () => {
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  expect(running.bindings.list()).toEqual([])
})
