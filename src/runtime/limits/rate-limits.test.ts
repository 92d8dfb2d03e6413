import { describe, expect, it, vi } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  failover,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  messages,
  PlugboardError,
  PluginDefinition,
  PluginImplementation,
  type RateLimits,
  timeout,
  z,
} from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { newSchema, postgresUrl } from '../postgres/shared-postgres.fixture.ts'

const asks = new InterfaceDefinition({
  name: 'asks',
  version: '1.0.0',
  actions: {
    ask: {
      input: { schema: () => z.object({ text: z.string() }) },
      output: { schema: () => z.object({ by: z.string() }) },
      idempotent: true,
    },
  },
})

/** An integration whose sends and calls are functions of a test. */
function wire(
  rateLimits: RateLimits,
  { send = () => {}, call = () => {} }: { send?: (text: string, room: string) => void; call?: () => void } = {},
) {
  const definition = new IntegrationDefinition({
    name: 'wire',
    version: '1.0.0',
    rateLimits,
    configurations: { trial: { schema: z.object({}), rateLimits: { messages: [{ limit: 1, per: 1000 }] } } },
    channels: {
      line: {
        messages: { text: messages.defaults.text },
        conversation: { tags: { id: { identity: true } } },
        drafts: { every: 10 },
      },
    },
    user: { tags: { id: { identity: true } } },
  }).extend(asks)
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: {
        ask: async ({ ctx }) => {
          call()
          return { by: ctx.integrationAlias }
        },
      },
      channels: {
        line: {
          messages: { text: async ({ payload, conversation }) => send(payload.text, conversation.tags.id ?? '') },
          drafts: { text: async ({ payload, conversation }) => send(`(${payload.text})`, conversation.tags.id ?? '') },
        },
      },
    }),
  }))
}

type Wire = ReturnType<typeof wire>
type Client = { createMessage(message: object): Promise<unknown> }

/** A bot that sends the words that it is told, one message each. */
function wordByWord<T>(bot: T): T {
  const implementation = new BotImplementation(bot as never)
  implementation.on.message('text', async ({ message, client }) => {
    for (const text of message.payload.text.split(' '))
      await (client as Client).createMessage({
        conversationId: message.conversationId,
        type: 'text',
        payload: { text },
      })
  })
  return implementation as never
}

async function start(bot: unknown, options: StartOptions = {}) {
  const clock = (options.clock as VirtualClock | undefined) ?? new VirtualClock()
  const running = await startBot(bot as BotDefinition, { log: () => {}, environment: {}, clock, ...options })
  const say = async (text: string, room: string, alias = 'wire'): Promise<void> => {
    const client = running.clientOf(alias)
    const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
    const { conversation } = await client.getOrCreateConversation({ channel: 'line', tags: { id: room } })
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
  }
  return { running, clock, say, [Symbol.asyncDispose]: () => running.stop() }
}

/** Notes what is sent, and when. */
function notes() {
  const clock = new VirtualClock()
  const begun = clock.now()
  const sent: [at: number, room: string, text: string][] = []
  return {
    clock,
    sent,
    send: (text: string, room: string) => void sent.push([clock.now() - begun, room, text]),
    times: () => sent.map(([at]) => at),
    elapsed: () => clock.now() - begun,
  }
}

