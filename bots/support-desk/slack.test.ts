import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createEmulator } from 'emulate'
import { startBot } from 'plugboard/runtime'
import { expect, it, onTestFinished, vi } from 'vitest'

const [botToken, admin, signingSecret] = ['xoxb-emulated', 'xoxp-admin', 'the-signing-secret']

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** An emulated workspace, with what people see and do in it. */
async function workspace() {
  const emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      slack: {
        users: [{ name: 'plug', real_name: 'Plug' }],
        channels: [{ name: 'support' }],
        tokens: [
          { token: botToken, user: 'plug', type: 'bot' },
          { token: admin, user: 'admin', type: 'user' },
        ],
      },
    },
  })
  onTestFinished(() => emulator.close())
  const ask = async <T>(method: string, parameters: Record<string, string>): Promise<T> => {
    const headers = { authorization: `Bearer ${admin}` }
    const body = new URLSearchParams(parameters)
    return (await (await fetch(`${emulator.url}/api/${method}`, { method: 'POST', headers, body })).json()) as T
  }
  const { channels } = await ask<{ channels: { id: string; name: string }[] }>('conversations.list', {})
  const channel = channels.find(({ name }) => name === 'support')?.id ?? ''
  type Messages = { messages: { ts: string; text: string; files?: { title: string }[] }[] }
  const root = async () => (await ask<Messages>('conversations.history', { channel })).messages.at(0)?.ts ?? ''
  const thread = async () => {
    const { messages } = await ask<Messages>('conversations.replies', { channel, ts: await root() })
    return messages.flatMap(({ text, files = [] }) => [text, ...files.map(({ title }) => `the file ${title}`)])
  }
  return { apiUrl: `${emulator.url}/api/`, channel, ask, root, thread }
}

it('hands over to a thread of Slack by a binding alone, once there is a token', async () => {
  const { apiUrl, channel, ask, root, thread } = await workspace()
  // What has channels is installed once its key is there, which the module looks for when it is loaded.
  vi.stubEnv('SLACK_BOT_TOKEN', botToken)
  const { default: bot } = await import('./bot.ts')
  const url = 'http://127.0.0.1:9'
  await using running = await startBot(bot, {
    log: () => {},
    url,
    environment: {
      SUPPORT_DESK_KEY: 'a key of some length',
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_SUPPORT_CHANNEL: channel,
      SLACK_API_URL: apiUrl,
      PLUGBOARD_BIND_HITL_HITL: 'slack',
    },
  })
  const client = running.clientOf('webchat')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' }, name: 'Ada' })
  const { conversation } = await client.getOrCreateConversation({ channel: 'channel', tags: { id: user.id } })
  const seen = async () => {
    const { items } = await running.history.messages(conversation.id)
    return items.toReversed().map(({ payload }) => (payload as { text: string }).text)
  }
  const say = async (text: string) => {
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
    await running.idle()
  }
  /** Writes in the thread, and tells the bot of it as Slack does. */
  const reply = async (text: string) => {
    const thread_ts = await root()
    const { ts } = await ask<{ ts: string }>('chat.postMessage', { channel, text, thread_ts })
    const event = { type: 'message', channel, channel_type: 'channel', user: 'U000000001', text, ts, thread_ts }
    const body = JSON.stringify({ type: 'event_callback', team_id: 'T000000001', event_id: `Ev${ts}`, event })
    const timestamp = `${Math.floor(Date.now() / 1000)}`
    const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
    const { status } = await running.receive('slack', {
      method: 'POST',
      path: '/webhook',
      query: '',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${digest}`,
      },
      body,
      rawBody: Buffer.from(body),
      signal: new AbortController().signal,
    })
    expect(status ?? 200).toBe(200)
    await running.idle()
  }

  await say('My lamp is broken')
  await say('/human')
  await say('Is somebody there?')
  // As the web chat keeps what a visitor sends, and gives it to nobody else.
  const id = randomUUID()
  const tags = { name: 'lamp.png', visitor: user.id, conversation: conversation.id }
  await client.uploadFile({ key: `webchat/${id}`, content: 'a picture', contentType: 'image/png', tags })
  await client.createMessage({
    conversationId: conversation.id,
    userId: user.id,
    type: 'image',
    payload: { imageUrl: `${url}/webchat/files/${id}`, title: 'My lamp' },
  })
  await running.idle()
  const told = (await thread()).join('\n')
  expect(told).toContain('Somebody needs help')
  expect(told).toContain('My lamp is broken')
  expect(told).toContain('Is somebody there?')
  expect(told.split('\n')).toContain('the file My lamp')
  await reply('Which lamp is it?')
  expect((await seen()).at(-1)).toMatch(/^.+: Which lamp is it\?$/)
  expect((await seen()).at(-2)).toMatch(/ is with you now\.$/)
  await reply('!stop')
  expect((await seen()).at(-1)).toBe('The conversation with our team has ended. I am here again.')
  await say('When are you open?')
  expect((await seen()).at(-1)).toBe('The shop is open from Monday to Saturday, from 9 to 18.')
  expect((await running.deadLetters()).items).toEqual([])
})
