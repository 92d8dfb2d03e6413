import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commanded, enveloped, fromAda, inChannel, pressed, signed } from './requests.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'
import { WebApi } from './web-api.fixture.ts'

let api: WebApi
let bot: SmallBot
beforeEach(async () => {
  api = await WebApi.start()
  bot = await smallBot({ apiUrl: api.url })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const again = async (configuration: Parameters<typeof smallBot>[0]['configuration']): Promise<void> => {
  await bot[Symbol.asyncDispose]()
  bot = await smallBot({ apiUrl: api.url, configuration })
}
const address = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/slack\/files\/[\da-f]{64}\//)

describe('conversations', () => {
  it('are channels, direct messages and threads, each by itself', async () => {
    const root = inChannel()
    await bot.tell(
      root,
      inChannel({ thread_ts: root.ts }),
      inChannel({ channel: 'G0SECRET', channel_type: 'group' }),
      fromAda(),
      fromAda({ thread_ts: '1780000000.000100' }),
    )
    expect(bot.messages.map(({ conversation }) => conversation)).toEqual([
      { channel: 'channel', id: 'C0GENERAL', channelId: 'C0GENERAL', title: 'general' },
      { channel: 'thread', id: `C0GENERAL/${root.ts}`, channelId: 'C0GENERAL', threadTs: root.ts },
      { channel: 'channel', id: 'G0SECRET', channelId: 'G0SECRET', title: 'secret' },
      { channel: 'dm', id: 'D0ADA', channelId: 'D0ADA', person: 'U0ADA' },
      { channel: 'thread', id: 'D0ADA/1780000000.000100', channelId: 'D0ADA', threadTs: '1780000000.000100' },
    ])
  })

  it('begin with each message of a channel, if answers are to be in threads', async () => {
    await again({ answerInThreads: true })
    const root = inChannel()
    await bot.tell(root, inChannel({ thread_ts: root.ts }), fromAda())
    expect(bot.messages.map(({ conversation }) => (conversation as { id: string }).id)).toEqual([
      `C0GENERAL/${root.ts}`,
      `C0GENERAL/${root.ts}`,
      'D0ADA',
    ])
  })

  it('keep the name that their channel has now', async () => {
    await bot.tell(inChannel(), { type: 'channel_rename', channel: { id: 'C0GENERAL', name: 'everyone', created: 1 } })
    expect((await bot.client.listConversations()).items.map(({ tags }) => tags['title'])).toEqual(['everyone'])
  })

  it('and people are asked for again where Slack could not say at once how they are called', async () => {
    api.instead('users.info', { error: 'ratelimited' }, () => {})
    api.instead('conversations.info', { error: 'internal_error' })
    await bot.tell(inChannel(), inChannel())
    expect(bot.messages).toMatchObject([{ payload: { text: 'hello' } }, { conversation: { title: 'general' } }])
    await bot.tell(inChannel())
    expect(bot.messages[2]).toMatchObject({ user: { name: 'Ada Lovelace' } })
    expect(api.called('users.info')).toHaveLength(3)
  })

  it('and people are named by their ids where Slack does not say how they are called, and messages come all the same', async () => {
    for (const method of ['users.info', 'conversations.info'])
      api.instead(method, { error: 'missing_scope', needed: 'users:read' })
    await bot.tell(inChannel(), inChannel())
    expect(bot.messages).toHaveLength(2)
    expect(bot.messages[1]).toMatchObject({ conversation: { title: 'C0GENERAL' }, user: { name: 'U0ADA' } })
    expect(api.called('users.info')).toHaveLength(1)
    await bot.tell(
      { type: 'user_change', user: { id: 'U0ADA', name: 'ada', profile: { display_name: 'Ada!' } } },
      inChannel(),
    )
    expect(bot.messages[2]).toMatchObject({ user: { name: 'Ada!' } })
    // What becomes of accounts is kept, and tells nobody else: a workspace has thousands.
    expect(bot.events).toEqual([])
  })
})

describe('what people write', () => {
  it.each([
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['<https://example.com/a?b=1&amp;c=2>', 'https://example.com/a?b=1&c=2'],
    ['<https://example.com/|https://example.com/>', 'https://example.com/'],
    ['<http://example.com|example.com>', 'http://example.com'],
    ['see <https://example.com/|the page>', 'see the page (https://example.com/)'],
    ['<mailto:ada@example.com|ada@example.com>', 'ada@example.com'],
    ['<@U0BOB> and <@U0BOB|bob> in <#C0GENERAL|general>', '<@U0BOB> and <@U0BOB> in <#C0GENERAL>'],
    ['<!here> <!subteam^S0A|@team>', '@here @team'],
    ['<!date^1392734382^{date}|February 18>', 'February 18'],
  ])('%s', async (text, expected) => {
    await bot.tell(fromAda({ text }))
    expect(bot.messages.map(({ payload }) => payload)).toEqual([{ text: expected }])
  })

  it.each([
    ['<@U0BOT> help', 'help'],
    ['<@U0BOT>: ask <@U0BOT> <@U0BOB>', 'ask <@U0BOT> <@U0BOB>'],
    ['ask <@U0BOT>', 'ask <@U0BOT>'],
    ['<@U0BOT>', '<@U0BOT>'],
  ])('to the bot has no mention of it at its beginning: %s', async (text, expected) => {
    await bot.tell(inChannel({ text }))
    expect(bot.messages.map(({ payload }) => payload)).toEqual([{ text: expected }])
  })

  it('comes with what it forwards', async () => {
    const attachments = [
      { is_share: true, is_msg_unfurl: true, author_id: 'U0BOB', text: 'a &lt; b', fallback: '[Today] bob: a &lt; b' },
    ]
    await bot.tell(
      fromAda({ text: '', attachments }),
      fromAda({ text: 'See', attachments }),
      fromAda({ text: 'https://example.com', attachments: [{ title: 'What is behind a link' }] }),
    )
    expect(bot.messages.map(({ payload }) => payload['text'])).toEqual(['a < b', 'See\na < b', 'https://example.com'])
  })

  it('is not heard of other bots, unless that is wanted, and never of this one', async () => {
    const others = [
      fromAda({ user: undefined, bot_id: 'B0OTHER', subtype: 'bot_message', username: 'Deploys', text: 'done' }),
      fromAda({ user: 'U0OTHER', bot_id: 'B0OTHER', text: 'done' }),
    ]
    const own = [fromAda({ user: 'U0BOT', bot_id: 'B0BOT' }), fromAda({ user: 'U0BOT', bot_id: undefined })]
    await bot.tell(...others, ...own)
    // Bots whose answers grow change them every second.
    const [first, second] = others
    await bot.tell({
      ...first,
      subtype: 'message_changed',
      message: { ...second, text: 'more' },
      previous_message: second,
    })
    expect([bot.messages, bot.events]).toEqual([[], []])
    await again({ hearBots: true })
    await bot.tell(...others, ...own)
    expect(bot.messages.map(({ user }) => user)).toMatchObject([{ id: 'B0OTHER', name: 'Deploys' }, { id: 'U0OTHER' }])
    const alert = { text: '', attachments: [{ fallback: 'plain' }, { pretext: 'Alert', text: 'It burns' }] }
    await bot.tell(fromAda({ user: undefined, bot_id: 'B0OTHER', subtype: 'bot_message', ...alert }))
    expect(bot.messages.at(-1)?.payload).toEqual({ text: 'plain\nAlert\nIt burns' })
  })

  it('and what happens beside it is an event, as Slack sent it', async () => {
    const topic = inChannel({ subtype: 'channel_topic', topic: 'New' })
    await bot.tell(inChannel(), topic, { type: 'pin_added', user: 'U0ADA', channel_id: 'C0GENERAL' })
    expect(bot.events).toEqual([
      {
        type: 'slack:eventReceived',
        payload: { kind: 'message.channel_topic', event: topic },
        place: { conversation: 'C0GENERAL', user: 'U0ADA', knowsMessage: false },
      },
      {
        type: 'slack:eventReceived',
        payload: { kind: 'pin_added', event: { type: 'pin_added', user: 'U0ADA', channel_id: 'C0GENERAL' } },
        place: { conversation: undefined, user: 'U0ADA', knowsMessage: false },
      },
    ])
  })
})

describe('files', () => {
  const file = (id: string, mimetype: string, more: object = {}) => ({
    id,
    name: `${id}.x`,
    title: `${id}.x`,
    mimetype,
    ...more,
  })

  it('come as what they are, the first with what was written, and are read at the address of the bot alone', async () => {
    api.workspace.files.set('F0A', { name: 'F0A.x', mimetype: 'image/png', content: 'a picture' })
    const files = [
      file('F0A', 'image/png'),
      file('F0B', 'audio/mpeg'),
      file('F0C', 'video/mp4'),
      file('F0D', 'text/html'),
      file('F0E', 'image/png', { mode: 'tombstone' }),
      file('F0F', 'application/vnd.google', { is_external: true, url_private: 'https://docs.example.com/d' }),
    ]
    await bot.tell(fromAda({ subtype: 'file_share', text: 'Look', files }))
    expect(bot.messages.map(({ type, payload }) => [type, payload])).toEqual([
      ['image', { imageUrl: address, title: 'Look' }],
      ['audio', { audioUrl: address, title: 'F0B.x' }],
      ['video', { videoUrl: address, title: 'F0C.x' }],
      ['file', { fileUrl: address, title: 'F0D.x' }],
      ['file', { fileUrl: 'https://docs.example.com/d', title: 'F0F.x' }],
    ])
    expect(bot.messages[0]?.tags).toMatchObject({ fileId: 'F0A' })
    const url = String(bot.messages[0]?.payload['imageUrl'])
    const response = await fetch(url)
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'image/png',
      'a picture',
    ])
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    const status = async (changed: string) => (await fetch(changed)).status
    expect(await status(url.replace('F0A', 'F0B'))).toBe(401)
    expect(await status(url.replace(/[\da-f]{64}/, '0'.repeat(64)))).toBe(401)
    expect(await status(String(bot.messages[1]?.payload['audioUrl']))).toBe(404)
    const html = await fetch(String(bot.messages[3]?.payload['fileUrl']))
    expect(html.status).toBe(404)
  })

  it('go with no token to an address that is none of Slack', async () => {
    api.instead('files.info', (response) =>
      response.end(JSON.stringify({ ok: true, file: { id: 'F0A', url_private: 'https://example.com/stolen' } })),
    )
    await bot.tell(fromAda({ subtype: 'file_share', files: [file('F0A', 'image/png')] }))
    expect((await fetch(String(bot.messages[0]?.payload['imageUrl']))).status).toBe(404)
  })
})

