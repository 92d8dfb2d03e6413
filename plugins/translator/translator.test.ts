import { LLMock } from '@copilotkit/aimock'
import anthropic from '@plugboard/anthropic'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation, PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import translator from 'plugboard/plugins/translator'
import { startBot } from 'plugboard/runtime'
import { adversary, chat, fake, talk } from 'plugboard/testing'
import { afterAll, describe, expect, it } from 'vitest'

const said: Readonly<Record<string, string>> = {
  'Guten Tag': 'German\nGood day',
  'Good day': 'English\nGood day',
  'you said Good day': 'du sagtest Guten Tag',
}
const server = await LLMock.create({ host: '127.0.0.1', auth: { apiKeys: ['a key'] } })
for (const [text, content] of Object.entries(said))
  server.addFixture({
    match: { predicate: ({ messages }) => JSON.stringify(messages.at(-1)?.content).includes(`"${text}"`) },
    response: { content },
  })
afterAll(async () => {
  await server.stop()
})

const settings = { apiKey: 'a key', baseUrl: `${server.url}/v1` }
const rules = Object.entries(said).map(([text, reply]) => ({ when: `/^${text}$/`, reply }))
/** An answer that is whole: what a fake makes up may have been cut off. */
const whole = (content: string) => ({ content, stopReason: 'stop' as const })
const lastOf = ({ messages }: { messages: readonly { content: string }[] }) => String(messages.at(-1)?.content)

async function start({
  to = 'double',
  configuration = {},
  double = fake(llm, {
    name: 'double',
    actions: { generateContent: (input) => whole(said[lastOf(input)] ?? '') },
  }),
  fails = () => {},
}: {
  to?: string
  configuration?: object
  double?: ReturnType<typeof fake<(typeof llm)['$types'], 'double'>>
  fails?: () => void
} = {}) {
  const channel = chat()
  const lines: unknown[] = []
  const heard: string[] = []
  const bot = new BotImplementation(
    new BotDefinition({ defaults: { llm: to } })
      .addIntegration(channel)
      .addIntegration(scripted, { configuration: { rules } })
      .addIntegration(openai, { configuration: settings })
      .addIntegration(anthropic, { configuration: settings })
      .addIntegration(double)
      .addPlugin(translator, { configuration }),
  )
  bot.on.message('text', async ({ message, client }) => {
    heard.push(message.payload.text)
    fails()
    await client.createMessage({
      conversationId: message.conversationId,
      type: 'text',
      payload: { text: `you said ${message.payload.text}` },
    })
  })
  const running = await startBot(bot, {
    environment: {},
    log: (line) => void lines.push(line),
    retries: { attempts: 2 },
  })
  const talking = await talk(running)
  const say = async (payload: object, type?: string) => (await talking.say(payload, type)).id
  const translationOf = (messageId: string) => running.actions.translator.getTranslation({ messageId })
  const asked = () => double.calls.filter(({ action }) => action === 'generateContent')
  return Object.assign(running, { say, sent: channel.sent, heard, lines, translationOf, asked })
}

