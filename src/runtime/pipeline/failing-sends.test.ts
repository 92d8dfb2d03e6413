import { describe, expect, it } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  messages,
  PlugboardError,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'

const { text } = messages.defaults

/** What the platform has acknowledged of a message, and how it does. */
interface Wire {
  readonly tags: Readonly<Record<string, string>>
  ack(acknowledgement: { tags: { sent: string } }): Promise<void>
}

/** A bot that says again what it is told, over a channel whose sends are a function of a test. */
async function startWire(
  send: (text: string, key: string, wire: Wire) => void | Promise<void>,
  unknownOutcome: 'send-again' | 'put-aside' = 'send-again',
) {
  const definition = new IntegrationDefinition({
    name: 'wire',
    channels: {
      line: {
        messages: { text },
        message: { tags: { sent: {} } },
        conversation: { tags: { id: { identity: true } } },
        unknownOutcome,
      },
    },
    user: { tags: { id: { identity: true } } },
  })
  const wire = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: {
        line: {
          messages: {
            text: async ({ payload, ctx, message, ack }) =>
              send(payload.text, ctx.idempotencyKey, { tags: { ...message.tags }, ack }),
          },
        },
      },
    }),
  }))
  const bot = new BotImplementation(new BotDefinition().addIntegration(wire))
  bot.on.message('text', async ({ message, client }) => {
    await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: message.payload })
  })
  const clock = new VirtualClock()
  const start = clock.now()
  const running = await startBot(bot, { log: () => {}, environment: {}, clock })
  const client = running.clientOf('wire')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'line', tags: { id: 'ada' } })
  return {
    running,
    clock,
    elapsed: () => clock.now() - start,
    say: (said: string) =>
      client.createMessage({
        conversationId: conversation.id,
        userId: user.id,
        type: 'text',
        payload: { text: said },
      } as never),
    listMessages: () => client.listMessages({ conversationId: conversation.id }),
    deadLetters: async () => (await running.deadLetters()).items,
    [Symbol.asyncDispose]: () => running.stop(),
  }
}

it('tells the next attempt of what the platform has of a message', async () => {
  const tried: unknown[] = []
  await using wire = await startWire(async (_, __, { tags, ack }) => {
    tried.push(tags)
    await ack({ tags: { sent: `${tried.length}` } })
    if (tried.length < 3) throw new Error('the second part is lost')
  })
  await wire.say('hi')
  await wire.clock.advance(30_000)
  await wire.running.idle()
  expect(tried).toEqual([{}, { sent: '1' }, { sent: '2' }])
  const { items } = await wire.listMessages()
  expect(items.map(({ tags }) => tags)).toEqual([{}, { sent: '3' }])
})

describe('a send that fails without saying why', () => {
  it('is tried again after longer and longer waits, under one idempotency key', async () => {
    const tried: unknown[] = []
    const keys = new Set<string>()
    await using wire = await startWire((said, key) => {
      tried.push([said, wire.elapsed()])
      keys.add(key)
      if (tried.length < 4) throw new TypeError('fetch failed')
    })
    await wire.say('hi')
    await wire.clock.advance(30_000)
    await wire.running.idle()
    expect(tried).toEqual([0, 1000, 3000, 7000].map((at) => ['hi', at]))
    expect(keys.size).toBe(1)
    expect(await wire.deadLetters()).toEqual([])
  })

  it('goes to the dead letters after half a minute with its error, and holds up nothing after it', async () => {
    const tried: string[] = []
    await using wire = await startWire((said) => {
      tried.push(said)
      if (said === 'bad') throw new Error('no route')
    })
    await wire.say('bad')
    await wire.say('good')
    await wire.clock.advance(31_000)
    await wire.running.idle()
    expect(tried).toEqual([...Array.from({ length: 6 }, () => 'bad'), 'good'])
    expect(await wire.deadLetters()).toMatchObject([
      {
        code: 'vendor_failed',
        handler: 'channel',
        message: "channel 'line' of integration 'wire' failed: no route",
        item: { message: { payload: { text: 'bad' } } },
      },
    ])
  })

  it('is put aside at once where a message must not be sent twice', async () => {
    let tries = 0
    await using wire = await startWire(() => {
      tries += 1
      throw new Error('the connection broke')
    }, 'put-aside')
    await wire.say('hi')
    await wire.clock.advance(31_000)
    await wire.running.idle()
    expect(tries).toBe(1)
    expect(await wire.deadLetters()).toMatchObject([{ code: 'vendor_failed' }])
  })
})

it('is put aside where it hangs and must not be sent twice: the platform may have it', async () => {
  let tries = 0
  await using wire = await startWire(() => {
    tries += 1
    return new Promise(() => {})
  }, 'put-aside')
  await wire.say('hi')
  await wire.clock.advance(300_000)
  await wire.running.idle()
  expect(tries).toBe(1)
  expect(await wire.deadLetters()).toMatchObject([{ code: 'timeout' }])
})

it('puts a send aside at once that says that another try is of no use', async () => {
  let tries = 0
  await using wire = await startWire(() => {
    tries += 1
    throw new PlugboardError({ code: 'vendor_refused', message: 'the chat is closed' })
  })
  await wire.say('hi')
  await wire.clock.advance(31_000)
  await wire.running.idle()
  expect(tries).toBe(1)
  expect(await wire.deadLetters()).toMatchObject([{ code: 'vendor_refused', message: 'the chat is closed' }])
})