describe('what becomes of messages', () => {
  const changed = (before: { channel: string; ts: string }, text: string, more: object = {}) => ({
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: before.channel,
    ts: '1790000099.000100',
    message: { ...before, text, ...more },
    previous_message: before,
  })

  it('is told where the bot knows them: what they are changed to, and that they were deleted', async () => {
    const root = inChannel({ text: 'one' })
    const reply = inChannel({ text: 'two', thread_ts: root.ts })
    await bot.tell(
      root,
      reply,
      changed(root, 'one &amp; a half'),
      // Slack shows what is behind a link, or counts answers.
      changed(root, 'one', { attachments: [{}] }),
      changed(reply, 'two!'),
      {
        type: 'message',
        subtype: 'message_deleted',
        channel: 'C0GENERAL',
        deleted_ts: reply.ts,
        previous_message: reply,
      },
      changed(root, 'This message was deleted.', { subtype: 'tombstone' }),
    )
    expect(bot.events.map(({ type, payload, place }) => [type, (payload as { text?: string }).text, place])).toEqual([
      ['slack:messageEdited', 'one & a half', { conversation: 'C0GENERAL', user: 'U0ADA', knowsMessage: true }],
      ['slack:messageEdited', 'two!', { conversation: `C0GENERAL/${root.ts}`, user: 'U0ADA', knowsMessage: true }],
      ['slack:messageDeleted', undefined, { conversation: `C0GENERAL/${root.ts}`, user: 'U0ADA', knowsMessage: true }],
      ['slack:messageDeleted', undefined, { conversation: 'C0GENERAL', user: 'U0ADA', knowsMessage: true }],
    ])
  })

  it('is not told of what the bot does itself, and of what it does not know as an event of Slack', async () => {
    const own = fromAda({ user: 'U0BOT', bot_id: 'B0BOT', text: 'mine' })
    const unknown = fromAda({ text: 'before the bot came' })
    await bot.tell(changed(own, 'changed'), changed(unknown, 'changed'))
    expect(bot.events).toMatchObject([{ type: 'slack:eventReceived', payload: { kind: 'message.message_changed' } }])
  })

  it('are reactions, also in threads, of which Slack tells the channel alone', async () => {
    const root = api.workspace.write('C0GENERAL', 'U0ADA', 'root')
    const reply = api.workspace.write('C0GENERAL', 'U0ADA', 'reply', root.ts)
    const reaction = (type: string, ts: string, name: string, user = 'U0BOB') => ({
      type,
      user,
      reaction: name,
      item_user: 'U0ADA',
      item: { type: 'message', channel: 'C0GENERAL', ts },
      event_ts: '1790000099.000100',
    })
    await bot.tell(
      inChannel({ ts: root.ts }),
      inChannel({ ts: reply.ts, thread_ts: root.ts }),
      reaction('reaction_added', root.ts, '+1'),
      reaction('reaction_removed', reply.ts, 'thumbsup::skin-tone-4'),
      reaction('reaction_added', root.ts, 'partyparrot'),
      reaction('reaction_added', root.ts, '+1', 'U0BOT'),
    )
    expect(
      bot.events.map(({ type, payload, place }) => [type, (payload as { reaction?: string }).reaction, place]),
    ).toEqual([
      ['slack:reactionAdded', '👍', { conversation: 'C0GENERAL', user: 'U0BOB', knowsMessage: true }],
      ['slack:reactionRemoved', '👍🏽', { conversation: `C0GENERAL/${root.ts}`, user: 'U0BOB', knowsMessage: true }],
      ['slack:eventReceived', undefined, { conversation: 'C0GENERAL', user: 'U0BOB', knowsMessage: false }],
    ])
  })
})

