import { describe, expect, it, vi } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  PlugboardError,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { systemClock } from '../memory/system-clock.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { gate, speaker, webhook } from '../bot/speech.fixture.ts'

const quiet = { log: () => {}, environment: {} }
/** What fails goes to the dead letters at once. */
const once = { ...quiet, retries: { attempts: 1 } }

type On = PluginImplementation<never>['on']
/** A plugin without needs, whose handlers are given by a test. */
function plugin<const TName extends string>(name: TName, listen: (on: On) => void) {
  const definition = new PluginDefinition({ name, events: { rang: { schema: z.object({ times: z.number() }) } } })
  return definition.implementedBy(async () => {
    const implementation = new PluginImplementation(definition)
    listen(implementation.on as never)
    return { default: implementation }
  })
}

const textOf = ({ message }: { message: { payload: unknown } }): string => (message.payload as { text: string }).text

/** An integration that sends by a function of a test. */
function wire(send: (text: string, signal: AbortSignal) => Promise<void>) {
  const definition = new IntegrationDefinition({
    name: 'wire',
    channels: {
      line: { messages: { text: { schema: z.object({ text: z.string() }) }, blob: { schema: z.looseObject({}) } } },
    },
  })
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      handler: async ({ client, req }) => {
        const { user } = await client.getOrCreateUser({ tags: { id: 'a' } })
        const { conversation } = await client.getOrCreateConversation({ channel: 'line', tags: { id: req.query } })
        const payload = JSON.parse(req.body ?? '{}')
        const type = typeof payload.text === 'string' ? 'text' : 'blob'
        await client.createMessage({ conversationId: conversation.id, userId: user.id, type, payload })
      },
      channels: {
        line: {
          messages: {
            text: async ({ payload, signal, ack }) => {
              await send(payload.text, signal)
              await ack({ tags: { id: 'sent' } })
            },
            blob: async () => {},
          },
        },
      },
    }),
  }))
}

/** The bot that answers every text with the same text. */
function echoing(bot: BotDefinition): BotImplementation<object, object, never> {
  const implementation = new BotImplementation(bot)
  implementation.on.message('text', async ({ message, client }) => {
    await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: message.payload })
  })
  return implementation as never
}

describe('messages of one conversation', () => {
  it('are handled one after another, in the order in which they came', async () => {
    const log: string[] = []
    const { opened, open } = gate()
    const slow = plugin('slow', (on) => {
      on.message('text', async (props) => {
        log.push(`begin ${textOf(props)}`)
        if (textOf(props) === '0') await opened
        log.push(`end ${textOf(props)}`)
      })
    })
    await using running = await startBot(new BotDefinition().addIntegration(speaker('one')).addPlugin(slow), quiet)
    for (const text of ['0', '1', '2']) await running.receive('one', webhook({ text }))
    await vi.waitFor(() => expect(log).toEqual(['begin 0']))
    open()
    await running.idle()
    expect(log).toEqual(['0', '1', '2'].flatMap((text) => [`begin ${text}`, `end ${text}`]))
  })

  it('do not wait for those of another conversation, nor does a failure there matter', async () => {
    const { opened, open } = gate()
    const one = speaker('one')
    const bot = new BotImplementation(new BotDefinition().addIntegration(one))
    bot.on.message('text', async ({ message, conversation, client }) => {
      if (message.payload.text === 'wait') await opened
      if (message.payload.text === 'fail') throw new Error('no')
      await client.createMessage({ conversationId: conversation.id, type: 'text', payload: message.payload })
    })
    await using running = await startBot(bot, once)
    await running.receive('one', webhook({ text: 'wait', room: 'a' }))
    await running.receive('one', webhook({ text: 'fail', room: 'b' }))
    await running.receive('one', webhook({ text: 'go', room: 'b' }))
    await running.receive('one', webhook({ text: 'go', room: 'c' }))
    await vi.waitFor(() => expect(one.sent.toSorted()).toEqual(['b: go', 'c: go']))
    open()
    await running.idle()
    expect(one.sent.at(-1)).toBe('a: wait')
    expect((await running.deadLetters()).items).toMatchObject([
      { code: 'handler_failed', message: 'no', handler: 'bot.0' },
    ])
  })
})

