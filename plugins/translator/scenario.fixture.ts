/** What must be seen of the translator, whatever the integration of language models. */
import { BotDefinition, BotImplementation } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import translator from 'plugboard/plugins/translator'
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
  const heard: { readonly id: string; readonly text: string }[] = []
  const bot = new BotImplementation(
    new BotDefinition()
      .addIntegration(channel)
      .addIntegration(...asProvider(llm, provider))
      .addPlugin(translator, { configuration: { userLanguage: 'German' }, dependencies: { llm: 'provider' } }),
  )
  bot.on.message('text', async ({ message, client }) => {
    heard.push({ id: message.id, text: message.payload.text })
    await client.createMessage({
      conversationId: message.conversationId,
      type: 'text',
      payload: { text: 'It is noted.' },
    })
  })
  const log = ({ level, plugin, message }: { level: string; plugin?: string; message: string }) =>
    void (level === 'warn' && plugin === 'translator' && warnings.push(message))
  const running = await startBot(bot, { environment: {}, log })
  const talking = await talk(running)
  const say = async (text: string) => {
    await talking.say(text)
    demandEqual(warnings, [], 'what it warns of')
  }
  return Object.assign(running, { say, sent: channel.sent, heard })
}

export default [
  {
    title: 'the bot hears a translation of what people say, and finds the original beside it',
    need: 'llm',
    async run(provider) {
      await using bot = await start(provider)
      await bot.say('Guten Tag')
      demandEqual(bot.heard.length, 1, 'the number of messages that the bot hears')
      const [{ id, text } = { id: '', text: '' }] = bot.heard
      demand(text.trim() !== '' && text !== 'Guten Tag', `'${text}' should be a translation`)
      const { translation } = await bot.actions.translator.getTranslation({ messageId: id })
      demandEqual(
        translation,
        { original: 'Guten Tag', translated: text, from: 'German', to: 'English' },
        'what is kept of the translation',
      )
    },
  },
  {
    title: 'people are sent a translation of what the bot says',
    need: 'llm',
    async run(provider) {
      await using bot = await start(provider)
      await bot.say('Guten Tag')
      demandEqual(bot.sent.length, 1, 'the number of messages that people are sent')
      const [text = ''] = bot.sent
      demand(text.trim() !== '' && text !== 'It is noted.', `'${text}' should be a translation`)
    },
  },
] satisfies readonly PluginScenario[]
