import slack from '@plugboard/slack'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, startBot } from 'plugboard/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commanded, enveloped, fromAda, inChannel, pressed, signed, signingSecret } from './requests.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'
import { token, WebApi } from './web-api.fixture.ts'

let api: WebApi
let bot: SmallBot | undefined
beforeEach(async () => {
  api = await WebApi.start()
  bot = undefined
})
afterEach(async () => {
  await bot?.[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const start = async (options: Partial<Parameters<typeof smallBot>[0]> = {}): Promise<SmallBot> => {
  bot = await smallBot({ apiUrl: api.url, ...options })
  return bot
}
const echo = ({ payload }: { payload: Record<string, unknown> }) => [
  { type: 'text', payload: { text: `You said: ${String(payload['text'])}` } },
]

describe('a bot that Slack calls', () => {
  it('asks who it is, and answers what Slack asks of its address', async () => {
    const { post, running } = await start()
    expect(api.called('auth.test')).toHaveLength(1)
    expect(running.installations).toMatchObject([{ active: true, registration: { status: 'registered' } }])
    const challenge = { token: 'Jhj5dZrVaK7ZwHHjRyZWjbDl', challenge: '3eZbrw1aBm2rZgRNFdxV', type: 'url_verification' }
    for (const _ of [1, 2]) {
      const response = await post(JSON.stringify(challenge))
      expect([response.status, await response.text()]).toEqual([200, challenge.challenge])
    }
  })

  it('hears a direct message and answers it', async () => {
    const { tell, messages } = await start({ answer: echo })
    const event = fromAda({ text: 'hello' })
    expect(await tell(event)).toEqual([200])
    expect(messages).toEqual([
      {
        type: 'text',
        id: expect.any(String),
        conversationId: expect.any(String),
        payload: { text: 'hello' },
        tags: { id: event.ts },
        conversation: { channel: 'dm', id: 'D0ADA', channelId: 'D0ADA', person: 'U0ADA' },
        user: {
          name: 'Ada Lovelace',
          id: 'U0ADA',
          username: 'ada',
          email: 'ada@example.com',
          timezone: 'Europe/London',
        },
      },
    ])
    expect(api.called('chat.postMessage')).toEqual([{ channel: 'D0ADA', text: 'You said: hello' }])
  })

  it('takes a request once that is sent again', async () => {
    const { post, running, messages, events } = await start({ answer: echo })
    const bodies = [enveloped(fromAda({ text: 'once' })), commanded(), pressed(button)]
    for (const body of bodies) {
      const headers = signed(body)
      for (const _ of [1, 2])
        expect((await fetch(`${bot!.url}/slack/webhook`, { method: 'POST', headers, body })).status).toBe(200)
    }
    // What Slack sends again is signed anew.
    expect((await post(bodies[0]!)).status).toBe(200)
    await running.idle()
    expect(messages).toHaveLength(1)
    expect(events.map(({ type }) => type)).toEqual(['slack:commandReceived', 'slack:actionTaken'])
    expect(api.called('chat.postMessage')).toHaveLength(1)
  })

  it('takes a request once that comes twice at once', async () => {
    const { post, running, messages } = await start({ answer: echo })
    const body = enveloped(fromAda({ text: 'once' }))
    expect((await Promise.all([post(body), post(body)])).map(({ status }) => status)).toEqual([200, 200])
    await running.idle()
    expect(messages).toHaveLength(1)
    expect(api.called('chat.postMessage')).toHaveLength(1)
  })

  it('hears a mention once, although Slack tells it twice, in either order', async () => {
    const { tell, messages, events } = await start()
    const text = '<@U0BOT> what is <https://example.com/|this>?'
    const [first, second] = [inChannel({ text }), inChannel({ text })]
    await tell(first, { ...first, type: 'app_mention' }, { ...second, type: 'app_mention' }, second)
    expect(messages.map(({ payload }) => payload)).toEqual(
      Array.from({ length: 2 }, () => ({ text: 'what is this (https://example.com/)?' })),
    )
    expect(events).toEqual(
      [first, second].map(({ ts }) => ({
        type: 'slack:botMentioned',
        payload: { messageTs: ts, text: 'what is this (https://example.com/)?' },
        place: { conversation: 'C0GENERAL', user: 'U0ADA', knowsMessage: true },
      })),
    )
  })

  it.each([
    ['another secret', { secret: 'a'.repeat(32) }],
    ['one of six minutes ago', { age: 360 }],
    ['one of the future', { age: -360 }],
  ])('stores nothing of a request with the signature of %s', async (_, signing) => {
    const { post, running, messages, client } = await start()
    const event = fromAda({ text: 'forged' })
    expect((await post(enveloped(event), signing)).status).toBe(401)
    await running.idle()
    expect([messages, (await client.listConversations()).items]).toEqual([[], []])
    // A delivery that was refused is free: the true one comes in.
    expect((await post(enveloped(event))).status).toBe(200)
    await running.idle()
    expect(messages).toHaveLength(1)
  })

  it('stores nothing of a request without a signature, or of which a byte was changed', async () => {
    const { url, messages, running } = await start()
    const body = enveloped(fromAda({ text: 'true' }))
    const send = async (given: string, headers: Record<string, string>) =>
      (await fetch(`${url}/slack/webhook`, { method: 'POST', headers, body: given })).status
    const { 'x-slack-signature': signature = '', ...rest } = signed(body)
    expect(await send(body, {})).toBe(401)
    expect(await send(body, rest)).toBe(401)
    expect(await send(body, { 'x-slack-signature': signature })).toBe(401)
    expect(await send(body.replace('true', 'fals'), { ...rest, 'x-slack-signature': signature })).toBe(401)
    await running.idle()
    expect(messages).toEqual([])
  })

  it.each(['{"type":', '[]', '{}', '{"type":"event_callback"}', 'payload=%7B', 'payload=%7B%7D', 'command=', ''])(
    'refuses the body %j, which Slack does not send',
    async (body) => {
      const { post } = await start()
      const response = await post(body)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { code: 'request_invalid' } })
    },
  )

  it('refuses a body that is too large, before it is looked at', async () => {
    const { post, messages } = await start({ serve: { bodyLimit: 10_000 } })
    expect((await post(enveloped(fromAda({ text: 'x'.repeat(20_000) })))).status).toBe(413)
    expect(messages).toEqual([])
  })

  it('answers other paths and methods with what they are', async () => {
    const { url } = await start()
    const at = async (path: string) => (await fetch(`${url}/slack${path}`, { headers: signed('') })).status
    expect([await at('/webhook'), await at('/else'), await at('/files/a')]).toEqual([405, 404, 404])
  })
})

const button = {
  container: { type: 'message', message_ts: '1548261231.000200', channel_id: 'C0GENERAL', is_ephemeral: false },
  channel: { id: 'C0GENERAL', name: 'general' },
  actions: [{ type: 'button', action_id: 'own', block_id: 'b', value: 'x', action_ts: '1' }],
}

describe('the address that workspaces share', () => {
  it('leads to the installation of each, whatever comes, and answers what Slack asks of it', async () => {
    const other = await WebApi.start()
    const configuration = { botToken: token, signingSecret }
    const definition = new BotDefinition({ name: 'shared' })
      .addIntegration(slack, { alias: 'plugs', configuration: { ...configuration, apiUrl: api.url } })
      .addIntegration(slack, { alias: 'boards', configuration: { ...configuration, apiUrl: other.url } })
    other.instead('auth.test', (response) =>
      response.end(JSON.stringify({ ok: true, team_id: 'T0OTHER', user_id: 'U0OTHER', bot_id: 'B0OTHER' })),
    )
    const heard: string[] = []
    const implementation = new BotImplementation(definition)
    implementation.on.message('*', async ({ conversation }) => void heard.push(`message ${conversation.integration}`))
    implementation.on.event('*', async ({ event }) => void heard.push(`event ${event.type}`))
    const served: { bot?: ReturnType<Parameters<typeof serve>[0]> } = {}
    const server = await serve(() => served.bot, { port: 0 })
    const running = await startBot(implementation, { url: server.url, environment: {}, log: () => {} })
    served.bot = running
    try {
      const send = async (body: string) => {
        const address = `${server.url}/_integrations/slack/webhook`
        const response = await fetch(address, { method: 'POST', headers: signed(body), body })
        await running.idle()
        return [response.status, await response.text()]
      }
      expect(await send('{"type":"url_verification","challenge":"abc","token":"x"}')).toEqual([200, 'abc'])
      const ofOther = { team_id: 'T0WORK', authorizations: [{ team_id: 'T0OTHER', user_id: 'U0OTHER', is_bot: true }] }
      for (const body of [
        enveloped(fromAda()),
        enveloped(inChannel({ channel: 'C0GENERAL' }), ofOther),
        enveloped(inChannel({ channel: 'C0GENERAL' }), { team_id: 'T0OTHER', authorizations: undefined }),
        commanded(),
        commanded({ team_id: 'T0OTHER' }),
        pressed(button),
        pressed({ ...button, team: null, user: { id: 'U0ADA', team_id: 'T0OTHER' } }),
        pressed({ type: 'view_submission', view: { id: 'V0', app_installed_team_id: 'T0OTHER' } }),
      ])
        expect((await send(body))[0]).toBe(200)
      expect(heard).toEqual([
        'message plugs',
        'message boards',
        'message boards',
        'event plugs:commandReceived',
        'event boards:commandReceived',
        'event plugs:actionTaken',
        'event boards:actionTaken',
        'event boards:viewSubmitted',
      ])
      expect((await send(enveloped(fromAda(), { team_id: 'T0NONE', authorizations: [] })))[0]).toBe(404)
    } finally {
      await server.close()
      await running.stop()
      await other[Symbol.asyncDispose]()
    }
  })

  it('is there before there is a token, so that an app can be made with it', async () => {
    const { url } = await start({ configuration: { botToken: 'xoxb-1' } })
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 'x' })
    const response = await fetch(`${url}/_integrations/slack/webhook`, { method: 'POST', body })
    expect([response.status, await response.text()]).toEqual([200, 'abc'])
  })

  it('is of the first of two apps in one workspace, and the other one has its own', async () => {
    const definition = new BotDefinition({ name: 'twice' })
      .addIntegration(slack, { alias: 'one', configuration: { botToken: token, signingSecret, apiUrl: api.url } })
      .addIntegration(slack, { alias: 'two', configuration: { botToken: token, signingSecret, apiUrl: api.url } })
    const log: { level: string; message: string }[] = []
    const running = await startBot(new BotImplementation(definition), {
      environment: {},
      log: (line) => void log.push(line),
    })
    try {
      expect(running.installations.map(({ active }) => active)).toEqual([true, true])
      expect(log.filter(({ message }) => message.includes('T0WORK'))).toMatchObject([{ level: 'warn' }])
    } finally {
      await running.stop()
    }
  })
})
