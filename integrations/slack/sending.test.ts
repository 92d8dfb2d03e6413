import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromAda, inChannel, pressed } from './requests.fixture.ts'
import { type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'
import { token, WebApi } from './web-api.fixture.ts'

let api: WebApi
let bot: SmallBot
let written: readonly Written[]
beforeEach(async () => {
  api = await WebApi.start()
  written = []
  bot = await smallBot({ apiUrl: api.url, answer: ({ payload }) => (payload['text'] === 'go' ? written : []) })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

/** Has the bot send these, and gives the calls that it made for them. */
async function send(...messages: readonly Written[]) {
  written = messages
  const before = api.calls.length
  await bot.tell(fromAda({ text: 'go' }))
  expect((await bot.running.deadLetters()).items).toEqual([])
  return api.calls
    .slice(before)
    .filter(({ method }) => !method.startsWith('users.'))
    .map(({ method, parameters: { channel: _, ...rest } }) => [method, rest] as const)
}
const text = (words: string, more: Partial<Written> = {}): Written => ({
  type: 'text',
  payload: { text: words },
  ...more,
})
const posted = (words: string) => ['chat.postMessage', { text: words }]

describe('a text', () => {
  it('goes as it is, and nothing in it calls everybody', async () => {
    expect(await send(text('a < b & c > d <!channel> <@U0BOB> <#C0GENERAL> https://example.com/?a=1&b=2'))).toEqual([
      posted('a &lt; b &amp; c &gt; d &lt;!channel&gt; <@U0BOB> <#C0GENERAL> https://example.com/?a=1&amp;b=2'),
    ])
  })

  it('that has marks of Slack in it goes as rich text, so that they stay what they are', async () => {
    const words = '*not bold* for <@U0BOB>: https://example.com/a_b_c.'
    expect(await send(text(words))).toEqual([
      [
        'chat.postMessage',
        {
          text: words,
          blocks: [
            {
              type: 'rich_text',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'text', text: '*not bold* for ' },
                    { type: 'user', user_id: 'U0BOB' },
                    { type: 'text', text: ': ' },
                    { type: 'link', url: 'https://example.com/a_b_c' },
                    { type: 'text', text: '.' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    ])
  })

  it('is split where paragraphs and words end, if it is longer than a message', async () => {
    const words = Array.from({ length: 1500 }, (_, index) => `word${index}`)
    const whole = `${words.slice(0, 400).join(' ')}\n\n${words.slice(400).join(' ')}`
    const pieces = (await send(text(whole))).map(([, { text: piece }]) => String(piece))
    expect(pieces[0]).toBe(words.slice(0, 400).join(' '))
    expect(pieces.length).toBeLessThan(6)
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(4000)
    expect(pieces.flatMap((piece) => piece.split(/\s+/))).toEqual(words)
  })

  it('is not split within what people see as one character', async () => {
    const family = '👨‍👩‍👧‍👦'
    const calls = await send(text(family.repeat(800)))
    expect(calls.length).toBeGreaterThan(1)
    for (const [, { text: piece }] of calls) expect(String(piece).length % family.length).toBe(0)
  })

  it('goes into a thread, and into the channel as well, if it is tagged so', async () => {
    expect(await send(text('yes', { tags: { threadTs: '1780000000.000100', broadcast: 'true' } }))).toEqual([
      ['chat.postMessage', { text: 'yes', thread_ts: '1780000000.000100', reply_broadcast: 'true' }],
    ])
  })

  it('answers in the thread in which it was asked', async () => {
    written = [text('yes')]
    const root = inChannel()
    await bot.tell(inChannel({ text: 'go', thread_ts: root.ts }))
    expect(api.called('chat.postMessage')).toEqual([{ channel: 'C0GENERAL', thread_ts: root.ts, text: 'yes' }])
  })

  it('that is blank is put aside, since Slack takes none', async () => {
    written = [text(' \n ')]
    await bot.tell(fromAda({ text: 'go' }))
    expect(api.called('chat.postMessage')).toEqual([])
    expect((await bot.running.deadLetters()).items).toMatchObject([{ code: 'vendor_refused' }])
  })

  it('goes on where it was, if a part in the middle fails', async () => {
    api.instead('chat.postMessage', (response) => response.end(JSON.stringify({ ok: true, ts: '1790000500.000100' })), {
      error: 'internal_error',
    })
    api.instead('chat.update', (response) => response.end('{"ok":true}'))
    const calls = await send(text(`${'a'.repeat(3900)} ${'b'.repeat(3900)}`))
    expect(calls.map(([method, { text: piece, ts }]) => [method, String(piece)[0], ts])).toEqual([
      ['chat.postMessage', 'a', undefined],
      ['chat.postMessage', 'b', undefined],
      ['chat.update', 'a', '1790000500.000100'],
      ['chat.postMessage', 'b', undefined],
    ])
  })
})

it('markdown goes in the marks of Slack', async () => {
  expect(
    await send({
      type: 'markdown',
      payload: { markdown: '# Title\n\nsome **bold** and [a link](https://example.com/?a=1&b=2)' },
    }),
  ).toEqual([posted('*Title*\n\nsome *bold* and <https://example.com/?a=1&amp;b=2|a link>')])
})

it('blocks go as they are', async () => {
  const blocks = [{ type: 'divider' }]
  expect(await send({ type: 'blocks', payload: { blocks, text: 'A line' } })).toEqual([
    ['chat.postMessage', { text: 'A line', blocks }],
  ])
})

it('a place goes as a link to a map', async () => {
  const payload = { latitude: 1.5, longitude: 2, title: 'Here', address: 'Main Street 1' }
  expect(await send({ type: 'location', payload })).toEqual([
    posted('📍 Here\nMain Street 1\n<https://www.openstreetmap.org/?mlat=1.5&amp;mlon=2#map=16/1.5/2|1.5, 2>'),
  ])
})

describe('media', () => {
  const url = 'https://example.com/a.png'

  it('of pictures is shown from its address', async () => {
    expect(await send({ type: 'image', payload: { imageUrl: url, title: 'A' } })).toEqual([
      [
        'chat.postMessage',
        {
          text: 'A',
          blocks: [
            { type: 'image', image_url: url, alt_text: 'A', title: { type: 'plain_text', text: 'A', emoji: false } },
          ],
        },
      ],
    ])
  })

  it.each([
    ['image', { imageUrl: 'data:image/png;base64,aGVsbG8=' }, 'file.png'],
    ['audio', { audioUrl: 'data:audio/mpeg;base64,aGVsbG8=' }, 'file.mp3'],
    ['video', { videoUrl: 'data:video/mp4;base64,aGVsbG8=' }, 'file.mp4'],
    ['file', { fileUrl: 'data:text/plain;base64,aGVsbG8=' }, 'file.txt'],
  ])('that stands in its address is uploaded: %s', async (type, payload, filename) => {
    expect(await send({ type, payload: { ...payload, title: 'A' } })).toEqual([
      ['files.getUploadURLExternal', { filename, length: '5' }],
      ['files.completeUploadExternal', { files: [{ id: 'F0UP1', title: 'A' }], channel_id: 'D0ADA' }],
    ])
    expect(api.workspace.files.get('F0UP1')?.content).toBe('hello')
    expect((await bot.client.listMessages(await conversation())).items.at(-1)?.tags).toEqual({
      id: 'F0UP1',
      ids: 'F0UP1',
    })
  })

  it('is not fetched from this machine', async () => {
    written = [{ type: 'file', payload: { fileUrl: `${api.origin}/files-pri/secret.docx` } }]
    await bot.tell(fromAda({ text: 'go' }))
    expect((await bot.running.deadLetters()).items).toMatchObject([{ code: 'address_refused' }])
  })

  it('that the app may not upload goes as its address, if that is public', async () => {
    const refused = { error: 'missing_scope', needed: 'files:write' }
    api.instead('files.getUploadURLExternal', refused)
    written = [{ type: 'file', payload: { fileUrl: 'data:text/plain;base64,aGVsbG8=' } }]
    await bot.tell(fromAda({ text: 'go' }))
    expect((await bot.running.deadLetters()).items).toMatchObject([
      { code: 'vendor_unauthorized', message: expect.stringContaining("'files:write'") },
    ])
  })

  it('that somebody sent goes out again from what Slack has', async () => {
    api.workspace.files.set('F0A', { name: 'a.pdf', mimetype: 'application/pdf', content: 'a pdf' })
    await bot.tell(
      fromAda({ subtype: 'file_share', text: '', files: [{ id: 'F0A', name: 'a.pdf', mimetype: 'application/pdf' }] }),
    )
    const fileUrl = String(bot.messages[0]?.payload['fileUrl'])
    await send({ type: 'file', payload: { fileUrl } })
    expect(api.workspace.files.get('F0UP1')).toMatchObject({ name: 'a.pdf', content: 'a pdf' })
  })

  it.each(['image', 'file'])(
    'that another integration keeps for its visitor goes out, though Slack could not fetch it: %s',
    async (type) => {
      const file = { content: 'a secret', contentType: 'image/png', tags: { name: 'me.png' } }
      await bot.client.uploadFile({ key: 'webchat/4f9c', ...file })
      await send({ type, payload: { [`${type}Url`]: `${bot.url}/webchat/files/4f9c` } })
      expect(api.workspace.files.get('F0UP1')).toMatchObject({ name: 'me.png', content: 'a secret' })
      expect(api.called('chat.postMessage')).toEqual([])
    },
  )

  it('of a bloc comes one after another', async () => {
    const items = [
      { type: 'text', payload: { text: 'one' } },
      { type: 'markdown', payload: { markdown: '**two**' } },
      { type: 'image', payload: { imageUrl: url } },
    ]
    expect((await send({ type: 'bloc', payload: { items } })).map(([, { text: words }]) => words)).toEqual([
      'one',
      '*two*',
      url,
    ])
  })
})

const conversation = async () => {
  const { items } = await bot.client.listConversations()
  return { conversationId: items[0]!.id }
}
interface Shown {
  readonly type: string
  readonly elements: readonly {
    readonly action_id: string
    readonly value?: string
    readonly options?: readonly { readonly value: string }[]
  }[]
}
const elementsOf = (calls: Awaited<ReturnType<typeof send>>) =>
  (calls.flatMap(([, { blocks }]) => blocks) as Shown[])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => elements)

describe('buttons', () => {
  const options = [
    { label: 'Tea', value: 'tea, please' },
    { label: 'Coffee', value: 'coffee '.repeat(400).trim() },
  ]
  const press = (action: object) =>
    bot.post(
      pressed({
        container: { type: 'message', message_ts: api.workspace.said.at(-1)?.ts, channel_id: 'D0ADA' },
        actions: [action],
      }),
    )

  it.each(['choice', 'dropdown'])('of a %s say their value when they are pressed, however long it is', async (type) => {
    const elements = elementsOf(await send({ type, payload: { text: 'Tea?', options } }))
    const ts = api.workspace.said.at(-1)?.ts
    const actions =
      type === 'choice'
        ? elements.map(({ action_id, value }) => ({ type: 'button', action_id, block_id: 'b', value }))
        : elements.flatMap(({ action_id, options: all = [] }) =>
            all.map((selected_option) => ({ type: 'static_select', action_id, block_id: 'b', selected_option })),
          )
    for (const action of actions) {
      expect((await press(action)).status).toBe(200)
      await bot.running.idle()
    }
    expect(bot.messages.slice(1).map((message) => [message.type, message.payload, message.tags])).toEqual(
      options.map(({ value }) => ['text', { text: value }, { buttonOf: ts }]),
    )
    expect(bot.events.map(({ type: event, payload, place }) => [event, payload, place])).toEqual(
      options.map(({ value }) => [
        'slack:buttonPressed',
        { action: 'say', value, messageTs: ts, triggerId: expect.any(String) },
        { conversation: 'D0ADA', user: 'U0ADA', knowsMessage: true },
      ]),
    )
  })

  it('more than Slack takes in a block stand in several, and labels are cut', async () => {
    const many = Array.from({ length: 130 }, (_, index) => ({
      label: `${index} ${'x'.repeat(100)}`,
      value: `${index}`,
    }))
    const [choice] = await send({ type: 'choice', payload: { text: 'Which?', options: many } })
    const blocks = choice?.[1]['blocks'] as Shown[]
    expect(blocks.map(({ elements }) => elements?.length)).toEqual([undefined, 25, 25, 25, 25, 25, 5])
    const lists = elementsOf(await send({ type: 'dropdown', payload: { text: 'Which?', options: many } }))
    expect(lists.map(({ options: all }) => all?.length)).toEqual([100, 30])
  })

  it('with emoji where a label is cut are taken by Slack', async () => {
    const options = [{ label: `a${'👍'.repeat(60)}`, value: 'yes' }]
    const [choice] = await send({ type: 'choice', payload: { text: 'Which?', options } })
    expect(JSON.stringify(choice)).toContain(`"a${'👍'.repeat(36)}…"`)
  })

  it('of a card stand below its picture and words, and of several cards in one message', async () => {
    const card = {
      title: 'Plugboard',
      subtitle: 'Bots',
      imageUrl: 'https://example.com/a.png',
      actions: [
        { action: 'url', label: 'Read', value: 'https://example.com/' },
        { action: 'url', label: 'Odd', value: 'javascript:alert(1)' },
        { action: 'postback', label: 'Go', value: 'GO' },
      ],
    }
    const label = (words: string) => ({ type: 'plain_text', text: words, emoji: false })
    const own = [
      { type: 'image', image_url: card.imageUrl, alt_text: 'image' },
      { type: 'section', text: { type: 'mrkdwn', text: '*Plugboard*\nBots\nOdd: javascript:alert(1)' } },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: label('Read'), action_id: 'plugboard:url:0', url: 'https://example.com/' },
          { type: 'button', text: label('Go'), action_id: 'plugboard:postback:1', value: '=GO' },
        ],
      },
    ]
    expect(await send({ type: 'card', payload: card })).toEqual([
      ['chat.postMessage', { text: 'Plugboard', blocks: own }],
    ])
    expect(await send({ type: 'carousel', payload: { items: [card, card] } })).toEqual([
      ['chat.postMessage', { text: 'Plugboard, Plugboard', blocks: [...own, { type: 'divider' }, ...own] }],
    ])
  })
})

describe('an answer that is still being made', () => {
  it('is shown as it grows, in one message', async () => {
    const grown = Promise.withResolvers<void>()
    async function* stream() {
      yield 'Once '
      await grown.promise
      yield '**upon** a time'
    }
    const sending = send({ type: 'markdown', payload: {}, stream: stream() })
    await expect.poll(() => api.called('chat.postMessage').length, { timeout: 10_000 }).toBe(1)
    grown.resolve()
    const calls = await sending
    expect(calls[0]).toEqual(posted('Once '))
    expect(calls.at(-1)).toEqual([
      'chat.update',
      { ts: api.workspace.said.at(-1)?.ts, text: 'Once *upon* a time', blocks: [] },
    ])
    expect(api.called('chat.postMessage')).toHaveLength(1)
  })

  it('goes anew if people have deleted what they saw of it', async () => {
    const grown = Promise.withResolvers<void>()
    async function* stream() {
      yield 'Once'
      await grown.promise
      yield ' more'
    }
    const sending = send({ type: 'text', payload: {}, stream: stream() })
    await expect.poll(() => api.called('chat.postMessage').length, { timeout: 10_000 }).toBe(1)
    api.workspace.said.splice(0)
    grown.resolve()
    expect((await sending).at(-1)).toEqual(posted('Once more'))
  })
})

it('says nothing of the token anywhere', async () => {
  api.instead('chat.postMessage', { error: `no_such_thing_as_${token}` })
  written = [text('x')]
  await bot.tell(fromAda({ text: 'go' }))
  expect(await bot.written()).toContain('vendor_refused')
  expect(await bot.written()).not.toContain(token)
})
