/** What must be seen of the summarizer, whatever the integration of language models. */
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import summarizer from 'plugboard/plugins/summarizer'
import { startBot } from 'plugboard/runtime'
import {
  asProvider,
  chat,
  demand,
  demandEqual,
  type InstalledProvider,
  type PluginScenario,
  talk,
} from 'plugboard/testing'

async function start(provider: InstalledProvider) {
  const channel = chat()
  const bot = new BotDefinition()
    .addIntegration(channel)
    .addIntegration(...asProvider(llm, provider))
    .addPlugin(summarizer, { configuration: { every: 0, command: '/summary' }, dependencies: { llm: 'provider' } })
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const { say, conversation } = await talk(running)
  const summarize = () => running.actions.summarizer.summarize({ conversationId: conversation.id })
  return Object.assign(running, { say, summarize, sent: channel.sent })
}

export default [
  {
    title: 'a conversation has a summary, which covers each message once and is told when it is asked for',
    need: 'llm',
    async run(provider) {
      await using bot = await start(provider)
      await bot.say('My name is Ada.')
      await bot.say('I have lost my key.')
      const { summary, messages } = await bot.summarize()
      demand(summary.trim() !== '', 'the summary should have a text')
      demandEqual(messages, 2, 'the number of messages that it covers')
      await bot.say('/summary')
      demandEqual(bot.sent, [summary], 'what is told')
      await bot.say('I have found it.')
      demandEqual((await bot.summarize()).messages, 3, 'the number of messages that it covers after one more')
    },
  },
] satisfies readonly PluginScenario[]
