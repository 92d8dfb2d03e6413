import { describe, expect, it, vi } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  messages,
  PlugboardError,
  type z,
} from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const { text, choice } = messages.defaults
type Shown = {
  payload: { text: string }
  message: { id: string; tags: Readonly<Record<string, string | undefined>>; createdAt: string }
  conversation: { tags: { id?: string | undefined } }
  ack(given: { tags: Record<string, string> }): Promise<void>
  signal: AbortSignal
}
type Behaviour = {
  draft?: (props: Shown) => Promise<void>
  send?: (props: Shown) => Promise<void>
  every?: number
}

/** A channel that shows drafts, and what it was asked to: `~` for a draft, `=` for the message, `x` for one taken away. */
function wall({ draft, send, every }: Behaviour = {}) {
  const log: string[] = []
  const ids: string[] = []
  const definition = new IntegrationDefinition({
    name: 'wall',
    version: '1.0.0',
    channels: {
      chalk: {
        messages: { text, choice },
        message: { tags: { id: {} } },
        conversation: { tags: { id: { identity: true } } },
        drafts: every === undefined ? {} : { every },
      },
      ink: { messages: { text }, conversation: { tags: { id: { identity: true } } } },
    },
    user: { tags: { id: { identity: true } } },
  })
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: {
        chalk: {
          messages: {
            text: async (props) => {
              await send?.(props)
              ids.push(props.message.id)
              log.push(`= ${props.payload.text}${props.message.tags.id ? ` #${props.message.tags.id}` : ''}`)
            },
            choice: async ({ payload }) => void log.push(`= ${payload.text} ${payload.options.length}`),
          },
          drafts: {
            text: async (props) => {
              await draft?.(props)
              ids.push(props.message.id)
              log.push(`~ ${props.payload.text}${props.message.tags.id ? ` #${props.message.tags.id}` : ''}`)
            },
            choice: async ({ payload }) => void log.push(`~ ${payload.text} ${payload.options.length}`),
          },
          discardDraft: async ({ message }) => {
            ids.push(message.id)
            log.push(`x ${message.tags.id ?? ''}`)
          },
        },
        ink: { messages: { text: async ({ payload }) => void log.push(`= ${payload.text}`) } },
      },
    }),
  }))
  return Object.assign(installable, { log, ids })
}

/** A stream that is written to by hand. */
function pipe<T = string>() {
  const parts: (T | Error | undefined)[] = []
  let wake = (): void => {}
  const push = (part: T | Error | undefined): void => {
    parts.push(part)
    wake()
  }
  return {
    write: (part: T): void => push(part),
    end: (): void => push(undefined),
    fail: (error: Error): void => push(error),
    async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
      for (;;) {
        if (parts.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        const part = parts.shift()
        if (part === undefined) return
        if (part instanceof Error) throw part
        yield part
      }
    },
  }
}

type Client = {
  createMessage(message: object): Promise<{ message: { id: string; payload: unknown; tags: Record<string, string> } }>
}
type Handle = (client: Client, conversationId: string, attempt: number) => Promise<void>

/** A bot that answers by the handler of a test. */
async function start(
  handle: Handle,
  {
    on = () => {},
    channel = wall(),
    clock = new VirtualClock(),
    place = 'chalk',
    ...options
  }: StartOptions & {
    on?: (on: BotImplementation<object, object, never>['on']) => void
    channel?: ReturnType<typeof wall>
    clock?: VirtualClock
    place?: 'chalk' | 'ink'
  } = {},
) {
  const implementation = new BotImplementation(new BotDefinition().addIntegration(channel))
  let attempts = 0
  implementation.on.message('text', async ({ client, conversation }) => {
    attempts += 1
    await handle(client, conversation.id, attempts)
  })
  on(implementation.on as never)
  const store = options.store ?? memoryStore(clock)
  const lines: { message: string }[] = []
  const log = (line: { message: string }) => void lines.push(line)
  const running = await startBot(implementation, { clock, environment: {}, log, ...options, store })
  const client = running.clientOf('wall')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
  const { conversation } = await client.getOrCreateConversation({ channel: place, tags: { id: 'ada' } })
  return Object.assign(running, {
    clock,
    lines,
    log: channel.log,
    ids: channel.ids,
    ask: async (said = 'hello') => {
      const message = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: said } }
      await client.createMessage(message as never)
      await clock.settle()
    },
    stored: async () =>
      (await client.listMessages({ conversationId: conversation.id })).items
        .filter(({ direction }) => direction === 'outgoing')
        .map(({ id, type, payload, tags }) => ({ id, type, payload, tags })),
  })
}
/** A handler that sends what a pipe gives. */
const sending =
  (stream: AsyncIterable<unknown>, type = 'text'): Handle =>
  async (client, conversationId) =>
    void (await client.createMessage({ conversationId, type, stream }))

