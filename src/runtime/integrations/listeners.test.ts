import { describe, expect, it, vi } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  messages,
  PlugboardError,
  z,
} from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const definition = new IntegrationDefinition({
  name: 'post',
  version: '1.0.0',
  channels: {
    letters: { messages: { text: messages.defaults.text }, conversation: { tags: { id: { identity: true } } } },
  },
  user: { tags: { id: { identity: true } } },
  states: { place: { type: 'integration', schema: z.object({ next: z.number() }) } },
})
type Handlers = NonNullable<
  Extract<ConstructorParameters<typeof IntegrationImplementation<(typeof definition)['$types']>>[1], object>
>
type Listen = NonNullable<Handlers['listen']>
type Props = Parameters<Listen>[0]

/** A bot that answers every letter of a post that is asked for them. */
function posted(listen: Listen, register?: Handlers['register']) {
  const post = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      listen,
      ...(register && { register }),
      channels: { letters: { messages: { text: async () => {} } } },
    }),
  }))
  const heard: string[] = []
  const bot = new BotImplementation(new BotDefinition().addIntegration(post))
  bot.on.message('text', async ({ message }) => void heard.push(message.payload.text))
  const clock = new VirtualClock()
  const store = memoryStore(clock)
  const lines: { level: string; message: string }[] = []
  const start = (more: StartOptions = {}) =>
    startBot(bot, { clock, store, environment: {}, log: (line) => void lines.push(line), ...more })
  return { start, heard, clock, store, lines }
}

/** Brings in a letter, under an id or without. */
const bring = (deliver: Props['deliver'], text: string, id: string | null = text) =>
  deliver(id ?? undefined, async ({ client }) => {
    const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
    const { conversation } = await client.getOrCreateConversation({ channel: 'letters', tags: { id: 'ada' } })
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
  })
const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })

describe('what listens to a platform', () => {
  it('brings in what it finds, each delivery once', async () => {
    const results: boolean[] = []
    const { start, heard } = posted(async ({ deliver, signal }) => {
      for (const text of ['a', 'b', 'a']) results.push(await bring(deliver, text))
      results.push(await bring(deliver, 'c', null), await bring(deliver, 'c'))
      await untilAborted(signal)
    })
    await using running = await start()
    await vi.waitFor(() => expect(results).toHaveLength(5))
    await running.idle()
    expect(results).toEqual([true, true, false, true, true])
    expect(heard).toEqual(['a', 'b', 'c', 'c'])
  })

  it('stores all of a delivery, or nothing', async () => {
    const { start, heard, clock } = posted(async ({ deliver, client, signal }) => {
      const { state } = await client.getState({ name: 'place' })
      const next = state?.payload.next ?? 0
      await deliver(`${next}`, async ({ client: own }) => {
        await own.setState({ name: 'place', payload: { next: next + 1 } })
        await bring(async (_, work) => (await work({ client: own }), true), `letter ${next}`)
        if (heard.length === 0 && clock.now() < 1_700_000_001_000) throw new Error('torn')
      })
      if (next > 0) await untilAborted(signal)
    })
    await using running = await start()
    await clock.settle()
    expect((await running.clientOf('post').getState({ name: 'place' })).state).toBeUndefined()
    await clock.advance(10_000)
    await running.idle()
    expect(heard).toEqual(['letter 0', 'letter 1'])
  })

  it('is begun again when it ends or fails, after longer and longer pauses, and when it was well for long, soon', async () => {
    const times: number[] = []
    const clockOf = { now: () => 0 }
    const { start, clock, lines } = posted(async ({ signal }) => {
      times.push(clockOf.now())
      if (times.length === 2)
        throw new PlugboardError({ code: 'vendor_rate_limited', message: 'slow', retryAfter: 50_000 })
      if (times.length === 4) await clock.sleep(100_000, signal)
      if (times.length > 5) await untilAborted(signal)
      throw new Error('gone')
    })
    clockOf.now = () => clock.now()
    await using _ = await start({ lease: 30_000_000 })
    await clock.advance(500_000)
    const pauses = times.slice(1).map((time, index) => (time - (times[index] as number)) / 1000)
    expect(pauses).toEqual([1, 50, 4, 100 + 1, 2])
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatchObject({ level: 'warn', message: expect.stringContaining('is begun again'), attempts: 1 })
  })

  it('is told to end when the bot stops, and holds up nothing if it does not', async () => {
    const ended: unknown[] = []
    const { start } = posted(async ({ signal }) => {
      await untilAborted(signal)
      ended.push(signal.reason)
      await new Promise(() => {})
    })
    const running = await start()
    await running.stop()
    expect(ended).toMatchObject([{ code: 'not_running' }])
  })

  it('can hand in nothing more when it is over', async () => {
    const late = Promise.withResolvers<unknown>()
    const { start } = posted(async ({ deliver, signal }) => {
      await untilAborted(signal)
      late.resolve(await bring(deliver, 'late').catch((error: unknown) => error))
    })
    const running = await start()
    await running.stop()
    expect(await late.promise).toMatchObject({ code: 'not_running' })
  })

  it('waits until its platform knows the bot', async () => {
    let bad = true
    let begun = 0
    const { start, clock } = posted(
      async ({ signal }) => {
        begun += 1
        await untilAborted(signal)
      },
      async () => {
        if (bad) throw new Error('away')
      },
    )
    await using running = await start({ lease: 3000 })
    await clock.advance(900)
    expect(begun).toBe(0)
    bad = false
    await running.register('post')
    await clock.advance(1000)
    expect(begun).toBe(1)
  })

  it('is left alone by a bot that leaves its platforms to another process', async () => {
    const listen = vi.fn(async () => {})
    const { start, clock } = posted(listen)
    await using _ = await start({ platforms: false })
    await clock.advance(60_000)
    expect(listen).not.toHaveBeenCalled()
  })
})

describe('of several processes', () => {
  it('one listens, and another one takes over when it stops', async () => {
    const log: string[] = []
    let count = 0
    const { start, clock } = posted(async ({ signal }) => {
      const name = `${(count += 1)}`
      log.push(`+${name}`)
      await untilAborted(signal)
      log.push(`-${name}`)
    })
    const [first, second] = [await start({ lease: 9000 }), await start({ lease: 9000 })]
    await clock.advance(30_000)
    expect(log).toEqual(['+1'])
    await first.stop()
    await clock.advance(3000)
    expect(log).toEqual(['+1', '-1', '+2'])
    await second.stop()
  })

  it('one that was taken for dead is told to end, and can hand in nothing', async () => {
    const reasons: unknown[] = []
    const { start, clock, store } = posted(async ({ signal, deliver }) => {
      await untilAborted(signal)
      reasons.push(signal.reason, await bring(deliver, 'late').catch((error: unknown) => error))
    })
    // Its word does not reach the store any more, while it can still read there.
    let heardOf = true
    const beat: typeof store.beat = async (worker, lease) => {
      if (heardOf) await store.beat(worker, lease)
    }
    await using _ = await start({ store: { ...store, beat }, lease: 9000 })
    await clock.settle()
    heardOf = false
    await clock.advance(9500)
    await store.beat('other', 60_000)
    expect(await store.claim('listen post', 'other')).toBeDefined()
    await clock.advance(3000)
    expect(reasons).toMatchObject([{ code: 'lease_lost' }, { code: 'lease_lost' }])
  })
})