describe('a handler', () => {
  it('that fails leaves nothing behind, while what the others did is kept', async () => {
    const one = speaker('one')
    const rings: number[] = []
    const good = plugin('good', (on) => {
      on.message('text', async ({ client, conversation }) => {
        await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'kept' } })
      })
      on.event('bad:rang', async ({ event }) => void rings.push((event.payload as { times: number }).times))
    })
    const bad = plugin('bad', (on) => {
      on.message('text', async ({ client, conversation }) => {
        await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'lost' } })
        await client.createEvent({ type: 'rang', payload: { times: 1 } } as never)
        await client.updateConversation({ id: conversation.id, tags: { lost: 'yes' } })
        throw new PlugboardError({ code: 'vendor_failed', message: 'away' })
      })
    })
    const bot = new BotDefinition().addIntegration(one).addPlugin(bad).addPlugin(good)
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    expect(one.sent).toEqual(['r: kept'])
    expect(rings).toEqual([])
    expect((await running.clientOf('one').listConversations()).items[0]?.tags).toEqual({ room: 'r' })
    expect((await running.deadLetters()).items).toMatchObject([{ code: 'vendor_failed', handler: 'bad.0' }])
  })

  it('of a default type is not called for a message that does not fit it', async () => {
    const lines: string[] = []
    const heard: unknown[] = []
    const definition = new IntegrationDefinition({
      name: 'odd',
      channels: { line: { messages: { text: { schema: z.looseObject({}) } } } },
    })
    const odd = definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, {
        channels: { line: { messages: { text: async () => {} } } },
      }),
    }))
    const listener = plugin('listener', (on) => {
      on.message('text', async ({ message }) => void heard.push(['text', message.payload]))
      on.message('*', async ({ message }) => void heard.push(['*', message.payload]))
    })
    await using running = await startBot(new BotDefinition().addIntegration(odd).addPlugin(listener), {
      ...quiet,
      log: ({ message }) => void lines.push(message),
    })
    const client = running.clientOf('odd')
    const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
    const { conversation } = await client.getOrCreateConversation({ channel: 'line', tags: {} })
    const ids = { conversationId: conversation.id, userId: user.id, type: 'text' }
    await client.createMessage({ ...ids, payload: { text: 5 } })
    await client.createMessage({ ...ids, payload: { text: 'five', extra: true } })
    await running.idle()
    expect(heard).toEqual([
      ['*', { text: 5 }],
      ['text', { text: 'five', extra: true }],
      ['*', { text: 'five', extra: true }],
    ])
    expect(lines).toContainEqual(expect.stringContaining('does not fit'))
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('hears the events of other plugins by their alias, and its own by their name', async () => {
    const heard: unknown[] = []
    const bell = plugin('bell', (on) => {
      on.message('text', async ({ client, conversation }) => {
        await client.createEvent({ type: 'rang', payload: { times: 2 }, conversationId: conversation.id } as never)
      })
      on.event(
        'rang' as string,
        async ({ event, conversation }) => void heard.push(['bell', event.type, event.payload, conversation?.tags]),
      )
    })
    const ear = plugin('ear', (on) => {
      on.event('bell:rang', async ({ event }) => void heard.push(['ear', event.type, event.payload]))
      on.event('rang' as string, async () => void heard.push('not its own'))
    })
    const bot = new BotImplementation(new BotDefinition().addIntegration(speaker('one')).addPlugin(bell).addPlugin(ear))
    bot.on.event('bell:rang', async ({ event }) => void heard.push(['bot', event.payload]))
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'x' }))
    await running.idle()
    expect(heard).toEqual([
      ['bell', 'rang', { times: 2 }, { room: 'r' }],
      ['ear', 'bell:rang', { times: 2 }],
      ['bot', { times: 2 }],
    ])
  })
})

