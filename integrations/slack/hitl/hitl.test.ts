import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import slack from '@plugboard/slack'
import { BotDefinition, BotImplementation, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { serve, startBot } from 'plugboard/runtime'
import { enveloped, inChannel, pressed, signed, signingSecret } from '../requests.fixture.ts'
import { token, WebApi } from '../web-api.fixture.ts'

let api: WebApi
let bot: Awaited<ReturnType<typeof desk>>
beforeEach(async () => {
  api = await WebApi.start()
  bot = await desk()
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const writer = new PluginDefinition({
  name: 'writer',
  actions: {
    write: {
      input: {
        schema: z.object({ conversationId: z.string(), type: z.string(), payload: z.record(z.string(), z.json()) }),
      },
      output: { schema: z.object({}) },
    },
  },
})
const writing = writer.implementedBy(async () => ({
  default: new PluginImplementation(writer, {
    actions: {
      write: async ({ input, client }) => {
        await client.createMessage(input)
        return {}
      },
    },
  }),
}))

/** A bot that hands over, and writes whatever it is told to. */
async function desk({ supportChannel }: { supportChannel?: string } = { supportChannel: 'C0SUPPORT' }) {
  const definition = new BotDefinition({ name: 'desk' })
    .addIntegration(slack, { configuration: { botToken: token, signingSecret, apiUrl: api.url, supportChannel } })
    .addPlugin(writing)
  const implementation = new BotImplementation(definition)
  const heard: object[] = []
  implementation.on.message('*', async ({ message, conversation, user }) => {
    heard.push({ [message.type]: message.payload, in: conversation.channel, by: user.name })
  })
  implementation.on.event(
    '*',
    async ({ event }) => void heard.push({ event: event.type, ...(event.payload as object) }),
  )
  const served: { bot?: ReturnType<Parameters<typeof serve>[0]> } = {}
  const server = await serve(() => served.bot, { port: 0 })
  const running = await startBot(implementation, {
    url: server.url,
    environment: {},
    log: () => {},
    retries: { delay: 5 },
  })
  served.bot = running
  const actions = running.actions as unknown as Record<string, Record<string, (input: object) => Promise<never>>>
  const post = async (body: string): Promise<void> => {
    const response = await fetch(`${server.url}/slack/webhook`, { method: 'POST', headers: signed(body), body })
    expect(response.status).toBe(200)
    await running.idle()
  }
  return {
    heard,
    running,
    act: (name: string, input: object) => actions['slack']![name]!(input),
    say: async (conversationId: string, type: string, payload: object) => {
      await actions['writer']!['write']!({ conversationId, type, payload })
      await running.idle()
    },
    tell: (event: object) => post(enveloped(event)),
    press: (action_id: string, message_ts: string) =>
      post(
        pressed({
          container: { type: 'message', message_ts, channel_id: 'C0SUPPORT' },
          channel: { id: 'C0SUPPORT', name: 'support' },
          actions: [{ type: 'button', action_id, block_id: 'b' }],
        }),
      ),
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await running.stop()
    },
  }
}

/** Starts a session of a guest. Gives what it and its thread are called. */
async function session(more: object = {}) {
  const guest: { userId: string } = await bot.act('createUser', {
    name: 'Grace',
    pictureUrl: 'https://example.com/grace.png',
  })
  const { conversationId }: { conversationId: string } = await bot.act('startHitl', {
    ...guest,
    title: 'It does not work',
    ...more,
  })
  const ts = api.workspace.said.find(({ text }) => text === 'It does not work')!.ts
  api.calls.splice(0)
  return { userId: guest.userId, conversationId, ts }
}
const reply = (ts: string, content: object = {}) =>
  inChannel({ channel: 'C0SUPPORT', user: 'U0BOB', thread_ts: ts, text: 'How can I help?', ...content })

describe('a session', () => {
  it('begins with a message that says what it is about, and what was said before in its thread', async () => {
    const { userId }: { userId: string } = await bot.act('createUser', { name: 'Grace', email: 'grace@example.com' })
    await bot.act('startHitl', {
      userId,
      title: 'It does not work',
      description: 'Nothing at all',
      messageHistory: [
        { source: { type: 'user', userId }, type: 'text', payload: { text: 'hello *you*' } },
        { source: { type: 'bot' }, type: 'markdown', payload: { markdown: '**hi**' } },
        { source: { type: 'user', userId }, type: 'image', payload: { imageUrl: 'https://example.com/a.png' } },
      ],
    })
    const [head, history, ...none] = api.called('chat.postMessage')
    expect(head).toMatchObject({ channel: 'C0SUPPORT', text: 'It does not work' })
    expect(JSON.stringify(head?.['blocks'])).toMatch(
      /It does not work.*Nothing at all.*Grace asks for help.*Take over.*End/,
    )
    expect(history).toEqual({
      channel: 'C0SUPPORT',
      thread_ts: api.workspace.said[0]?.ts,
      text: '*Grace*\nhello *you*\n\n*Bot*\n*hi*\n\n*Grace*\n<https://example.com/a.png|(image)>',
    })
    expect(none).toEqual([])
  })

  it('brings what the guest says under its name, and what people answer back, and tells once who they are', async () => {
    const { userId, conversationId, ts } = await session()
    await bot.say(conversationId, 'text', { text: 'It is broken', userId })
    await bot.say(conversationId, 'text', { text: 'A summary' })
    expect(api.called('chat.postMessage')).toEqual([
      {
        channel: 'C0SUPPORT',
        thread_ts: ts,
        text: 'It is broken',
        username: 'Grace',
        icon_url: 'https://example.com/grace.png',
      },
      { channel: 'C0SUPPORT', thread_ts: ts, text: 'A summary' },
    ])
    await bot.tell(reply(ts))
    await bot.tell(reply(ts, { text: 'Hello?' }))
    await bot.tell(reply(ts, { user: 'U0ADA', text: 'Let me' }))
    const assigned = { event: 'slack:hitlAssigned', conversationId, userId: expect.any(String) }
    expect(bot.heard).toEqual([
      { text: { text: 'How can I help?' }, in: 'hitl', by: 'Bob' },
      assigned,
      { text: { text: 'Hello?' }, in: 'hitl', by: 'Bob' },
      { text: { text: 'Let me' }, in: 'hitl', by: 'Ada Lovelace' },
      assigned,
    ])
  })

  it('is taken on by a button too, and then not again by an answer', async () => {
    const { conversationId, ts } = await session()
    await bot.press('plugboard_session:take', ts)
    await bot.tell(reply(ts, { user: 'U0ADA' }))
    expect(bot.heard).toMatchObject([{ event: 'slack:hitlAssigned', conversationId }, { in: 'hitl' }])
  })

  it.each([
    ['a button', (ts: string) => bot.press('plugboard_session:end', ts)],
    ['a word in the thread', (ts: string) => bot.tell(reply(ts, { text: '!end' }))],
  ])('is ended by %s, once, and after that nothing goes or comes', async (_, end) => {
    const { conversationId, ts } = await session()
    await end(ts)
    await bot.press('plugboard_session:end', ts)
    await bot.press('plugboard_session:take', ts)
    await bot.tell(reply(ts))
    expect(bot.heard).toEqual([{ event: 'slack:hitlStopped', conversationId }])
    expect(JSON.stringify(api.called('chat.update'))).toContain('It is over.')
    await bot.say(conversationId, 'text', { text: 'Is somebody there?' })
    expect((await bot.running.deadLetters()).items).toMatchObject([{ code: 'vendor_refused' }])
    expect(api.called('chat.postMessage')).toEqual([])
  })

  it('is ended by the bot, which tells people and not itself', async () => {
    const { conversationId, ts } = await session()
    for (const _ of [1, 2]) await bot.act('stopHitl', { conversationId })
    await bot.tell(reply(ts))
    expect(bot.heard).toEqual([])
    expect(api.called('chat.postMessage')).toEqual([
      { channel: 'C0SUPPORT', thread_ts: ts, text: 'The session is over.' },
    ])
    await expect(bot.act('stopHitl', { conversationId: 'conv_none' })).rejects.toMatchObject({
      code: 'conversation_unknown',
    })
  })

  it('goes to the channel that it names, and is refused where there is none', async () => {
    await session({ hitlSession: { channelId: 'C0GENERAL' } })
    expect(api.workspace.said.map(({ channel }) => channel)).toEqual(['C0GENERAL'])
    await bot[Symbol.asyncDispose]()
    bot = await desk({})
    await expect(session()).rejects.toMatchObject({ code: 'vendor_refused', where: { path: 'hitlSession' } })
  })
})

it('other threads of the channel are conversations as ever', async () => {
  await session()
  await bot.tell(reply('1780000000.000100'))
  expect(bot.heard).toMatchObject([{ in: 'thread' }])
})
