import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commanded, enveloped, fromAda, pressed } from '../requests.fixture.ts'
import { type SmallBot, smallBot } from '../small-bot.fixture.ts'
import { WebApi } from '../web-api.fixture.ts'
import { appToken, type Connected, type SocketMode } from './socket-mode.fixture.ts'

let api: WebApi
let slack: SocketMode
let bot: SmallBot | undefined
beforeEach(async () => {
  api = await WebApi.start()
  slack = api.socketMode
  bot = undefined
})
afterEach(async () => {
  await bot?.[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const echo = ({ payload }: { payload: Record<string, unknown> }) => [
  { type: 'text', payload: { text: `You said: ${String(payload['text'])}` } },
]
const start = async (options: Partial<Parameters<typeof smallBot>[0]> = {}): Promise<SmallBot> => {
  bot = await smallBot({ apiUrl: api.url, socket: true, answer: echo, ...options })
  return bot
}
/** Whoever is connected when so many have connected. */
const connected = async (count = 1): Promise<Connected> => {
  await expect.poll(() => slack.connections.length, { timeout: 10_000 }).toBe(count)
  return slack.connections[count - 1]!
}
const event = (given: object): unknown => JSON.parse(enveloped(given))
const texts = (): unknown[] => bot?.messages.map(({ payload }) => payload['text']) ?? []
const errors = (): unknown[] => bot?.log.filter(({ level }) => level === 'error').map(({ message }) => message) ?? []

describe('a bot that opens a connection', () => {
  it('hears, answers, and acknowledges what it has stored', async () => {
    const { running, events } = await start()
    const client = await connected()
    const asked = Promise.withResolvers<() => void>()
    api.instead('users.info', (response) => asked.resolve(() => response.end('{"ok":false,"error":"user_not_found"}')))
    const message = slack.send(client, 'events_api', event(fromAda({ text: 'hello' })))
    const answer = await asked.promise
    expect(client.acknowledged).toEqual([])
    answer()
    await expect.poll(() => client.acknowledged).toEqual([message])
    const form = new URLSearchParams(commanded())
    const command = slack.send(client, 'slash_commands', Object.fromEntries(form))
    const press = slack.send(client, 'interactive', JSON.parse(new URLSearchParams(pressed(button)).get('payload')!))
    const other = slack.send(client, 'options', {})
    await expect.poll(() => client.acknowledged).toEqual([message, command, press, other])
    await running.idle()
    expect(texts()).toEqual(['hello'])
    expect(api.called('chat.postMessage')).toEqual([{ channel: 'D0ADA', text: 'You said: hello' }])
    expect(events.map(({ type }) => type)).toEqual(['slack:commandReceived', 'slack:actionTaken'])
  })

  it('takes an event once that Slack sends again, and each of two presses of one button', async () => {
    const { running, events } = await start()
    const client = await connected()
    const told = event(fromAda({ text: 'once' }))
    const press = JSON.parse(new URLSearchParams(pressed(button)).get('payload')!)
    for (const _ of [1, 2]) {
      slack.send(client, 'events_api', told)
      slack.send(client, 'interactive', press)
    }
    await expect.poll(() => client.acknowledged.length).toBe(4)
    await running.idle()
    expect(texts()).toEqual(['once'])
    expect(events).toHaveLength(2)
  })

  it('acknowledges nothing that could not be taken now, and takes it when it comes again', async () => {
    await start()
    const client = await connected()
    const item = { type: 'message', channel: 'C0GENERAL', ts: '1780000000.000100' }
    const reaction = event({ type: 'reaction_added', user: 'U0BOB', reaction: '+1', item })
    // It says nothing, which holds up nobody for long.
    api.instead('chat.getPermalink', () => {})
    slack.send(client, 'events_api', reaction)
    const next = slack.send(client, 'events_api', event(fromAda({ text: 'next' })))
    await expect.poll(() => client.acknowledged, { timeout: 10_000 }).toEqual([next])
    expect(errors()).toEqual(['something of Slack cannot be taken and is to come again'])
    const again = slack.send(client, 'events_api', reaction)
    await expect.poll(() => client.acknowledged).toEqual([next, again])
  })

  it('leaves aside what can never be taken, and goes on', async () => {
    await start()
    const client = await connected()
    const odd = slack.send(client, 'events_api', event({ type: 'channel_created' }))
    const next = slack.send(client, 'events_api', event(fromAda({ text: 'next' })))
    await expect.poll(() => client.acknowledged).toEqual([odd, next])
    expect(errors()).toEqual(['something of Slack cannot be taken and is left aside'])
  })

  it('believes nothing that comes to its addresses, and gives out files all the same', async () => {
    const { post, messages } = await start()
    expect((await post(enveloped(fromAda()))).status).toBe(401)
    expect((await post(enveloped(fromAda()), { path: '/_integrations/slack/webhook' })).status).toBe(404)
    api.workspace.files.set('F0A', { name: 'F0A.x', mimetype: 'image/png', content: 'a picture' })
    const files = [{ id: 'F0A', name: 'F0A.x', mimetype: 'image/png' }]
    slack.send(await connected(), 'events_api', event(fromAda({ subtype: 'file_share', files })))
    await expect.poll(() => messages.length).toBe(1)
    expect(await (await fetch(String(messages[0]?.payload['imageUrl']))).text()).toBe('a picture')
  })
})

describe('a connection', () => {
  it.each(['warning', 'refresh_requested'])(
    'that Slack asks to renew (%s) is replaced before it ends, and what comes over either is taken',
    async (reason) => {
      await start()
      const first = await connected()
      slack.disconnect(first, reason)
      const second = await connected(2)
      const one = slack.send(first, 'events_api', event(fromAda({ text: 'one' })))
      await expect.poll(() => first.acknowledged).toEqual([one])
      await slack.close(first)
      const two = slack.send(second, 'events_api', event(fromAda({ text: 'two' })))
      await expect.poll(() => second.acknowledged).toEqual([two])
      await bot?.running.idle()
      expect(texts()).toEqual(['one', 'two'])
      expect(slack.connections).toHaveLength(2)
    },
  )

  it.each<[string, (client: Connected) => unknown]>([
    ['that breaks', ({ socket }) => socket.terminate()],
    ['that Slack closes', (client) => slack.close(client)],
    ['on which no JSON comes', ({ socket }) => socket.send('{"type":')],
  ])('%s is opened again, and what was not acknowledged is taken once', async (_, end) => {
    await start()
    const told = event(fromAda({ text: 'once' }))
    const first = await connected()
    const asked = Promise.withResolvers<void>()
    api.instead('users.info', () => asked.resolve())
    slack.send(first, 'events_api', told)
    await asked.promise
    await end(first)
    const second = await connected(2)
    expect(first.acknowledged).toEqual([])
    const again = slack.send(second, 'events_api', told)
    await expect.poll(() => second.acknowledged).toEqual([again])
    await bot?.running.idle()
    expect(texts()).toEqual(['once'])
  })

  it.each<[string, Partial<SocketMode>]>([
    ['nobody greets', { greets: false }],
    ['nobody is any more', { answersPings: false }],
  ])('on which %s is given up', async (_, silent) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      Object.assign(slack, silent)
      await start()
      const { socket } = await connected()
      Object.assign(slack, { greets: true, answersPings: true })
      const closed = once(socket, 'close')
      await vi.advanceTimersByTimeAsync(20_000)
      expect((await closed)[0]).toBe(1006)
    } finally {
      vi.useRealTimers()
    }
    await connected(2)
  })

  it('is kept as long as Slack answers', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await start()
      const { socket } = await connected()
      for (const _ of [1, 2, 3]) {
        const asked = once(socket, 'ping')
        await vi.advanceTimersByTimeAsync(10_000)
        await asked
        slack.send({ socket, acknowledged: [] }, 'options', {})
        await expect.poll(() => slack.connections[0]?.acknowledged.length).toBeGreaterThanOrEqual(_)
      }
      expect(slack.connections).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('for which Slack has no room is opened later', async () => {
    slack.greets = false
    const { log } = await start()
    const first = await connected()
    slack.greets = true
    slack.disconnect(first, 'too_many_websockets')
    await connected(2)
    expect(JSON.stringify(log)).toContain('too_many_websockets')
  })

  it('of which Slack wants none any more waits for somebody to mend it', async () => {
    const { log } = await start()
    slack.disconnect(await connected(), 'link_disabled')
    await expect.poll(() => JSON.stringify(log)).toContain('Enable Socket Mode')
    expect(log.at(-1)).toMatchObject({ wait: 600_000 })
  })

  it('needs the token of the app, of which nothing is told', async () => {
    const wrong = 'xapp-1-wrong'
    const { log, written } = await start({ configuration: { appToken: wrong } })
    await expect.poll(() => JSON.stringify(log)).toContain('App-Level Tokens')
    expect(slack.connections).toEqual([])
    expect(await written()).not.toContain(wrong)
    await expect(start({ configuration: { appToken: 'xoxb-1' } })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', path: 'slack.configuration.appToken' }],
    })
  })

  it('ends with the bot', async () => {
    const started = await start()
    const { socket } = await connected()
    expect(await started.written()).not.toContain(appToken)
    const closed = once(socket, 'close')
    await started[Symbol.asyncDispose]()
    bot = undefined
    expect((await closed)[0]).toBe(1000)
  })
})

const button = {
  container: { type: 'message', message_ts: '1548261231.000200', channel_id: 'C0GENERAL', is_ephemeral: false },
  channel: { id: 'C0GENERAL', name: 'general' },
  actions: [{ type: 'button', action_id: 'own', block_id: 'b', value: 'x', action_ts: '1' }],
}