describe('hooks', () => {
  it('run plugin by plugin in the order of registration, each with what the one before made of the message', async () => {
    const one = speaker('one')
    const log: string[] = []
    const adding = <const TName extends string>(name: TName) =>
      plugin(name, (on) => {
        for (const place of ['1', '2'])
          on.beforeIncomingMessage('text', async ({ data, message }) => {
            expect(message.payload).toEqual(data.payload)
            return { data: { ...data, payload: { text: `${String(data.payload['text'])} ${name}${place}` } } }
          })
        on.afterIncomingMessage('text', async ({ data }) => void log.push(`after in ${String(data.payload['text'])}`))
        on.beforeOutgoingMessage('*', async ({ data }) => ({
          data: { ...data, payload: { text: `${String(data.payload['text'])} out-${name}` } },
        }))
        on.afterOutgoingMessage(
          'text',
          async ({ message }) => void log.push(`${name} sent ${String(message.payload['text'])}`),
        )
      })
    const bot = echoing(new BotDefinition().addIntegration(one).addPlugin(adding('a')).addPlugin(adding('b')))
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    expect(one.sent).toEqual(['r: hi a1 a2 b1 b2 out-a out-b'])
    expect(log).toEqual([
      'after in hi a1 a2 b1 b2',
      'after in hi a1 a2 b1 b2',
      'a sent hi a1 a2 b1 b2 out-a out-b',
      'b sent hi a1 a2 b1 b2 out-a out-b',
    ])
  })

  it('stop a message on its way in and on its way out, and nothing later sees it', async () => {
    const one = speaker('one')
    const later = vi.fn(async () => undefined)
    const guard = plugin('guard', (on) => {
      on.beforeIncomingMessage('text', async (props) => ({ stop: textOf(props) === 'in' }))
      on.beforeOutgoingMessage('text', async (props) => ({ stop: textOf(props) === 'out' }))
    })
    const watcher = plugin('watcher', (on) => {
      on.beforeIncomingMessage('*', later)
      on.afterIncomingMessage('*', later)
      on.beforeOutgoingMessage('*', later)
      on.afterOutgoingMessage('*', later)
    })
    const bot = echoing(new BotDefinition().addIntegration(one).addPlugin(guard).addPlugin(watcher))
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'in' }))
    await running.idle()
    expect(later).not.toHaveBeenCalled()
    await running.receive('one', webhook({ text: 'out' }))
    await running.idle()
    expect(later).toHaveBeenCalledTimes(2)
    expect(one.sent).toEqual([])
    const client = running.clientOf('one')
    const [conversation] = (await client.listConversations()).items
    const { items } = await client.listMessages({ conversationId: conversation?.id ?? '' })
    expect(items.map((message) => textOf({ message }))).toEqual(['in', 'out'])
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('change and stop events', async () => {
    const heard: unknown[] = []
    const guard = plugin('guard', (on) => {
      on.beforeIncomingEvent('one:hasSpoken', async ({ data }) => {
        const { voice } = data as { voice: { id: string; pitch: number } }
        return voice.pitch > 5 ? { stop: true } : { data: { voice: { ...voice, pitch: 0 } } }
      })
      on.event('one:hasSpoken', async ({ event }) => void heard.push(event.payload))
      on.afterIncomingEvent('one:hasSpoken', async ({ data }) => void heard.push(['after', data]))
    })
    await using running = await startBot(new BotDefinition().addIntegration(speaker('one')).addPlugin(guard), quiet)
    await running.receive('one', webhook({ event: { voice: { id: 'one-1', pitch: 9 } } }))
    await running.receive('one', webhook({ event: { voice: { id: 'one-2', pitch: 3 } } }))
    await running.idle()
    expect(heard).toEqual([{ voice: { id: 'one-2', pitch: 0 } }, ['after', { voice: { id: 'one-2', pitch: 0 } }]])
  })

  it('change the input and output of calls, and stop them', async () => {
    const guard = plugin('guard', (on) => {
      on.beforeOutgoingCallAction('say', async ({ data, call }) => {
        const input = data.input as { text: string }
        if (input.text === 'no') return { stop: true }
        return { data: { input: { ...input, text: `${input.text}@${call.integration}`, times: 1 } } }
      })
      on.afterOutgoingCallAction('one:say', async ({ data }) => ({
        data: { output: { text: `${(data.output as { text: string }).text}!` } },
      }))
      on.afterOutgoingCallAction('two:say', async () => ({ data: { output: { text: 7 } } }))
    })
    const bot = new BotDefinition().addIntegration(speaker('one')).addIntegration(speaker('two')).addPlugin(guard)
    await using running = await startBot(bot, quiet)
    expect(await running.actions.one.say({ text: 'hi' })).toEqual({ text: 'hi@one!' })
    await expect(running.actions.one.say({ text: 'no' })).rejects.toMatchObject({
      code: 'hook_stopped',
      message: expect.stringContaining("'guard' stopped"),
    })
    await expect(running.actions.two.say({ text: 'hi' })).rejects.toMatchObject({ code: 'output_invalid' })
  })

  it('that fail on the way in bury the message, and after it was sent take nothing back', async () => {
    const one = speaker('one')
    const failing = plugin('failing', (on) => {
      on.beforeIncomingMessage('text', async (props) => {
        if (textOf(props) === 'bad') throw new Error('before')
      })
      on.afterOutgoingMessage('text', async () => {
        throw new Error('after')
      })
    })
    await using running = await startBot(
      echoing(new BotDefinition().addIntegration(one).addPlugin(failing) as never),
      once,
    )
    await running.receive('one', webhook({ text: 'bad' }))
    await running.receive('one', webhook({ text: 'good' }))
    await running.idle()
    expect(one.sent).toEqual(['r: good'])
    expect((await running.deadLetters()).items).toMatchObject([
      { handler: 'hooks', message: 'before' },
      { handler: 'hooks', message: 'after' },
    ])
    const client = running.clientOf('one')
    const [conversation] = (await client.listConversations()).items
    const { items } = await client.listMessages({ conversationId: conversation?.id ?? '' })
    expect(items.map(({ direction }) => direction)).toEqual(['incoming', 'incoming', 'outgoing'])
  })
})

