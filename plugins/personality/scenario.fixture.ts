/** What must be seen of the personality, whatever the integration of language models. */
import personality from 'plugboard/plugins/personality'
import { BotDefinition, BotImplementation } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
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
  const warnings: unknown[] = []
  const bot = new BotImplementation(
    new BotDefinition()
      .addIntegration(channel)
      .addIntegration(...asProvider(llm, provider))
      .addPlugin(personality, { configuration: { style: 'like a pirate' }, dependencies: { llm: 'provider' } }),
  )
  bot.on.message('*', async ({ message, client }) => {
    const { conversationId, type, payload } = message
    await client.createMessage({ conversationId, type, payload })
  })
  const log = ({ level, plugin, message }: { level: string; plugin?: string; message: string }) =>
    void (level === 'warn' && plugin === 'personality' && warnings.push(message))
  const running = await startBot(bot, { environment: {}, log })
  const { say } = await talk(running)
  return Object.assign(running, { say, sent: channel.sent, warnings })
}

export default [
  {
    title: 'what the bot says goes out once, rewritten by the model',
    need: 'llm',
    async run(provider) {
      await using bot = await start(provider)
      await bot.say('hello')
      demandEqual(bot.sent.length, 1, 'the number of messages')
      demandEqual(bot.warnings, [], 'what it warns of')
      demand(bot.sent[0]?.trim() !== '' && bot.sent[0] !== 'hello', `'${bot.sent[0]}' should be rewritten`)
    },
  },
] satisfies readonly PluginScenario[]
