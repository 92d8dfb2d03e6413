import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import memory from '@plugboard/memory'
import { BotDefinition, BotImplementation, PlugboardError, z } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'
import { sqliteStore, startBot, type StartOptions } from 'plugboard/runtime'
import { chat, talk } from 'plugboard/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { model, type Saying } from './model.fixture.ts'

const password = 'hunter2-and-more'
const order = {
  title: 'Order',
  description: 'Orders a pizza.',
  input: { schema: z.object({ topping: z.string(), size: z.number().int().default(30) }) },
  output: { schema: z.object({ text: z.string() }) },
}
type Order = (order: { topping: string; size: number }, signal: AbortSignal) => Promise<string> | string

interface Options extends StartOptions {
  readonly provider?: ReturnType<typeof model>
  readonly configuration?: object
  readonly onOrder?: Order
}

async function start({ provider = model(), configuration = {}, onOrder = () => 'ordered', ...options }: Options) {
  const channel = chat()
  const orders: object[] = []
  const plain = model(undefined, ['stream'])
  const definition = new BotDefinition({
    actions: { order },
    secrets: { SHOP_PASSWORD: {} },
    defaults: { llm: 'model' },
  })
    .addIntegration(channel)
    .addIntegration(memory, { configuration: { seed: [{ title: 'One' }] } })
    .addIntegration(provider)
    .addIntegration(plain, { alias: 'plain' })
    .addPlugin(assistant, {
      configuration,
      tools: ['memory:listItems', 'memory:createItem', { action: 'bot:order', name: 'order_pizza' }],
    })
  const bot = new BotImplementation(definition, {
    actions: {
      order: async ({ input, client, signal, ctx }) => {
        orders.push(input)
        // The model need not know which conversation it is.
        const conversationId = String(ctx.conversationId)
        await client.createMessage({ conversationId, type: 'text', payload: { text: `oven: ${input.topping}` } })
        return { text: `${await onOrder(input, signal)} with ${ctx.secrets.SHOP_PASSWORD}` }
      },
    },
  })
  const running = await startBot(bot, {
    environment: { PLUGBOARD_SECRET_BOT_SHOP_PASSWORD: password },
    log: () => {},
    retries: { attempts: 3, delay: 1 },
    ...options,
  })
  const { say, conversation, userId } = await talk(running, { throws: false })
  const titles = async () => (await running.actions.memory.listItems({})).items.map(({ title }) => title)
  return Object.assign(running, {
    say,
    conversation,
    userId,
    titles,
    orders,
    plain,
    sent: channel.sent,
    shown: channel.shown,
    asked: provider.asked,
  })
}

const pizza = (topping: unknown) => ({ name: 'order_pizza', input: { topping } as never })
const add = (title: string) => ({ name: 'memory_createItem', input: { draft: { title } } })
/** Calls first, and then tells what came of it. */
const calling =
  (...calls: readonly NonNullable<Saying['calls']>[number][]) =>
  ({ messages }: { messages: readonly { role: string; content: string }[] }): Saying => {
    const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content)
    return messages.at(-1)?.role === 'tool' ? { content: `done: ${results.join(' | ')}` } : { calls }
  }