describe('what goes out', () => {
  it('becomes text where the channel carries nothing richer', async () => {
    const one = speaker('one')
    const bot = new BotImplementation(new BotDefinition().addIntegration(one))
    bot.on.message('text', async ({ conversation, client }) => {
      const card = { title: 'Tea', actions: [{ action: 'say' as const, label: 'Buy', value: 'buy' }] }
      await client.createMessage({ conversationId: conversation.id, type: 'card', payload: card })
      await client.createMessage({ conversationId: conversation.id, type: 'poster', payload: {} })
    })
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    expect(one.sent).toEqual([])
    expect((await running.deadLetters()).items).toMatchObject([{ code: 'message_type_unknown' }])
    const fine = new BotImplementation(new BotDefinition().addIntegration(one))
    fine.on.message('text', async ({ conversation, client }) => {
      await client.createMessage({
        conversationId: conversation.id,
        type: 'card',
        payload: { title: 'Tea', actions: [] },
      })
    })
    await using other = await startBot(fine, quiet)
    await other.receive('one', webhook({ text: 'hi' }))
    await other.idle()
    expect(one.sent).toEqual(['r: Tea'])
  })

  it('is tried again when the platform says that it may work, after the time that it asks for', async () => {
    const clock = new VirtualClock()
    const tried: number[] = []
    const send = async () => {
      tried.push(clock.now())
      if (tried.length < 3)
        throw new PlugboardError({ code: 'vendor_rate_limited', message: 'wait', retryable: true, retryAfter: 9000 })
    }
    const start = clock.now()
    await using running = await startBot(echoing(new BotDefinition().addIntegration(wire(send)) as never), {
      ...quiet,
      clock,
    })
    await running.receive('wire', { ...webhook({ text: 'hi' }), query: 'c' })
    await clock.advance(8999)
    expect(tried).toEqual([start])
    await clock.advance(20_000)
    await running.idle()
    expect(tried).toEqual([start, start + 9000, start + 18_000])
    const client = running.clientOf('wire')
    const [conversation] = (await client.listConversations()).items
    expect((await client.listMessages({ conversationId: conversation?.id ?? '' })).items).toMatchObject([
      { direction: 'incoming' },
      { direction: 'outgoing', tags: { id: 'sent' } },
    ])
  })

  it('is given up after six tries within half a minute, at once where another cannot help, and where the wait is too long', async () => {
    const clock = new VirtualClock()
    const failures: Record<string, PlugboardError> = {
      again: new PlugboardError({ code: 'vendor_unavailable', message: 'away', retryable: true }),
      never: new PlugboardError({ code: 'vendor_refused', message: 'no' }),
      late: new PlugboardError({
        code: 'vendor_rate_limited',
        message: 'late',
        retryable: true,
        retryAfter: 3_600_001,
      }),
    }
    const tried: string[] = []
    const times: number[] = []
    const start = clock.now()
    const send = async (text: string) => {
      tried.push(text)
      times.push(clock.now() - start)
      throw failures[text] as PlugboardError
    }
    await using running = await startBot(echoing(new BotDefinition().addIntegration(wire(send)) as never), {
      ...quiet,
      clock,
    })
    for (const text of ['again', 'never', 'late']) await running.receive('wire', { ...webhook({ text }), query: 'c' })
    await clock.advance(60_000)
    await running.idle()
    expect(tried).toEqual([...Array.from({ length: 6 }, () => 'again'), 'never', 'late'])
    expect(times.slice(0, 6)).toEqual([0, 1000, 3000, 7000, 15_000, 30_000])
    expect((await running.deadLetters()).items.map(({ code }) => code)).toEqual([
      'vendor_unavailable',
      'vendor_refused',
      'vendor_rate_limited',
    ])
  })
})