describe('a message that is made of a stream', () => {
  it('is shown as it grows, and sent and stored once at its end, all under one id', async () => {
    const words = pipe()
    await using bot = await start(sending(words))
    await bot.ask()
    for (const [word, whole] of [
      ['Good', '~ Good'],
      ['', undefined],
      [' morning', '~ Good morning'],
    ] as const) {
      words.write(word)
      await bot.clock.advance(1000)
      if (whole !== undefined) expect(bot.log.at(-1)).toBe(whole)
    }
    expect(await bot.stored()).toEqual([])
    words.write('!')
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['~ Good', '~ Good morning', '= Good morning!'])
    expect(new Set(bot.ids).size).toBe(1)
    expect(await bot.stored()).toEqual([{ id: bot.ids[0], type: 'text', payload: { text: 'Good morning!' }, tags: {} }])
  })

  it('is one message on a channel that shows no drafts', async () => {
    const words = pipe()
    await using bot = await start(sending(words), { place: 'ink' })
    await bot.ask()
    words.write('Good')
    await bot.clock.advance(1000)
    words.write(' morning')
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['= Good morning'])
  })

  it('is made of payloads as well, of which one that is not whole is not shown', async () => {
    const payloads = pipe<object>()
    await using bot = await start(sending(payloads, 'choice'))
    await bot.ask()
    const option = { label: 'Tea', value: 'tea' }
    for (const options of [[], [{ label: 'T' }], [option], [option, { label: 'Coffee', value: 'coffee' }]]) {
      payloads.write({ text: 'What?', options })
      await bot.clock.advance(1000)
    }
    payloads.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['~ What? 1', '~ What? 2', '= What? 2'])
  })

  it('is shown as the channel can carry it', async () => {
    const words = pipe()
    await using bot = await start(sending(words, 'markdown'))
    await bot.ask()
    words.write('**Good')
    await bot.clock.advance(1000)
    words.write('**')
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['~ **Good', '= **Good**'])
  })

  it.each([
    ['nothing', 'text', []],
    ['only empty text', 'text', ['', '']],
    ['a number', 'text', [1]],
    ['text where there is no text', 'choice', ['a']],
    ['a payload that is not whole', 'choice', [{ text: 'What?' }]],
  ])('cannot be made of %s', async (_, type, parts) => {
    const failures: unknown[] = []
    await using bot = await start(async (client, conversationId) => {
      const stream = (async function* () {
        yield* parts as unknown[]
      })()
      failures.push(await client.createMessage({ conversationId, type, stream }).catch((error: unknown) => error))
    })
    await bot.ask()
    await bot.idle()
    expect(failures).toMatchObject([{ code: 'payload_invalid' }])
    expect(bot.log).toEqual([])
  })
})