describe('messages of an integration with limits', () => {
  it('wait for a place, in the order in which they came, and none is lost', async () => {
    const { clock, sent, send, times } = notes()
    const bot = new BotDefinition().addIntegration(wire({ messages: [{ limit: 3, per: 1000 }] }, { send }))
    await using bots = await start(wordByWord(bot), { clock })
    const rooms = Array.from({ length: 9 }, (_, index) => `room ${index}`)
    for (const room of rooms) {
      await bots.say('hi', room)
      await clock.settle()
    }
    await clock.advance(10_000)
    await bots.running.idle()
    expect(sent.map(([, room]) => room)).toEqual(rooms)
    for (const [index, at] of times().entries())
      if (index >= 3) expect(at - (times()[index - 3] ?? 0)).toBeGreaterThanOrEqual(1000)
    expect(times().at(-1)).toBeLessThan(3000)
    expect((await bots.running.deadLetters()).items).toEqual([])
  })

  it('wait in their conversation alone where it has a limit of its own, and keep their order there', async () => {
    const { clock, sent, send } = notes()
    const limits: RateLimits = {
      messages: [
        { limit: 30, per: 1000 },
        { limit: 1, per: 1000, scope: 'conversation' },
      ],
    }
    await using bots = await start(wordByWord(new BotDefinition().addIntegration(wire(limits, { send }))), { clock })
    await bots.say('one two three', 'a')
    await clock.settle()
    await bots.say('four', 'b')
    await clock.advance(5000)
    await bots.running.idle()
    expect(sent).toEqual([
      [0, 'a', 'one'],
      [0, 'b', 'four'],
      [1000, 'a', 'two'],
      [2000, 'a', 'three'],
    ])
  })

  it('count by installation, or over all installations of the integration', async () => {
    for (const [scope, expected] of [
      ['installation', [0, 0]],
      ['integration', [0, 1000]],
    ] as const) {
      const { clock, send, times } = notes()
      const one = wire({ messages: [{ limit: 1, per: 1000, scope }] }, { send })
      const bot = new BotDefinition().addIntegration(one, { alias: 'x' }).addIntegration(one, { alias: 'y' })
      await using bots = await start(wordByWord(bot), { clock })
      await bots.say('hi', 'a', 'x')
      await bots.say('hi', 'a', 'y')
      await clock.advance(5000)
      await bots.running.idle()
      expect(times()).toEqual(expected)
    }
  })

  it('have lower limits by a configuration, and by the installation', async () => {
    const limits: RateLimits = { messages: [{ limit: 2, per: 1000 }] }
    const install: Record<string, (bot: BotDefinition, one: Wire) => unknown> = {
      'as declared': (bot, one) => bot.addIntegration(one),
      'by configuration': (bot, one) => bot.addIntegration(one, { configurationType: 'trial' }),
      'by installation': (bot, one) =>
        bot.addIntegration(one, { rateLimits: { messages: [{ limit: 1, per: 2000, scope: 'conversation' }] } }),
    }
    const seen: Record<string, number[]> = {}
    for (const [name, installed] of Object.entries(install)) {
      const { clock, send, times } = notes()
      await using bots = await start(wordByWord(installed(new BotDefinition(), wire(limits, { send }))), { clock })
      await bots.say('one two three', 'a')
      await clock.advance(10_000)
      await bots.running.idle()
      seen[name] = times()
    }
    expect(seen).toEqual({
      'as declared': [0, 0, 1000],
      'by configuration': [0, 1000, 2000],
      'by installation': [0, 2000, 4000],
    })
  })

  it('are given to no hook before they have a place', async () => {
    const { clock, sent, send, elapsed } = notes()
    const looked: number[] = []
    const watcher = new PluginDefinition({ name: 'watcher' })
    const plugin = watcher.implementedBy(async () => {
      const implementation = new PluginImplementation(watcher)
      implementation.on.beforeOutgoingMessage('*', async () => {
        looked.push(elapsed())
        return undefined
      })
      return { default: implementation }
    })
    const bot = new BotDefinition()
      .addIntegration(wire({ messages: [{ limit: 1, per: 1000 }] }, { send }))
      .addPlugin(plugin)
    await using bots = await start(wordByWord(bot), { clock })
    await bots.say('one two three', 'a')
    await clock.advance(5000)
    await bots.running.idle()
    expect(looked).toEqual([0, 1000, 2000])
    expect(sent).toHaveLength(3)
  })

  it('wait after a restart as well', async () => {
    const { clock, sent, send } = notes()
    const store = memoryStore(clock)
    const bot = () =>
      wordByWord(new BotDefinition().addIntegration(wire({ messages: [{ limit: 1, per: 60_000 }] }, { send })))
    {
      await using bots = await start(bot(), { clock, store })
      await bots.say('one two', 'a')
      await clock.advance(1000)
    }
    expect(sent).toEqual([[0, 'a', 'one']])
    await using bots = await start(bot(), { clock, store })
    await clock.advance(30_000)
    expect(sent).toHaveLength(1)
    await clock.advance(60_000)
    await bots.running.idle()
    expect(sent.map(([, , text]) => text)).toEqual(['one', 'two'])
  })

  it('share their limits with all processes on one PostgreSQL', async () => {
    const database = await postgresUrl()
    const name = newSchema().replaceAll('_', '-')
    const sent: string[] = []
    const bot = () =>
      wordByWord(
        new BotDefinition({ name }).addIntegration(
          wire({ messages: [{ limit: 3, per: 3_600_000 }] }, { send: (text, room) => void sent.push(room) }),
        ),
      )
    const options = { log: () => {}, environment: {}, database }
    await using one = await startBot(bot() as never as BotDefinition, options)
    await using other = await startBot(bot() as never as BotDefinition, options)
    const clients = [one.clientOf('wire'), other.clientOf('wire')]
    const { user } = await clients[0]!.getOrCreateUser({ tags: { id: 'ada' } })
    await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const client = clients[index % 2]!
        const { conversation } = await client.getOrCreateConversation({ channel: 'line', tags: { id: `${index}` } })
        const payload = { text: 'hi' }
        await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload })
      }),
    )
    const conversations = (await one.history.conversations()).items
    expect(conversations).toHaveLength(10)
    // Each of the ten has asked for a place once its message has a time to wait for.
    const { Client: Postgres } = await import('pg')
    const admin = new Postgres({ connectionString: database })
    await admin.connect()
    const schema = `plugboard_${name.replaceAll('-', '_')}`
    await vi.waitFor(async () => {
      const { rows } = await admin.query(`select state from "${schema}".outbox`)
      expect(rows).toEqual(Array.from({ length: 7 }, () => ({ state: 'promised' })))
    }, 20_000)
    await admin.end()
    expect(sent).toHaveLength(3)
  }, 60_000)

  it('come before drafts, which take what is left', async () => {
    const { clock, sent, send, elapsed } = notes()
    const bot = new BotDefinition().addIntegration(wire({ messages: [{ limit: 2, per: 1000 }] }, { send }))
    const implementation = new BotImplementation(bot)
    implementation.on.message('text', async ({ message, client }) => {
      const { conversationId } = message
      await client.createMessage({
        conversationId,
        type: 'text',
        stream: (async function* () {
          for (const part of ['a', 'b', 'c', 'd']) {
            yield part
            await clock.sleep(100, undefined)
          }
        })(),
      })
    })
    await using bots = await start(implementation, { clock })
    await bots.say('hi', 'a')
    await clock.advance(5000)
    await bots.running.idle()
    expect(sent.map(([, , text]) => text)).toEqual(['(a)', '(ab)', 'abcd'])
    expect(sent.at(-1)?.[0]).toBeGreaterThanOrEqual(1000)
    expect(elapsed()).toBeGreaterThan(0)
  })
})

