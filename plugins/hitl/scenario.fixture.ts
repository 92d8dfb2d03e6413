/** What must be seen of humans in the loop, whatever the platform on which they serve. */
import { BotDefinition, BotImplementation } from 'plugboard'
import hitlInterface from 'plugboard/interfaces/hitl'
import hitl from 'plugboard/plugins/hitl'
import { startBot } from 'plugboard/runtime'
import { asProvider, chat, demand, demandEqual, type InstalledProvider, type PluginScenario } from 'plugboard/testing'

async function start(provider: InstalledProvider) {
  const channel = chat()
  const bot = new BotImplementation(
    new BotDefinition()
      .addIntegration(channel)
      .addIntegration(...asProvider(hitlInterface, provider))
      .addPlugin(hitl, { configuration: { startCommand: '/human' }, dependencies: { hitl: 'provider' } }),
  )
  bot.on.message('text', async ({ conversation, client }) => {
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'I am the bot.' } })
  })
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const client = running.clientOf('chat')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' }, name: 'Ada' })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: {} })
  const say = async (text: string) => {
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
    await running.idle()
  }
  let session: string | undefined
  /** Hands the conversation over. Gives the session. */
  const handOver = async (): Promise<string> => {
    await say('/human')
    // A platform may have more conversations than sessions: the newest is this one.
    session = (await running.history.conversations({ integration: 'provider' })).items[0]?.id
    demand(session !== undefined, 'there should be a session')
    return session
  }
  const humans = running.clientOf('provider')
  const reply = async (text: string) => {
    const person = await humans.getOrCreateUser({ tags: { id: 'U0GRACE' }, name: 'Grace' })
    const message = { conversationId: session ?? '', userId: person.user.id, type: 'text', payload: { text } }
    await humans.createMessage(message)
    await running.idle()
  }
  /** What was sent to the session. */
  const received = async () => {
    const { items } = await running.history.messages(session ?? '')
    return items
      .toReversed()
      .filter(({ direction }) => direction === 'outgoing')
      .map(({ payload }) => (payload as { text?: string }).text)
  }
  const demandNoFailure = async () => {
    const [failure] = (await running.deadLetters()).items
    demand(!failure, `nothing should fail in the session, and '${failure?.handler}' fails: ${failure?.message}`)
  }
  return Object.assign(running, { say, handOver, reply, received, demandNoFailure, sent: channel.delivered })
}

export default [
  {
    title: 'what people write reaches the humans, and the bot does not answer it',
    need: 'hitl',
    async run(provider) {
      await using bot = await start(provider)
      await bot.handOver()
      const before = bot.sent.length
      await bot.say('I need a hand')
      demandEqual(await bot.received(), ['I need a hand'], 'what is sent to the session')
      demandEqual(bot.sent.length, before, 'the number of messages that people are sent')
      await bot.demandNoFailure()
    },
  },
  {
    title: 'what the humans write reaches people, with the name',
    need: 'hitl',
    async run(provider) {
      await using bot = await start(provider)
      await bot.handOver()
      await bot.reply('What can I do?')
      demandEqual(
        bot.sent.slice(-2),
        ['Grace is with you now.', 'Grace: What can I do?'],
        'what people are sent of the session',
      )
      await bot.demandNoFailure()
    },
  },
  {
    title: 'once it is over the bot answers again, and nothing reaches people from the session',
    need: 'hitl',
    async run(provider) {
      await using bot = await start(provider)
      await bot.handOver()
      await bot.reply('Good bye')
      await bot.say('/stop')
      const before = bot.sent.length
      await bot.reply('One more thing')
      demandEqual(bot.sent.length, before, 'the number of messages that people are sent from the session')
      await bot.say('hello')
      demandEqual(bot.sent.at(-1), 'I am the bot.', 'the answer after the session')
      await bot.demandNoFailure()
    },
  },
] satisfies readonly PluginScenario[]
