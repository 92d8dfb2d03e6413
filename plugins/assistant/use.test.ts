import memory from '@plugboard/memory'
import scripted from '@plugboard/scripted'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, test } from 'vitest'
// #region use
import assistant from 'plugboard/plugins/assistant'

const bot = new BotDefinition({ defaults: { llm: 'scripted' } })
  .addIntegration(scripted)
  .addIntegration(memory)
  .addPlugin(assistant, {
    configuration: { systemPrompt: 'You keep the notes of the user.', historyLength: 30 },
    tools: ['memory:listItems', { action: 'memory:createItem', name: 'add_note', description: 'Adds a note.' }],
  })
// #endregion

test('the bot of the read-me starts', async () => {
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  expect(running.bindings.list()).toMatchObject([{ to: ['scripted'] }])
})