describe('a platform that asks to wait', () => {
  const limited = (retryScope?: 'conversation' | 'installation') =>
    new PlugboardError({
      code: 'vendor_rate_limited',
      message: 'slow down',
      retryable: true,
      retryAfter: 60_000,
      ...(retryScope && { retryScope }),
    })

  it('is asked by no other conversation until then, and by all of them afterwards', async () => {
    const { clock, sent, send, elapsed } = notes()
    const tried: string[] = []
    const bot = new BotDefinition().addIntegration(
      wire(
        {},
        {
          send: (text, room) => {
            tried.push(room)
            if (elapsed() < 60_000) throw limited()
            send(text, room)
          },
        },
      ),
    )
    await using bots = await start(wordByWord(bot), { clock })
    await bots.say('hi', 'a')
    await clock.advance(1000)
    for (const room of ['b', 'c']) await bots.say('hi', room)
    await clock.advance(58_000)
    expect(tried).toEqual(['a'])
    await clock.advance(5000)
    await bots.running.idle()
    expect(sent.map(([, room]) => room)).toEqual(['a', 'b', 'c'])
    expect((await bots.running.deadLetters()).items).toEqual([])
  })

  it('is asked by others where it means one conversation', async () => {
    const { clock, sent, send, elapsed } = notes()
    const bot = new BotDefinition().addIntegration(
      wire(
        {},
        {
          send: (text, room) => {
            if (room === 'a' && elapsed() < 60_000) throw limited('conversation')
            send(text, room)
          },
        },
      ),
    )
    await using bots = await start(wordByWord(bot), { clock })
    await bots.say('hi', 'a')
    await clock.advance(1000)
    await bots.say('hi', 'b')
    await clock.advance(1000)
    expect(sent.map(([, room]) => room)).toEqual(['b'])
    await clock.advance(60_000)
    await bots.running.idle()
    expect(sent.map(([, room]) => room)).toEqual(['b', 'a'])
  })

  it('is sent nothing at all where an action was refused for the whole installation', async () => {
    const { clock, sent, send } = notes()
    const call = (): void => {
      throw limited('installation')
    }
    await using bots = await start(wordByWord(new BotDefinition().addIntegration(wire({}, { send, call }))), { clock })
    const { wire: actions } = bots.running.actions as never as { wire: { ask(input: object): Promise<unknown> } }
    await expect(actions.ask({ text: 'hi' })).rejects.toMatchObject({ code: 'vendor_rate_limited' })
    await bots.say('hi', 'a')
    await clock.advance(59_000)
    expect(sent).toEqual([])
    await clock.advance(2000)
    await bots.running.idle()
    expect(sent.map(([, room]) => room)).toEqual(['a'])
  })

  it('is left alone after a restart too', async () => {
    const clock = new VirtualClock()
    const store = memoryStore(clock)
    const tried: string[] = []
    const bot = () =>
      wordByWord(
        new BotDefinition().addIntegration(
          wire(
            {},
            {
              send: (_, room) => {
                tried.push(room)
                if (tried.length === 1) throw limited()
              },
            },
          ),
        ),
      )
    {
      await using bots = await start(bot(), { clock, store })
      await bots.say('hi', 'a')
      await clock.advance(1000)
    }
    await using bots = await start(bot(), { clock, store })
    await bots.say('hi', 'b')
    await clock.advance(50_000)
    expect(tried).toEqual(['a'])
    await clock.advance(20_000)
    await bots.running.idle()
    expect(tried.toSorted()).toEqual(['a', 'a', 'b'])
  })

  it('does not use up the tries of a message', async () => {
    const { clock, sent, send, elapsed } = notes()
    const bot = new BotDefinition().addIntegration(
      wire(
        {},
        {
          send: (text, room) => {
            if (elapsed() < 1_200_000) throw limited()
            send(text, room)
          },
        },
      ),
    )
    await using bots = await start(wordByWord(bot), { clock })
    await bots.say('hi', 'a')
    await clock.advance(1_300_000)
    await bots.running.idle()
    expect(sent).toEqual([[1_200_000, 'a', 'hi']])
  })
})

