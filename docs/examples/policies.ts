import { deepStrictEqual } from 'node:assert/strict'
import scripted from '@plugboard/scripted'
import assistant from 'plugboard/plugins/assistant'
// #region policies
import { BotDefinition, bind, budget, failover, meter, retry, timeout } from 'plugboard'

const bot = new BotDefinition()
  .addIntegration(scripted, { alias: 'main' })
  .addIntegration(scripted, { alias: 'spare' })
  .addPlugin(assistant, {
    dependencies: {
      llm: bind(failover('main', 'spare'), meter(), budget({ cost: 5 }), timeout(30_000), retry({ attempts: 3 })),
    },
  })
// #endregion
import { startBot } from 'plugboard/runtime'

await using running = await startBot(bot)
deepStrictEqual(running.bindings.list()[0]?.policies, ['meter', 'budget', 'timeout', 'retry'])