it('takes two deliveries of one id that come at once as one', async () => {
  const one = speaker('one')
  await using running = await startBot(echoing(new BotDefinition().addIntegration(one) as never), quiet)
  const responses = await Promise.all([1, 2, 3].map(() => running.receive('one', webhook({ text: 'hi' }, 'd1'))))
  await running.idle()
  expect(responses.map(({ status }) => status ?? 0).toSorted((a, b) => a - b)).toEqual([200, 200, 202])
  expect(one.sent).toEqual(['r: hi'])
  await running.receive('one', webhook({ text: 'hi' }, 'd2'))
  await running.idle()
  expect(one.sent).toEqual(['r: hi', 'r: hi'])
})

describe('a bot that stops', () => {
  it('ends at once while a handler and a channel hang, and buries nothing', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const never = new Promise<never>(() => {})
    const reached: string[] = []
    const send = async (): Promise<void> => {
      reached.push('channel')
      await never
    }
    const bot = new BotImplementation(new BotDefinition().addIntegration(wire(send)))
    bot.on.message('text', async ({ message, client, signal }) => {
      if (message.payload.text === 'hang') {
        reached.push('handler')
        signal.addEventListener('abort', () => void reached.push('told'))
        await never
      }
      await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: message.payload })
    })
    await using store = memoryStore(systemClock)
    const running = await startBot(bot, { ...quiet, store })
    await running.receive('wire', { ...webhook({ text: 'hang' }), query: 'a' })
    await running.receive('wire', { ...webhook({ text: 'send' }), query: 'b' })
    await vi.waitFor(() => expect(reached.toSorted()).toEqual(['channel', 'handler']))
    await Promise.all([running.stop(), running.stop()])
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    process.off('unhandledRejection', unhandled)
    expect(reached).toContain('told')
    expect(unhandled).not.toHaveBeenCalled()
    expect((await store.listDeadLetters({ limit: 1 })).items).toEqual([])
    expect(() => running.receive('wire', webhook({ text: 'late' }))).toThrow(
      expect.objectContaining({ code: 'not_running' }),
    )
    await running.idle()
  })

  it('leaves what it was at to the next one, which does it again', async () => {
    await using store = memoryStore(systemClock)
    const one = speaker('one')
    let stuck = true
    const bot = () => {
      const implementation = new BotImplementation(new BotDefinition().addIntegration(one))
      implementation.on.message('text', async ({ message, client }) => {
        await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: message.payload })
        if (stuck) await new Promise(() => {})
      })
      return implementation
    }
    const first = await startBot(bot(), { ...quiet, store })
    await first.receive('one', webhook({ text: 'hi' }))
    await first.stop()
    expect(one.sent).toEqual([])
    stuck = false
    await using second = await startBot(bot(), { ...quiet, store })
    await second.idle()
    expect(one.sent).toEqual(['r: hi'])
  })

  it('does not wait out a pause before the next try', async () => {
    const clock = new VirtualClock()
    const send = async () => {
      throw new PlugboardError({ code: 'vendor_unavailable', message: 'away', retryable: true, retryAfter: 20_000 })
    }
    const running = await startBot(echoing(new BotDefinition().addIntegration(wire(send)) as never), {
      ...quiet,
      clock,
    })
    await running.receive('wire', { ...webhook({ text: 'hi' }), query: 'c' })
    await vi.waitFor(() => expect(clock.sleeps).toContain(20_000))
    await running.stop()
    expect(clock.timers).toBe(0)
  })
})