describe('calls of an action with limits', () => {
  const limits = (limit: number, per: number): RateLimits => ({ actions: { ask: [{ limit, per }] } })

  it('wait for a place', async () => {
    const { clock, elapsed } = notes()
    const times: number[] = []
    const one = wire(limits(2, 1000), { call: () => void times.push(elapsed()) })
    await using bots = await start(new BotDefinition().addIntegration(one), { clock })
    const { wire: actions } = bots.running.actions as never as { wire: { ask(input: object): Promise<unknown> } }
    const asked = Promise.all([1, 2, 3, 4].map(() => actions.ask({ text: 'hi' })))
    await clock.advance(5000)
    await asked
    expect(times).toEqual([0, 0, 1000, 1500])
  })

  it('fail as soon as it is known that there is no place in time, and take none from others', async () => {
    const { clock } = notes()
    const bot = new BotDefinition({ interfaces: { asks } }).addIntegration(wire(limits(1, 10_000)))
    await using bots = await start(bot, { clock })
    await bots.running.bindings.set('bot', 'asks', { to: ['wire'], policies: [timeout(2000)] })
    const { asks: bound } = bots.running.interfaces as never as { asks: { ask(input: object): Promise<unknown> } }
    await bound.ask({ text: 'hi' })
    for (let count = 0; count < 5; count += 1)
      await expect(bound.ask({ text: 'hi' })).rejects.toMatchObject({
        code: 'rate_limited',
        retryable: true,
        retryAfter: 10_000,
        where: { integration: 'wire', action: 'ask' },
      })
    await clock.advance(10_000)
    expect(await bound.ask({ text: 'hi' })).toEqual({ by: 'wire' })
  })

  it('do not wait where another integration can stand in', async () => {
    const { clock } = notes()
    const one = wire(limits(1, 1000))
    const bot = new BotDefinition({ interfaces: { asks }, defaults: { asks: 'y' } })
      .addIntegration(one, { alias: 'x' })
      .addIntegration(one, { alias: 'y' })
    await using bots = await start(bot, { clock })
    await bots.running.bindings.set('bot', 'asks', failover('x', 'y'))
    const { asks: bound } = bots.running.interfaces as never as { asks: { ask(input: object): Promise<unknown> } }
    expect(await bound.ask({ text: 'hi' })).toEqual({ by: 'x' })
    expect(await bound.ask({ text: 'hi' })).toEqual({ by: 'y' })
  })

  it('wait when the platform asks to, and those of others do not', async () => {
    const { clock, elapsed } = notes()
    const times: number[] = []
    const failing = (): void => {
      times.push(elapsed())
      if (times.length === 1)
        throw new PlugboardError({ code: 'vendor_rate_limited', message: 'no', retryable: true, retryAfter: 5000 })
    }
    const one = wire(limits(100, 1000), { call: failing })
    await using bots = await start(new BotDefinition().addIntegration(one), { clock })
    const { wire: actions } = bots.running.actions as never as { wire: { ask(input: object): Promise<unknown> } }
    await expect(actions.ask({ text: 'hi' })).rejects.toMatchObject({ code: 'vendor_rate_limited' })
    const asked = actions.ask({ text: 'hi' })
    await clock.advance(10_000)
    await asked
    expect(times[1]).toBeGreaterThanOrEqual(5000)
  })
})
