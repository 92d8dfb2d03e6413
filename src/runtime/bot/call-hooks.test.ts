import { describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, z } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { speaker, speech, webhook } from './speech.fixture.ts'

const quiet = { log: () => {}, environment: {} }

/** A bot that says everything again with its voice, and what its hooks see; a test gives the hook. */
function saying(
  hook: (props: {
    data: { input: unknown }
    actions: { one: { say(input: object): Promise<{ text: string }>; listVoices(input: object): Promise<unknown> } }
    client: { createEvent(event: object): Promise<unknown>; step<T>(name: string, work: () => Promise<T>): Promise<T> }
    ctx: { idempotencyKey: string }
  }) => Promise<void>,
  handle: (attempt: number) => void = () => {},
) {
  const keys: string[] = []
  const one = speaker('one', {
    say: async ({ input, ctx }) => {
      keys.push(ctx.idempotencyKey)
      return { text: String(input['text']) }
    },
  })
  const rung: unknown[] = []
  const bot = new BotImplementation(
    new BotDefinition({ events: { rang: { schema: z.object({ what: z.string() }) } } }).addIntegration(one),
  )
  let attempts = 0
  bot.on.message('text', async ({ message, actions, client, conversation }) => {
    const { text } = await actions.one.say({ text: message.payload.text })
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
    attempts += 1
    handle(attempts)
  })
  bot.on.beforeOutgoingCallAction('*', hook)
  bot.on.event('rang', async ({ event }) => void rung.push(event.payload.what))
  return { bot, one, keys, rung }
}

describe('a hook of calls', () => {
  it('that calls an action itself is not run for that call', async () => {
    const calls: string[] = []
    const { bot, one } = saying(async ({ data, actions }) => {
      const { text } = data.input as { text: string }
      calls.push(text)
      calls.push((await actions.one.say({ text: `before ${text}` })).text)
    })
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    expect(calls).toEqual(['hi', 'before hi'])
    expect(one.sent).toEqual(['r: hi'])
    await running.actions.one.say({ text: 'outside' })
    expect(calls.slice(2)).toEqual(['outside', 'before outside'])
  })

  it('does with the handler what it does: once over all attempts, and not at all if the handler fails for good', async () => {
    let paid = 0
    const { bot, rung } = saying(
      async ({ client }) => {
        const receipt = await client.step('pay', async () => (paid += 1))
        await client.createEvent({ type: 'rang', payload: { what: `receipt ${receipt}` } })
      },
      (attempt) => {
        if (attempt !== 3) throw new Error('not yet')
      },
    )
    const clock = new VirtualClock()
    await using running = await startBot(bot, { ...quiet, clock, store: memoryStore(clock), retries: { attempts: 3 } })
    await running.receive('one', webhook({ text: 'hi' }))
    await clock.advance(10_000)
    await running.idle()
    expect(rung).toEqual(['receipt 1'])
    await running.receive('one', webhook({ text: 'never' }))
    await clock.advance(10_000)
    await running.idle()
    expect((await running.deadLetters()).items).toHaveLength(1)
    expect(rung).toEqual(['receipt 1'])
  })

  it('does at once what it does for a call from outside', async () => {
    const { bot, rung } = saying(
      async ({ client }) => void (await client.createEvent({ type: 'rang', payload: { what: 'outside' } })),
    )
    await using running = await startBot(bot, quiet)
    await running.actions.one.say({ text: 'hi' })
    await running.idle()
    expect(rung).toEqual(['outside'])
    for await (const _ of running.actions.one.sayWords({ text: 'a b' })) continue
    await running.idle()
    expect(rung).toEqual(['outside', 'outside'])
  })

  it('calls under keys that are its own for every call, and the same in every attempt', async () => {
    const { bot, keys } = saying(
      async ({ actions }) => void (await actions.one.say({ text: 'before' })),
      (attempt) => {
        if (attempt === 1) throw new Error('not yet')
      },
    )
    const clock = new VirtualClock()
    await using running = await startBot(bot, { ...quiet, clock, store: memoryStore(clock) })
    await running.receive('one', webhook({ text: 'hi' }))
    await clock.advance(10_000)
    await running.idle()
    expect(keys).toHaveLength(4)
    expect(keys.slice(2)).toEqual(keys.slice(0, 2))
    await running.receive('one', webhook({ text: 'again' }))
    await running.idle()
    expect(new Set(keys).size).toBe(4)
  })
})

it('a call from outside is cut off when the bot stops, also one that hangs and was given no signal', async () => {
  const one = speaker('one', { say: () => new Promise(() => {}), listVoices: () => new Promise(() => {}) })
  const running = await startBot(new BotDefinition({ interfaces: { speech } }).addIntegration(one), quiet)
  const calls = Promise.allSettled([running.interfaces.speech.say({ text: 'a' }), running.actions.one.listVoices({})])
  await running.stop()
  expect(await calls).toMatchObject([
    { status: 'rejected', reason: { code: 'not_running' } },
    { status: 'rejected', reason: { code: 'not_running' } },
  ])
})
