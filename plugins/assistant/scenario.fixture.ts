/** What must be seen of the assistant, whatever the integration of language models. */
import assistant from 'plugboard/plugins/assistant'
import { setTimeout as sleep } from 'node:timers/promises'
import { BotDefinition, BotImplementation, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot, withHandlers } from 'plugboard/runtime'
import {
  asProvider,
  chat,
  demand,
  demandEqual,
  type InstalledProvider,
  type PluginScenario,
  talk,
} from 'plugboard/testing'

type Stream = (props: never) => AsyncIterable<unknown>

/** The integration, which goes on with an answer only once some of it is shown; and whether it streams. */
function paced(integration: InstalledProvider['integration'], shown: readonly string[]) {
  let isStreamed = false
  const changed = withHandlers(integration as never, (handlers) => {
    const actions: Readonly<Record<string, unknown>> = handlers.actions ?? {}
    const streamContent = actions['streamContent'] as Stream | undefined
    if (!streamContent) return handlers
    const stream = async function* (props: never): AsyncGenerator {
      isStreamed = true
      const parts = streamContent(props)[Symbol.asyncIterator]()
      for (let text = ''; ;) {
        const { value, done } = (await parts.next()) as IteratorResult<{ text?: string }, { text?: never }>
        if (done) return value
        text += value.text ?? ''
        yield value
        for (let tries = 0; text.trim() !== '' && shown.length === 0 && tries < 1000; tries += 1) await sleep(5)
      }
    }
    return { ...handlers, actions: { ...actions, streamContent: stream } } as never
  })
  return { integration: changed, isStreamed: () => isStreamed }
}

const lookUp = {
  input: { schema: z.object({ query: z.string() }) },
  output: { schema: z.object({ found: z.string() }) },
}

async function start(provider: InstalledProvider, channel = chat()) {
  const lookedUp: string[] = []
  const definition = new BotDefinition({ actions: { lookUp } })
    .addIntegration(channel)
    .addIntegration(...asProvider(llm, provider))
    .addPlugin(assistant, {
      dependencies: { llm: 'provider' },
      tools: [{ action: 'bot:lookUp', name: 'look_up', description: 'Looks something up.' }],
    })
  const bot = new BotImplementation(definition, {
    actions: {
      lookUp: async ({ input }) => {
        lookedUp.push(input.query)
        return { found: 'marmalade' }
      },
    },
  })
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const talking = await talk(running, { throws: false })
  const say = async (text: string) => {
    await talking.say(text)
    const [failure] = (await running.deadLetters()).items
    demand(!failure, `'${text}' should be answered, and its handler fails with '${failure?.code}'`)
  }
  return Object.assign(running, { say, lookedUp, sent: channel.sent, shown: channel.shown })
}

export default [
  {
    title: 'a message is answered once',
    need: 'llm',
    async run(provider) {
      await using bot = await start(provider)
      await bot.say('hello')
      demandEqual(bot.sent.length, 1, 'the number of answers')
      const [answer = ''] = bot.sent
      demand(answer.trim() !== '', 'the answer should have a text')
    },
  },
  {
    title: 'the answer of a model that streams is shown while it is made',
    need: 'llm',
    async run(provider) {
      const channel = chat()
      const { integration, isStreamed } = paced(provider.integration, channel.shown)
      await using bot = await start({ ...provider, integration }, channel)
      await bot.say('hello')
      demandEqual(bot.sent.length, 1, 'the number of answers')
      const [answer = ''] = bot.sent
      if (isStreamed()) demand(bot.shown.length > 0, `something of '${answer}' should be shown before it is sent`)
      const stray = bot.shown.find((text) => !answer.startsWith(text))
      demand(stray === undefined, `'${answer}' should begin with what was shown before, '${stray}'`)
    },
  },
  {
    title:
      'an action of the bot is called as a tool, and what it gave is told; a model that calls none answers without',
    need: 'llm',
    async run(provider) {
      await using bot = await start(provider)
      await bot.say('look up plugs')
      demandEqual(bot.sent.length, 1, 'the number of answers')
      const lacksTools = bot.bindings.list().some(({ lacking }) => lacking.includes('tools'))
      demandEqual(bot.lookedUp.length, lacksTools ? 0 : 1, 'the number of calls')
      const [answer = ''] = bot.sent
      demand(lacksTools || answer.includes('marmalade'), `the tool gave 'marmalade', and the answer is '${answer}'`)
    },
  },
  {
    title: 'what was said earlier in the conversation is known later',
    need: 'llm',
    async run(provider) {
      await using bot = await start(provider)
      await bot.say('My name is Ada.')
      await bot.say('What is my name?')
      demandEqual(bot.sent.length, 2, 'the number of answers')
      demand(bot.sent[1]?.includes('Ada') === true, `the answer should name Ada, and is '${bot.sent[1]}'`)
    },
  },
] satisfies readonly PluginScenario[]