describe('a handler that fails', () => {
  /** A bot whose first handler is given by a test, and whose second one answers. */
  async function start(first: (props: never, attempt: number) => Promise<void>, options = {}) {
    const clock = new VirtualClock()
    const one = speaker('one')
    let attempt = 0
    const bot = new BotImplementation(new BotDefinition().addIntegration(one))
    bot.on.message('text', (props) => first(props as never, (attempt += 1)))
    bot.on.message('text', async ({ message, client }) => {
      await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: message.payload })
    })
    const running = await startBot(bot, { ...quiet, clock, ...options })
    return Object.assign(running, { clock, one })
  }
  type Client = {
    client: {
      createMessage(message: object): Promise<unknown>
      step(name: string, work: () => Promise<unknown>): Promise<unknown>
    }
  }

  it('is tried again with longer and longer pauses, and nothing of what it did before counts', async () => {
    const times: number[] = []
    await using running = await start(async ({ message, client, ctx }: never, attempt) => {
      times.push(running.clock.now())
      const { conversationId } = message as { conversationId: string }
      await (client as Client['client']).createMessage({
        conversationId,
        type: 'text',
        payload: { text: `try ${attempt}` },
      })
      keys.add((ctx as { idempotencyKey: string }).idempotencyKey)
      if (attempt < 4) throw new Error('not yet')
    })
    const keys = new Set<string>()
    await running.receive('one', webhook({ text: 'hi' }))
    await running.clock.advance(30_000)
    await running.idle()
    expect(times.map((time) => time - times[0]!)).toEqual([0, 1000, 3000, 7000])
    expect(running.one.sent).toEqual(['r: try 4', 'r: hi'])
    expect(keys.size).toBe(1)
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('goes to the dead letters after half a minute, from where a command tries it alone again', async () => {
    let broken = true
    await using running = await start(async ({ message, client }: never) => {
      if (broken) throw new Error('broken')
      const { conversationId } = message as { conversationId: string }
      await (client as Client['client']).createMessage({ conversationId, type: 'text', payload: { text: 'late' } })
    })
    await running.receive('one', webhook({ text: 'hi' }))
    await running.clock.advance(31_000)
    await running.idle()
    expect(running.one.sent).toEqual(['r: hi'])
    const { items } = await running.deadLetters()
    expect(items).toMatchObject([{ handler: 'bot.0', code: 'handler_failed', message: 'broken' }])
    broken = false
    await running.retryDeadLetter(items[0]!.id)
    await running.idle()
    expect(running.one.sent).toEqual(['r: hi', 'r: late'])
    expect((await running.deadLetters()).items).toEqual([])
    await expect(running.retryDeadLetter(items[0]!.id)).rejects.toMatchObject({ code: 'dead_letter_unknown' })
  })

  it('is cut off when its time is up, and told so by its signal', async () => {
    const told: unknown[] = []
    await using running = await start(
      async ({ signal }: never, attempt) => {
        if (attempt > 1) return
        ;(signal as AbortSignal).addEventListener('abort', () => told.push((signal as AbortSignal).reason))
        await new Promise(() => {})
      },
      { handlerTimeout: 5000 },
    )
    await running.receive('one', webhook({ text: 'hi' }))
    await running.clock.advance(4999)
    expect(told).toEqual([])
    await running.clock.advance(1001)
    await running.idle()
    expect(told).toMatchObject([{ code: 'timeout' }])
    expect(running.one.sent).toEqual(['r: hi'])
  })

  it('does each step once, and gets its result again', async () => {
    let paid = 0
    const receipts: unknown[] = []
    await using running = await start(async ({ client }: never, attempt) => {
      const { step } = client as Client['client']
      receipts.push(await step('pay', async () => ({ receipt: (paid += 1) })))
      await step('tell', async () => undefined)
      if (attempt < 3) throw new Error('not yet')
    })
    await running.receive('one', webhook({ text: 'hi' }))
    await running.clock.advance(10_000)
    await running.idle()
    expect(paid).toBe(1)
    expect(receipts).toEqual([{ receipt: 1 }, { receipt: 1 }, { receipt: 1 }])
  })
})

it('is idle when everything that came in is handled and sent, also what that brought about', async () => {
  const one = speaker('one')
  const chain = plugin('chain', (on) => {
    on.message('text', async ({ client, conversation }) => {
      await client.createEvent({ type: 'rang', payload: { times: 3 }, conversationId: conversation.id } as never)
    })
    on.event('rang' as string, async ({ event, client, conversation }) => {
      const { times } = event.payload as { times: number }
      const conversationId = conversation?.id ?? ''
      if (times > 0) await client.createEvent({ type: 'rang', payload: { times: times - 1 }, conversationId } as never)
      else await client.createMessage({ conversationId, type: 'text', payload: { text: 'done' } })
    })
  })
  await using running = await startBot(new BotDefinition().addIntegration(one).addPlugin(chain), quiet)
  await running.idle()
  await running.receive('one', webhook({ text: 'hi' }))
  await running.idle()
  expect(one.sent).toEqual(['r: done'])
})