describe('actions of the bot', () => {
  it('are offered as tools by the schemas of their inputs', async () => {
    await using bot = await start({})
    await bot.say('hello')
    expect(bot.asked()[0]?.tools).toMatchObject([
      { name: 'memory_listItems', inputSchema: { type: 'object', properties: { limit: {} } } },
      {
        name: 'memory_createItem',
        inputSchema: { type: 'object', required: ['draft'], properties: { draft: { required: ['title'] } } },
      },
      {
        name: 'order_pizza',
        description: 'Orders a pizza.',
        inputSchema: {
          type: 'object',
          required: ['topping'],
          properties: { topping: { type: 'string' }, size: { type: 'integer', default: 30 } },
        },
      },
    ])
  })

  it('are called, and what they give is told to the model, then and later', async () => {
    await using bot = await start({ provider: model(calling(add('Two'))) })
    await bot.say('add two')
    expect(await bot.titles()).toEqual(['One', 'Two'])
    expect(bot.sent).toEqual([expect.stringMatching(/^done: \{"item":\{"id":.*"title":"Two"/)])
    await bot.say('thanks')
    const history = bot.asked().at(-2)?.messages.slice(0, 4)
    expect(history).toEqual([
      { role: 'user', content: 'add two' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'call00001', ...add('Two') }] },
      {
        role: 'tool',
        toolCallId: 'call00001',
        toolName: 'memory_createItem',
        content: expect.stringContaining('"Two"'),
      },
      { role: 'assistant', content: bot.sent[0] },
    ])
  })

  it('are called beside one another where the model asks for several at once', async () => {
    const both = Promise.withResolvers<void>()
    let running = 0
    const onOrder: Order = async ({ topping }) => {
      running += 1
      if (running === 2) both.resolve()
      await both.promise
      return topping
    }
    await using bot = await start({ provider: model(calling(pizza('ham'), pizza('corn'))), onOrder })
    await bot.say('two, please')
    expect(bot.sent.at(-1)).toMatch(/^done: .*ham.* \| .*corn/)
  })

  it('give the model a result where they fail, which tells nothing of the inside of the bot', async () => {
    const provider = model(calling(pizza(7), pizza('glue'), { name: 'lay siege!', input: {} }))
    const onOrder: Order = () => {
      throw new Error('no route to 10.0.0.7')
    }
    await using bot = await start({ provider, onOrder })
    await bot.say('hello')
    const [invalid, failed, unknown] = bot.sent[0]?.replace('done: ', '').split(' | ') ?? []
    expect(invalid).toMatch(/^input_invalid: .*topping/)
    expect(failed).toBe('handler_failed: the action failed')
    expect(unknown).toBe('there is no such tool; there are memory_listItems, memory_createItem, order_pizza')
    const last = bot.asked().at(-1)?.messages ?? []
    expect(last.filter(({ role }) => role === 'tool')).toMatchObject([
      { isError: true },
      { isError: true },
      { isError: true, toolName: 'lay_siege_' },
    ])
    // What the action did before it failed is not done.
    expect(bot.sent).toHaveLength(1)
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('show the model neither secrets nor ids of the bot', async () => {
    await using bot = await start({ provider: model(calling(pizza('ham'))) })
    await bot.say('hello')
    const told = JSON.stringify(bot.asked())
    expect(told).toContain('ordered with •••')
    for (const hidden of [password, bot.conversation.id, bot.userId, bot.id]) expect(told).not.toContain(hidden)
  })

  it('are told in so many characters', async () => {
    const provider = model(calling(pizza('ham')))
    await using bot = await start({
      provider,
      onOrder: () => 'x'.repeat(500),
      configuration: { toolResultCharacters: 20 },
    })
    await bot.say('hello')
    expect(bot.sent.at(-1)).toMatch(/^done: \{"text":"x{11} … \(the first 20 of \d+ characters\)$/)
  })
})

describe('a model that calls tools', () => {
  it('may say something before, which is shown at once and is part of the answer', async () => {
    const provider = model((asked) => {
      const said = calling(pizza('ham'))(asked)
      return said.calls ? { ...said, content: 'Let me see. ' } : { content: 'It is there.' }
    })
    const shown: { list: readonly string[] } = { list: [] }
    const onOrder: Order = async () => {
      await vi.waitFor(() => expect(shown.list.at(-1)).toBe('Let me see. '))
      return 'ordered'
    }
    await using bot = await start({ provider, onOrder })
    shown.list = bot.shown
    await bot.say('a pizza')
    expect(bot.sent).toEqual(['oven: ham', 'Let me see. \n\nIt is there.'])
  })

  it('has to answer after so many rounds, and after so many calls gets no more', async () => {
    const provider = model(({ toolChoice, messages }) =>
      toolChoice === 'none' ? { content: String(messages.at(-1)?.content) } : { calls: [add('a'), add('b')] },
    )
    await using bot = await start({ provider, configuration: { toolRounds: 2, toolCalls: 3 } })
    await bot.say('hello')
    expect(bot.asked().map(({ toolChoice }) => toolChoice)).toEqual(['auto', 'auto', 'none'])
    expect(await bot.titles()).toHaveLength(4)
    expect(bot.sent).toEqual(['no more calls are made for this answer'])
  })

  it('fails where it will not answer', async () => {
    await using bot = await start({ provider: model(() => ({ calls: [add('a')] })), configuration: { toolRounds: 1 } })
    await bot.say('hello')
    expect((await bot.deadLetters()).items).toMatchObject([{ code: 'vendor_failed' }])
  })

  it('gives way to one that has no tools, which is told in words what was done', async () => {
    await using bot = await start({ provider: model(calling(add('Two'))) })
    await bot.say('add two')
    await bot.bindings.set('assistant', 'llm', 'plain')
    await bot.say('thanks')
    expect(bot.sent.at(-1)).toBe('you said thanks')
    const [asked] = bot.plain.asked()
    expect(asked?.systemPrompt).toMatch(/\n- memory_createItem \{"draft":\{"title":"Two"\}\}: \{"item":/)
    expect(asked?.messages).toEqual([
      { role: 'user', content: 'add two' },
      { role: 'assistant', content: bot.sent[0] },
      { role: 'user', content: 'thanks' },
    ])
    expect(asked).not.toHaveProperty('tools')
    await bot.bindings.set('assistant', 'llm', 'model')
    await bot.say('bye')
    expect(JSON.stringify(bot.asked().at(-1)?.messages)).toContain('call00001')
  })
})

describe('a binding that changes in the middle of an answer', () => {
  it('is followed by the next round, which is told what was done', async () => {
    const provider = model(calling(pizza('ham')))
    const change: { binding?: () => Promise<unknown> } = {}
    const onOrder: Order = async () => {
      await change.binding?.()
      return 'ordered'
    }
    await using bot = await start({ provider, onOrder })
    change.binding = () => bot.bindings.set('assistant', 'llm', 'plain')
    await bot.say('a pizza')
    expect(bot.asked()).toHaveLength(1)
    expect(bot.plain.asked()).toMatchObject([
      {
        systemPrompt: expect.stringContaining('- order_pizza {"topping":"ham"}: {"text":"ordered with •••"}'),
        messages: [{ role: 'user', content: 'a pizza' }],
      },
    ])
    expect(bot.sent).toEqual(['oven: ham', 'you said a pizza'])
  })
})

describe('what was done once', () => {
  it('is not done again where the model fails afterwards', async () => {
    let failures = 0
    const provider = model((asked) => {
      const said = calling(add('Two'), pizza('ham'))(asked)
      if (said.calls || failures === 2) return said
      failures += 1
      throw new PlugboardError({ code: 'vendor_unavailable', message: 'away', retryable: true })
    })
    await using bot = await start({ provider })
    await bot.say('add two')
    expect(await bot.titles()).toEqual(['One', 'Two'])
    expect(bot.asked()).toHaveLength(4)
    // What the bot's own action sends goes with what the handler does, which happens once.
    expect(bot.sent.filter((text) => text.startsWith('oven'))).toEqual(['oven: ham'])
    expect(bot.sent.filter((text) => text.startsWith('done'))).toHaveLength(1)
  })

  it('is not done again where the bot is stopped meanwhile and started anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assistant-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const place = join(folder, 'store.db')
    let rounds = 0
    const hanging = model((asked, _, signal) => {
      const said = calling(add('Two'))(asked)
      if (said.calls) return said
      rounds += 1
      return new Promise<never>((__, reject) => {
        signal.addEventListener('abort', () => reject(new Error('cut off')), { once: true })
      })
    })
    {
      await using store = await sqliteStore(place)
      await using bot = await start({ provider: hanging, store })
      void bot.say('add two').catch(() => {})
      await vi.waitFor(() => expect(rounds).toBe(1))
    }
    const provider = model(calling(add('Three')))
    await using store = await sqliteStore(place)
    await using bot = await start({ provider, store })
    await bot.idle()
    expect(await bot.titles()).toEqual(['One', 'Two'])
    expect(bot.sent).toEqual([expect.stringContaining('"Two"')])
    expect(bot.asked()).toHaveLength(1)
  })

  it('ends with the handler: an abort reaches the action, and is no result', async () => {
    const aborted = Promise.withResolvers<void>()
    const onOrder: Order = (_, signal) =>
      new Promise<never>((__, reject) => {
        signal.addEventListener('abort', () => {
          aborted.resolve()
          reject(new Error('cut off'))
        })
      })
    const provider = model(calling(pizza('ham')))
    await using bot = await start({ provider, onOrder, handlerTimeout: 200, retries: { attempts: 1 } })
    await bot.say('hello')
    await aborted.promise
    expect(bot.asked()).toHaveLength(1)
    expect((await bot.deadLetters()).items).toMatchObject([{ code: 'timeout' }])
  })
})
