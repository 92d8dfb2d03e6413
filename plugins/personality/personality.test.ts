import personality from 'plugboard/plugins/personality'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation, PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { chat, fake, talk } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'

type Asked = { readonly messages: readonly { readonly content: string }[] }
const parrot = (answer = ({ messages }: Asked) => `you said ${messages.at(-1)?.content}`) =>
  fake(llm, {
    name: 'parrot',
    actions: { generateContent: (input) => ({ content: answer(input), stopReason: 'stop' as const }) },
  })

async function start(provider = parrot(), to = 'parrot', configuration: object = {}) {
  const channel = chat()
  const lines: unknown[] = []
  const bot = new BotImplementation(
    new BotDefinition({ defaults: { llm: to } })
      .addIntegration(channel)
      .addIntegration(scripted)
      .addIntegration(provider)
      .addPlugin(personality, { configuration: { style: 'like a pirate', ...configuration } }),
  )
  bot.on.message('*', async ({ message, client }) => {
    const { conversationId, type, payload } = message
    await client.createMessage({ conversationId, type, payload })
  })
  const running = await startBot(bot, { environment: {}, log: (line) => void lines.push(line) })
  const { say } = await talk(running)
  const asked = () => provider.calls.map(({ input }) => input)
  return Object.assign(running, { say, sent: channel.sent, asked, lines })
}

describe('the personality', () => {
  it('rewrites what goes out in its style, through whatever is bound', async () => {
    await using bot = await start(parrot(({ messages }) => `Arr, ${messages[0]?.content}`))
    await bot.say({ text: 'hello' })
    expect(bot.sent).toEqual(['Arr, hello'])
    expect(bot.asked()).toMatchObject([{ systemPrompt: expect.stringContaining('like a pirate') }])
    await bot.bindings.set('personality', 'llm', 'scripted')
    await bot.say({ text: 'hello' })
    expect(bot.sent).toHaveLength(2)
    expect(bot.asked()).toHaveLength(1)
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it.each([
    ['gives nothing', { content: '  ', stopReason: 'stop' as const }],
    ['is cut off', { content: 'Arr, hel', stopReason: 'length' as const }],
    ['is stopped by its filter', { content: 'Arr', stopReason: 'contentFilter' as const }],
  ])('sends a message as it is where the model %s, and warns', async (_, answer) => {
    await using bot = await start(fake(llm, { name: 'parrot', actions: { generateContent: () => answer } }))
    await bot.say({ text: 'hello' })
    expect(bot.sent).toEqual(['hello'])
    expect(bot.lines).toContainEqual(expect.objectContaining({ level: 'warn', plugin: 'personality' }))
  })

  it('sends a message as it is where the provider fails, and warns', async () => {
    const failing = parrot(() => {
      throw new PlugboardError({ code: 'vendor_unavailable', message: 'away' })
    })
    await using bot = await start(failing)
    await bot.say({ text: 'hello' })
    expect(bot.sent).toEqual(['hello'])
    expect(bot.lines).toContainEqual(expect.objectContaining({ level: 'warn', plugin: 'personality' }))
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('leaves alone what has no text', async () => {
    await using bot = await start()
    await bot.say({ imageUrl: 'https://example.com/a.png' }, 'image')
    expect(bot.asked()).toEqual([])
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('asks the model of its configuration, which must be one of the bound provider', async () => {
    await using bot = await start(parrot(), 'parrot', { model: { id: 'green' } })
    await bot.say({ text: 'hello' })
    expect(bot.asked()).toMatchObject([{ model: { id: 'green' } }])
    await expect(start(parrot(), 'scripted', { model: { id: 'green' } })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid' }],
    })
  })
})
