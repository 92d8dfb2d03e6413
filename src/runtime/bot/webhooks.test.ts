import { describe, expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, messages } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'

const request = (text: string, delivery: string) => ({
  method: 'POST',
  path: '/webhook',
  query: '',
  headers: { 'x-delivery': delivery },
  body: text,
  rawBody: new TextEncoder().encode(text),
  signal: new AbortController().signal,
})

/** A bot with one channel; `before` runs in the handler before it answers. */
async function startPost(before: (signal: AbortSignal) => Promise<void> = async () => {}, options: StartOptions = {}) {
  const definition = new IntegrationDefinition({
    name: 'post',
    version: '1.0.0',
    channels: {
      letters: { messages: { text: messages.defaults.text }, conversation: { tags: { id: { identity: true } } } },
    },
    user: { tags: { id: { identity: true } } },
  })
  const post = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      webhook: { deliveryId: (req) => req.headers['x-delivery'] },
      handler: async ({ req, client, signal }) => {
        const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
        const { conversation } = await client.getOrCreateConversation({ channel: 'letters', tags: { id: 'ada' } })
        await before(signal)
        if (req.body === 'illegible') return { status: 400, body: 'write it again' }
        await client.createMessage({
          conversationId: conversation.id,
          userId: user.id,
          type: 'text',
          payload: { text: req.body ?? '' },
        })
        return { status: 202 }
      },
      channels: { letters: { messages: { text: async () => {} } } },
    }),
  }))
  const running = await startBot(new BotDefinition().addIntegration(post), {
    log: () => {},
    environment: {},
    ...options,
  })
  return Object.assign(running, {
    received: async () => {
      const client = running.clientOf('post')
      const [conversation] = (await client.listConversations()).items
      return (await client.listMessages({ conversationId: conversation?.id ?? '' })).items.map(({ payload }) => payload)
    },
  })
}

describe('a delivery', () => {
  it('whose handler hangs is cut off, leaves nothing behind, and may come again', async () => {
    const clock = new VirtualClock()
    const signals: AbortSignal[] = []
    const hang = (signal: AbortSignal): Promise<void> =>
      signals.push(signal) === 1 ? new Promise(() => {}) : Promise.resolve()
    await using running = await startPost(hang, { clock, handlerTimeout: 5000 })
    const answer = running.receive('post', request('hello', '1'))
    await clock.advance(5000)
    expect(await answer).toMatchObject({ status: 503, body: expect.stringContaining('timeout') })
    expect(signals[0]?.reason).toMatchObject({ code: 'timeout' })
    expect(await running.received()).toEqual([])
    expect(await running.receive('post', request('hello', '1'))).toEqual({ status: 202 })
    expect(await running.received()).toEqual([{ text: 'hello' }])
  })

  it('that was refused may come again, put right', async () => {
    await using running = await startPost()
    expect(await running.receive('post', request('illegible', '1'))).toMatchObject({ status: 400 })
    expect(await running.receive('post', request('legible', '1'))).toEqual({ status: 202 })
    expect(await running.receive('post', request('legible', '1'))).toEqual({ status: 200 })
    expect(await running.received()).toEqual([{ text: 'legible' }])
  })

  it('that comes twice at once is stored once, and both are acknowledged', async () => {
    const both = Promise.withResolvers<void>()
    let arrived = 0
    await using running = await startPost(async () => {
      arrived += 1
      if (arrived === 2) both.resolve()
      await both.promise
    })
    const answers = await Promise.all([
      running.receive('post', request('once', '1')),
      running.receive('post', request('once', '1')),
    ])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 202]))
    expect(await running.received()).toEqual([{ text: 'once' }])
  })
})