describe('channels', () => {
  it('are joined and left, and created', async () => {
    const created = { id: 'C0FUN', name: 'fun', created: 1, creator: 'U0BOB' }
    await bot.tell(
      {
        type: 'member_joined_channel',
        user: 'U0BOB',
        channel: 'C0GENERAL',
        channel_type: 'C',
        team: 'T0WORK',
        inviter: 'U0ADA',
      },
      { type: 'member_left_channel', user: 'U0BOT', channel: 'C0GENERAL', channel_type: 'C', team: 'T0WORK' },
      { type: 'channel_created', channel: created },
      // Of its own the action has told.
      { type: 'channel_created', channel: { ...created, creator: 'U0BOT' } },
    )
    expect(bot.events.map(({ type, payload }) => [type, payload])).toEqual([
      ['slack:memberJoined', { person: 'U0BOB', channelId: 'C0GENERAL', isThisBot: false }],
      ['slack:memberLeft', { person: 'U0BOT', channelId: 'C0GENERAL', isThisBot: true }],
      [
        'slack:channelCreated',
        { item: { id: 'C0FUN', name: 'fun', isPrivate: false, isMember: false, topic: '', purpose: '' } },
      ],
    ])
  })
})

describe('what people press and enter', () => {
  const send = async (body: string) => {
    const response = await fetch(`${bot.url}/slack/webhook`, { method: 'POST', headers: signed(body), body })
    await bot.running.idle()
    return [response.status, await response.text()]
  }

  it('is a slash command', async () => {
    expect(await send(commanded())).toEqual([200, ''])
    expect(bot.events).toEqual([
      {
        type: 'slack:commandReceived',
        payload: {
          command: '/weather',
          text: '94070',
          triggerId: '13345224609.738474920.8088930838d88f008e0',
          responseUrl: 'https://hooks.slack.com/commands/1234/5678',
        },
        place: { conversation: 'C0GENERAL', user: 'U0ADA', knowsMessage: false },
      },
    ])
    expect(await send('ssl_check=1&token=abc')).toEqual([200, ''])
  })

  it('is an element of blocks of the bot', async () => {
    const action = { type: 'static_select', action_id: 'size', block_id: 'b', selected_option: { value: 'large' } }
    await send(
      pressed({
        container: { type: 'message', message_ts: '1548261231.000200', channel_id: 'C0GENERAL' },
        response_url: 'https://hooks.slack.com/actions/1/2',
        actions: [action],
      }),
    )
    expect(bot.events).toMatchObject([
      {
        type: 'slack:actionTaken',
        payload: { actionId: 'size', blockId: 'b', value: 'large', messageTs: '1548261231.000200', sent: action },
        place: { conversation: 'C0GENERAL', user: 'U0ADA' },
      },
    ])
  })

  it('is a modal, and a shortcut', async () => {
    const view = {
      id: 'V0VIEW',
      callback_id: 'order',
      private_metadata: 'x',
      state: { values: { b: { size: { type: 'plain_text_input', value: 'large' } } } },
    }
    expect(await send(pressed({ type: 'view_submission', view }))).toEqual([200, ''])
    await send(pressed({ type: 'view_closed', view, is_cleared: false, trigger_id: undefined }))
    await send(pressed({ type: 'shortcut', callback_id: 'help' }))
    await send(
      pressed({
        type: 'message_action',
        callback_id: 'file_it',
        message_ts: '1.2',
        channel: { id: 'C0GENERAL', name: 'general' },
      }),
    )
    const told = { callbackId: 'order', viewId: 'V0VIEW', privateMetadata: 'x' }
    expect(bot.events).toMatchObject([
      { type: 'slack:viewSubmitted', payload: { ...told, values: view.state.values }, place: { user: 'U0ADA' } },
      { type: 'slack:viewClosed', payload: told },
      { type: 'slack:shortcutUsed', payload: { callbackId: 'help' }, place: { conversation: undefined } },
      {
        type: 'slack:shortcutUsed',
        payload: { callbackId: 'file_it', messageTs: '1.2' },
        place: { conversation: 'C0GENERAL' },
      },
    ])
  })
})

describe('access that is taken back', () => {
  const uninstalled = { type: 'app_uninstalled' }

  it('is told, with what to do', async () => {
    api.instead('auth.test', { error: 'account_inactive' })
    expect(await bot.tell(uninstalled)).toEqual([200])
    expect(bot.log.filter(({ level }) => level === 'error')).toMatchObject([
      { message: expect.stringContaining('install the app again') },
    ])
    expect(bot.events).toMatchObject([{ payload: { kind: 'app_uninstalled' } }])
  })

  it('of somebody else says nothing of the bot', async () => {
    await bot.tell({ type: 'tokens_revoked', tokens: { oauth: ['U0ADA'], bot: [] } })
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([])
  })
})

it('a pause of Slack is warned of', async () => {
  const body = JSON.stringify({ type: 'app_rate_limited', team_id: 'T0WORK', minute_rate_limited: 1_518_467_820 })
  expect((await bot.post(body)).status).toBe(200)
  expect(bot.log.filter(({ level }) => level === 'warn')).toMatchObject([
    { message: expect.stringContaining('30,000') },
  ])
  expect(await bot.tell(JSON.parse(enveloped(fromAda())).event)).toEqual([200])
})