describe('drafts', () => {
  it('are as far apart as the channel wants, each the latest, and none comes late', async () => {
    const words = pipe()
    await using bot = await start(sending(words), { channel: wall({ every: 400 }) })
    await bot.ask()
    for (let count = 1; count <= 12; count += 1) {
      words.write(`${count} `)
      await bot.clock.advance(100)
    }
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['~ 1 ', '~ 1 2 3 4 5 ', '~ 1 2 3 4 5 6 7 8 9 ', '= 1 2 3 4 5 6 7 8 9 10 11 12 '])
  })

  it('are shown one after another, and the message itself after the last one', async () => {
    const words = pipe()
    const first = Promise.withResolvers<void>()
    let busy = 0
    const channel = wall({
      draft: async () => {
        busy += 1
        expect(busy).toBe(1)
        await first.promise
        busy -= 1
      },
      send: async () => expect(busy).toBe(0),
    })
    await using bot = await start(sending(words), { channel })
    await bot.ask()
    words.write('a')
    await bot.clock.advance(1000)
    words.write('b')
    words.write('c')
    words.end()
    await bot.clock.advance(1000)
    expect(bot.log).toEqual([])
    first.resolve()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['~ a', '= abc'])
  })

  it('tell the channel what it has acknowledged of them, and so does the message', async () => {
    const words = pipe()
    const channel = wall({
      draft: async ({ message, ack }) => {
        if (message.tags.id === undefined) await ack({ tags: { id: '7' } })
      },
    })
    await using bot = await start(sending(words), { channel })
    await bot.ask()
    for (const word of ['a', 'b']) {
      words.write(word)
      await bot.clock.advance(1000)
    }
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['~ a #7', '~ ab #7', '= ab #7'])
    expect(await bot.stored()).toMatchObject([{ tags: { id: '7' } }])
  })

  it('do not overtake what the handler has sent before', async () => {
    const words = pipe()
    await using bot = await start(async (client, conversationId) => {
      await client.createMessage({ conversationId, type: 'text', payload: { text: 'first' } })
      await client.createMessage({ conversationId, type: 'text', stream: words })
    })
    await bot.ask()
    words.write('a')
    await bot.clock.advance(1000)
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['= first', '= a'])
  })

  it('do not overtake what waits to be sent', async () => {
    const words = pipe()
    let away = true
    const channel = wall({
      send: async ({ payload }) => {
        if (away && payload.text === 'first')
          throw new PlugboardError({ code: 'vendor_unavailable', message: 'away', retryable: true })
      },
    })
    const first: Handle = async (client, conversationId) =>
      void (await client.createMessage({ conversationId, type: 'text', payload: { text: 'first' } }))
    await using bot = await start((...given) => (given[2] === 1 ? first(...given) : sending(words)(...given)), {
      channel,
    })
    await bot.ask()
    await bot.ask()
    words.write('a')
    await bot.clock.advance(500)
    expect(bot.log).toEqual([])
    away = false
    await bot.clock.advance(2000)
    expect(bot.log).toEqual(['= first', '~ a'])
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
  })

  it('that cannot be shown harm nothing, and after a few that is given up', async () => {
    const words = pipe()
    const draft = vi.fn(async () => {
      throw new PlugboardError({ code: 'vendor_rate_limited', message: 'slow', retryable: true, retryAfter: 5000 })
    })
    await using bot = await start(sending(words), { channel: wall({ draft }) })
    await bot.ask()
    words.write('a')
    await bot.clock.advance(4900)
    expect(draft).toHaveBeenCalledTimes(1)
    await bot.clock.advance(20_000)
    expect(draft).toHaveBeenCalledTimes(3)
    words.write('b')
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['= ab'])
    expect(draft).toHaveBeenCalledTimes(3)
  })

  it('that hang are cut off', async () => {
    const words = pipe()
    const channel = wall({ draft: () => new Promise(() => {}) })
    await using bot = await start(sending(words), { channel })
    await bot.ask()
    words.write('a')
    await bot.clock.advance(1000)
    words.end()
    await bot.clock.advance(8900)
    expect(bot.log).toEqual([])
    await bot.clock.advance(200)
    await bot.idle()
    expect(bot.log).toEqual(['= a'])
  })
})

describe('another attempt', () => {
  it('shows its message in the place of what the one before has shown, also in another process', async () => {
    const clock = new VirtualClock()
    const store = memoryStore(clock)
    const words = [pipe(), pipe(), pipe()]
    const channel = wall({
      draft: async ({ message, ack }) => {
        if (message.tags.id === undefined) await ack({ tags: { id: '7' } })
      },
    })
    let attempt = 0
    const handle: Handle = async (...given) => sending(words[(attempt += 1) - 1] ?? pipe())(...given)
    const first = await start(handle, { clock, store, channel })
    await first.ask()
    words[0]?.write('Good mor')
    await clock.advance(1000)
    words[0]?.fail(new Error('torn'))
    await clock.advance(1500)
    words[1]?.write('Go')
    await clock.advance(1000)
    await first.stop()
    await using second = await start(handle, { clock, store, channel })
    await clock.settle()
    words[2]?.write('Hel')
    await clock.advance(1000)
    words[2]?.write('lo')
    words[2]?.end()
    await clock.advance(1000)
    await second.idle()
    expect(channel.log).toEqual(['~ Good mor #7', '~ Go #7', '~ Hel #7', '= Hello #7'])
    expect(new Set(channel.ids).size).toBe(1)
    expect(await second.stored()).toMatchObject([{ payload: { text: 'Hello' } }])
  })
})