describe('the translator', () => {
  it.each(['double', 'scripted', 'openai', 'anthropic'])(
    'lets the bot and people each use their own language, through %s',
    async (to) => {
      await using bot = await start({ to })
      const id = await bot.say({ text: 'Guten Tag' })
      expect(bot.heard).toEqual(['Good day'])
      expect(bot.sent).toEqual(['du sagtest Guten Tag'])
      expect(await bot.translationOf(id)).toEqual({
        translation: { original: 'Guten Tag', translated: 'Good day', from: 'German', to: 'English' },
      })
    },
  )

  it('goes on in the language of a conversation when the provider is changed', async () => {
    await using bot = await start()
    await bot.say({ text: 'Guten Tag' })
    await bot.bindings.set('translator', 'llm', 'anthropic')
    await bot.say({ text: 'Guten Tag' })
    expect(bot.sent).toEqual(['du sagtest Guten Tag', 'du sagtest Guten Tag'])
    expect(bot.asked()).toHaveLength(2)
  })

  it('leaves alone who speaks the language of the bot', async () => {
    await using bot = await start()
    const id = await bot.say({ text: 'Good day' })
    expect(bot.sent).toEqual(['you said Good day'])
    expect(await bot.translationOf(id)).toEqual({})
    expect(bot.asked()).toHaveLength(1)
  })

  it('asks for no language that it was told, and translates what it was told to', async () => {
    const upper = () =>
      fake(llm, {
        name: 'double',
        actions: { generateContent: (input) => whole(lastOf(input).toUpperCase()) },
      })
    await using bot = await start({ configuration: { userLanguage: 'Louder', incoming: false }, double: upper() })
    await bot.say({ text: 'hello' })
    expect(bot.heard).toEqual(['hello'])
    expect(bot.sent).toEqual(['YOU SAID HELLO'])
    expect(bot.asked()).toHaveLength(1)
    await using other = await start({ configuration: { userLanguage: 'Louder', outgoing: false }, double: upper() })
    await other.say({ text: 'hello' })
    expect(other.sent).toEqual(['you said HELLO'])
    await using same = await start({ configuration: { userLanguage: 'english' }, double: upper() })
    await same.say({ text: 'hello' })
    expect(same.sent).toEqual(['you said hello'])
    expect(same.asked()).toEqual([])
  })

  it('answers in the language of people where it does not translate what they write', async () => {
    const double = fake(llm, {
      name: 'double',
      actions: {
        generateContent: (input) => whole(said[lastOf(input)] ?? `auf Deutsch: ${lastOf(input)}`),
      },
    })
    await using bot = await start({ configuration: { incoming: false }, double })
    await bot.say({ text: 'Guten Tag' })
    expect(bot.heard).toEqual(['Guten Tag'])
    expect(bot.sent).toEqual(['auf Deutsch: you said Guten Tag'])
  })

  it('asks once for a message, however often it is handled', async () => {
    let attempts = 0
    await using bot = await start({
      fails: () => {
        attempts += 1
        if (attempts === 1) throw new Error('not yet')
      },
    })
    await bot.say({ text: 'Guten Tag' })
    expect(bot.heard).toEqual(['Good day', 'Good day'])
    expect(bot.asked()).toHaveLength(2)
    expect(bot.sent).toEqual(['du sagtest Guten Tag'])
  })

  it.each([
    ['fails', () => Promise.reject(new PlugboardError({ code: 'vendor_unavailable', message: 'away' }))],
    ['says nothing', () => whole(' ')],
    ['does not name the language', () => whole('Good day')],
    ['is cut off', () => ({ content: 'German\nGood', stopReason: 'length' as const })],
  ])('passes messages on as they are where the model %s, and warns', async (_, generateContent) => {
    const double = fake(llm, { name: 'double', actions: { generateContent } })
    await using bot = await start({ double })
    await bot.say({ text: 'Guten Tag' })
    expect(bot.sent).toEqual(['you said Guten Tag'])
    expect(bot.lines).toContainEqual(expect.objectContaining({ level: 'warn', plugin: 'translator' }))
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('loses no message to an adversary', async () => {
    await using bot = await start({
      double: adversary(llm, { name: 'double' }),
      configuration: { userLanguage: 'Welsh' },
    })
    for (let index = 0; index < 8; index += 1) await bot.say({ text: `turn ${index}` })
    expect(bot.heard).toHaveLength(8)
    expect(bot.sent).toHaveLength(8)
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it.each(['42 👍', 'https://example.com'])(
    'goes on in the language of before where %j says nothing of it',
    async (text) => {
      const double = fake(llm, {
        name: 'double',
        actions: {
          generateContent: (input) => whole(said[lastOf(input)] ?? `None\n${lastOf(input)}`),
        },
      })
      await using bot = await start({ double })
      await bot.say({ text: 'Guten Tag' })
      await bot.say({ text })
      await bot.say({ text: 'Guten Tag' })
      expect(bot.heard).toEqual(['Good day', text, 'Good day'])
      expect(bot.sent).toEqual(['du sagtest Guten Tag', expect.anything(), 'du sagtest Guten Tag'])
      const state = bot.asked().filter(({ input }) => JSON.stringify(input).includes('into German'))
      expect(state.length).toBeGreaterThanOrEqual(3)
      expect(bot.lines).not.toContainEqual(expect.objectContaining({ level: 'warn', plugin: 'translator' }))
    },
  )

  it('leaves alone what has no text', async () => {
    await using bot = await start()
    await bot.say({ imageUrl: 'https://example.com/a.png' }, 'image')
    expect(bot.asked()).toEqual([])
    expect((await bot.deadLetters()).items).toEqual([])
  })
})