describe('a draft of which no message comes', () => {
  const failing = async (handle: Handle, options: Parameters<typeof start>[1] = {}) => {
    const bot = await start(handle, { retries: { attempts: 1 }, ...options })
    await bot.ask()
    return bot
  }

  it('is taken away when its handler fails for good', async () => {
    const words = pipe()
    await using bot = await failing(sending(words))
    words.write('a')
    await bot.clock.advance(1000)
    words.fail(new Error('torn'))
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['~ a', 'x '])
    expect(new Set(bot.ids).size).toBe(1)
    expect(await bot.stored()).toEqual([])
  })

  it('is taken away when its handler ends without it', async () => {
    const words = pipe()
    await using bot = await failing(async (client, conversationId) => {
      await sending(words)(client, conversationId, 1).catch(() => {})
      await client.createMessage({ conversationId, type: 'text', payload: { text: 'sorry' } })
    })
    words.write('a')
    await bot.clock.advance(1000)
    words.fail(new Error('torn'))
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log.toSorted()).toEqual(['= sorry', 'x ', '~ a'])
  })

  it('is taken away when a hook stops the message', async () => {
    const words = pipe()
    await using bot = await failing(sending(words), {
      on: (on) => on.beforeOutgoingMessage('*', async ({ draft }) => ({ stop: !draft }), { drafts: true }),
    })
    words.write('a')
    await bot.clock.advance(1000)
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual(['~ a', 'x '])
    expect(await bot.stored()).toEqual([])
  })

  it('is not taken away where nothing was shown', async () => {
    const words = pipe()
    await using bot = await failing(sending(words), { place: 'ink' })
    words.write('a')
    await bot.clock.advance(1000)
    words.fail(new Error('torn'))
    await bot.clock.advance(1000)
    await bot.idle()
    expect(bot.log).toEqual([])
  })
})

describe('a hook of outgoing messages', () => {
  const shout = (given: { data: { type: string; payload: Record<string, unknown> } }) => ({
    data: { ...given.data, payload: { text: String(given.data.payload['text']).toUpperCase() } },
  })
  const said = async (on: NonNullable<Parameters<typeof start>[1]>['on']) => {
    const words = pipe()
    const bot = await start(sending(words), { on })
    await bot.ask()
    for (const word of ['a', 'b']) {
      words.write(word)
      await bot.clock.advance(1000)
    }
    words.end()
    await bot.clock.advance(1000)
    await bot.idle()
    const listed = await bot.stored()
    await bot.stop()
    return { log: bot.log, listed }
  }

  it('lets nothing be shown before it has seen the whole', async () => {
    expect((await said((on) => on.beforeOutgoingMessage('text', async (given) => shout(given)))).log).toEqual(['= AB'])
  })

  it('of another type is none of it', async () => {
    const { log } = await said((on) => on.beforeOutgoingMessage('choice', async () => ({ stop: true })))
    expect(log).toEqual(['~ a', '~ ab', '= ab'])
  })

  it('that takes drafts changes each of them, and is told which is one', async () => {
    const seen: boolean[] = []
    const { log } = await said((on) =>
      on.beforeOutgoingMessage(
        '*',
        async (given) => {
          seen.push(given.draft)
          return shout(given)
        },
        { drafts: true },
      ),
    )
    expect(log).toEqual(['~ A', '~ AB', '= AB'])
    expect(seen).toEqual([true, true, false])
  })

  it('that takes drafts can keep one from being seen, and what it does beside is done once', async () => {
    const { log, listed } = await said((on) =>
      on.beforeOutgoingMessage(
        'text',
        async ({ draft, data, client, conversation }) => {
          if (data.payload['text'] === 'noted') return undefined
          const note = { conversationId: conversation.id, type: 'text', payload: { text: 'noted' } } as const
          await client.createMessage(note)
          return { stop: draft && data.payload['text'] === 'a' }
        },
        { drafts: true },
      ),
    )
    expect(log).toEqual(['~ ab', '= ab', '= noted'])
    expect(listed).toHaveLength(2)
  })
})

it('the parts of a message are typed by its type', () => {
  type Create = BotImplementation<object, object, never>['on'] extends { message: infer M } ? M : never
  const check = (on: BotImplementation<object, object, never>['on']): void => {
    on.message('text', async ({ client, conversation: { id: conversationId } }) => {
      const text = (async function* () {
        yield 'a'
      })()
      const payloads = (async function* (): AsyncGenerator<z.input<typeof choice.schema>> {
        yield { text: 'a', options: [{ label: 'b', value: 'c' }] }
      })()
      await client.createMessage({ conversationId, type: 'text', stream: text })
      await client.createMessage({ conversationId, type: 'choice', stream: payloads })
      // @ts-expect-error a choice is no text
      await client.createMessage({ conversationId, type: 'choice', stream: text })
    })
  }
  expect(check).toBeTypeOf('function')
  expect<Create | undefined>(undefined).toBeUndefined()
})
