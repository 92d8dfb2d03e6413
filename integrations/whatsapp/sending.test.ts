import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accessToken } from './cloud-api-answers.fixture.ts'
import { CloudApi } from './cloud-api.fixture.ts'
import { type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'
import { ada, fromPerson, written as saying } from './told.fixture.ts'

let api: CloudApi
let bot: SmallBot
let written: readonly Written[]
let count = 0
beforeEach(async () => {
  api = await CloudApi.start()
  written = []
  bot = await smallBot({ apiUrl: api.url, answer: ({ payload }) => (payload['text'] === 'go' ? written : []) })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

/** Has the bot send these. */
async function attempt(...messages: readonly Written[]): Promise<void> {
  written = messages
  await bot.tell(saying('go', `wamid.GO${(count += 1)}`))
}
/** The same, and gives what was sent for them, without what is the same for all. */
async function send(...messages: readonly Written[]) {
  const before = api.called('message').length
  await attempt(...messages)
  expect((await bot.running.deadLetters()).items).toEqual([])
  return api
    .called('message')
    .slice(before)
    .map(({ messaging_product: _, recipient_type: __, to: ___, biz_opaque_callback_data: ____, ...rest }) => rest)
}
const text = (body: string) => ({ type: 'text', text: { body, preview_url: true } })
const url = 'https://example.com/a'

describe('a text', () => {
  it('is split where paragraphs and words end, if it is longer than a message', async () => {
    const words = Array.from({ length: 1500 }, (_, index) => `word${index}`)
    const sent = await send({ type: 'text', payload: { text: words.join(' ') } })
    const bodies = sent.map(({ text: part }) => (part as { body: string }).body)
    expect(bodies.length).toBeGreaterThan(2)
    expect(bodies.flatMap((body) => body.split(' '))).toEqual(words)
  })

  it('answers a message, if it is tagged with it: with its first part', async () => {
    const sent = await send({ type: 'text', payload: { text: 'a'.repeat(5000) }, tags: { replyTo: 'wamid.Q' } })
    expect(sent.map(({ context }) => context)).toEqual([{ message_id: 'wamid.Q' }, undefined])
  })

  it('that is blank is put aside, since WhatsApp takes none', async () => {
    await attempt({ type: 'text', payload: { text: ' \n ' } })
    expect(api.called('message')).toEqual([])
    expect((await bot.running.deadLetters()).items).toMatchObject([{ code: 'vendor_refused' }])
  })

  it('goes on where it was, if a part in the middle fails', async () => {
    let calls = 0
    const taken = (response: { end(body: string): void }): void =>
      response.end(JSON.stringify({ messages: [{ id: `wamid.${(calls += 1)}` }] }))
    api.instead('message', taken, { status: 503, code: 2, message: 'Temporary' })
    const sent = await send({ type: 'text', payload: { text: `${'a'.repeat(4000)} ${'b'.repeat(4000)}` } })
    expect(sent.map((one) => (one['text'] as { body: string }).body[0])).toEqual(['a', 'b', 'b'])
  })

  it('in Markdown has the marks of WhatsApp', async () => {
    expect(await send({ type: 'markdown', payload: { markdown: '# Hi\n\n**bold** _it_ ~~no~~' } })).toEqual([
      text('*Hi*\n\n*bold* _it_ ~no~'),
    ])
  })
})

describe('media', () => {
  it.each([
    ['image', { imageUrl: url, title: 'A' }, { type: 'image', image: { link: url, caption: 'A' } }],
    ['video', { videoUrl: url }, { type: 'video', video: { link: url } }],
    ['audio', { audioUrl: url, kind: 'voice' }, { type: 'audio', audio: { link: url, voice: true } }],
    ['sticker', { stickerUrl: url }, { type: 'sticker', sticker: { link: url } }],
    [
      'file',
      { fileUrl: `${url}/b%20c.pdf?x=1`, title: 'A' },
      { type: 'document', document: { link: `${url}/b%20c.pdf?x=1`, caption: 'A', filename: 'b c.pdf' } },
    ],
    ['file', { fileUrl: url, name: 'x.pdf' }, { type: 'document', document: { link: url, filename: 'x.pdf' } }],
    [
      'location',
      { latitude: 1.5, longitude: 2, title: 'Here', address: 'Main Street 1' },
      { type: 'location', location: { latitude: 1.5, longitude: 2, name: 'Here', address: 'Main Street 1' } },
    ],
    [
      'contacts',
      { contacts: [{ name: 'Ada', lastName: 'L', phones: [{ number: '+123' }] }] },
      {
        type: 'contacts',
        contacts: [
          {
            name: { formatted_name: 'Ada', first_name: 'Ada', last_name: 'L' },
            phones: [{ phone: '+123', type: 'CELL' }],
          },
        ],
      },
    ],
    [
      'template',
      { name: 'hello_world', language: 'en_US', parameters: ['Ada'] },
      {
        type: 'template',
        template: {
          name: 'hello_world',
          language: { code: 'en_US' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }] }],
        },
      },
    ],
  ])('%s %j', async (type, payload, expected) => {
    expect(await send({ type, payload })).toEqual([expected])
  })

  it('has below it what fits, and after it what does not', async () => {
    const title = 'long '.repeat(300).trim()
    expect(await send({ type: 'image', payload: { imageUrl: url, title } })).toEqual([
      { type: 'image', image: { link: url } },
      text(title),
    ])
    expect(await send({ type: 'audio', payload: { audioUrl: url, title: 'Song' } })).toEqual([
      { type: 'audio', audio: { link: url } },
      text('Song'),
    ])
  })

  it('that stands in its address is handed in; what WhatsApp takes for no picture goes as a document', async () => {
    const [png, svg] = await send(
      { type: 'image', payload: { imageUrl: 'data:image/png;base64,aGVsbG8=' } },
      { type: 'image', payload: { imageUrl: 'data:image/svg+xml;base64,aGVsbG8=' } },
    )
    expect(api.called('upload')).toEqual([
      {
        messaging_product: 'whatsapp',
        type: 'image/png',
        file: { name: 'file.png', type: 'image/png', content: 'hello' },
      },
      {
        messaging_product: 'whatsapp',
        type: 'text/plain',
        file: { name: 'file.svg', type: 'text/plain', content: 'hello' },
      },
    ])
    expect(png).toMatchObject({ type: 'image', image: { id: expect.any(String) } })
    expect(svg).toMatchObject({ type: 'document', document: { id: expect.any(String), filename: 'file.svg' } })
  })

  it('that Meta does not take when it is handed in is refused with the way out, or goes by its address', async () => {
    await attempt({ type: 'image', payload: { imageUrl: 'data:image/gif;base64,aGVsbG8=' } })
    expect([api.called('upload'), api.called('message')]).toEqual([[], []])
    expect((await bot.running.deadLetters()).items).toMatchObject([
      { code: 'vendor_refused', message: expect.stringContaining("no file of the type 'image/gif'") },
    ])
    api.files.set('78', { type: 'application/zip', content: 'a zip' })
    const document = { id: '78', mime_type: 'application/zip', filename: 'a.zip' }
    await bot.tell(fromPerson({ type: 'document', document }, 'wamid.ZIP'))
    const fileUrl = String(bot.messages.find(({ type }) => type === 'file')?.payload['fileUrl'])
    await attempt({ type: 'file', payload: { fileUrl } })
    expect(api.called('message')).toMatchObject([{ document: { link: fileUrl, filename: 'a.zip' } }])
  })

  it('that somebody sent goes out again from what is kept', async () => {
    api.files.set('77', { type: 'application/pdf', content: 'a pdf' })
    const document = { id: '77', mime_type: 'application/pdf', filename: 'a.pdf' }
    await bot.tell(fromPerson({ type: 'document', document }, 'wamid.PDF'))
    const fileUrl = String(bot.messages[0]?.payload['fileUrl'])
    expect(await send({ type: 'file', payload: { fileUrl } })).toMatchObject([
      { type: 'document', document: { id: expect.any(String), filename: 'a.pdf' } },
    ])
    expect(api.called('upload')).toMatchObject([{ file: { content: 'a pdf' } }])
    // An address that was not given out is one like any other.
    const forged = fileUrl.replace(/files\/[\da-f]{64}/, `files/${'0'.repeat(64)}`)
    expect(await send({ type: 'file', payload: { fileUrl: forged } })).toMatchObject([{ document: { link: forged } }])
  })

  it('that WhatsApp cannot fetch is fetched by the bot, from public addresses alone', async () => {
    api.instead('message', { status: 400, code: 131053, message: 'Media upload error' })
    await attempt({ type: 'file', payload: { fileUrl: `${api.url}/whatsapp_business/secret` } })
    expect((await bot.running.deadLetters()).items).toMatchObject([{ code: 'address_refused' }])
    expect(api.called('download')).toEqual([])
  })

  it('of a bloc come one after another', async () => {
    const items = [
      { type: 'text', payload: { text: 'one' } },
      { type: 'markdown', payload: { markdown: '**two**' } },
      { type: 'image', payload: { imageUrl: url } },
    ]
    expect((await send({ type: 'bloc', payload: { items } })).map(({ type }) => type)).toEqual([
      'text',
      'text',
      'image',
    ])
  })
})

describe('somebody whom WhatsApp knows by another number', () => {
  it('is found by it from then on, so that answers come into the same conversation', async () => {
    // In Brazil, a digit is left out of some numbers.
    api.known.set('5511912345678', { wa_id: '551112345678', user_id: 'BR.1' })
    const { conversationId } = (await bot.actions['getOrCreateConversation']!({
      conversation: { phoneNumber: '+5511912345678' },
    })) as { conversationId: string }
    const { userId } = (await bot.actions['getOrCreateUser']!({ user: { phoneNumber: '+5511912345678' } })) as {
      userId: string
    }
    expect(userId).not.toBe('')
    const client = bot.running.clientOf('whatsapp')
    await bot.actions['sendTemplate']!({ conversationId, name: 'hello_world', language: 'en_US' })
    await bot.tell(saying('hi', 'wamid.1', { ...ada, wa_id: '551112345678' }))
    expect((await client.listConversations()).items.map(({ tags }) => tags['id'])).toEqual(['551112345678'])
  })
})

describe('a template', () => {
  it('is sent at once by an action, and has parameters by name and components of its own', async () => {
    await bot.tell(saying('hello', 'wamid.1'))
    const [conversation] = (await bot.running.clientOf('whatsapp').listConversations()).items
    const components = [{ type: 'header', parameters: [{ type: 'text', text: 'Top' }] }]
    const input = {
      conversationId: conversation!.id,
      name: 'hello_world',
      language: 'en',
      parameters: { who: 'Ada' },
      components,
    }
    expect(await bot.actions['sendTemplate']!(input)).toEqual({ messageId: expect.stringContaining('wamid.') })
    expect(api.called('message')).toMatchObject([
      {
        to: ada.wa_id,
        template: {
          name: 'hello_world',
          language: { code: 'en' },
          components: [
            { type: 'body', parameters: [{ type: 'text', parameter_name: 'who', text: 'Ada' }] },
            ...components,
          ],
        },
      },
    ])
    await expect(bot.actions['sendTemplate']!({ ...input, name: 'none' })).rejects.toMatchObject({
      code: 'vendor_refused',
      message: expect.stringContaining('no approved template'),
    })
  })
})

it('says nothing of the token anywhere', async () => {
  api.instead('message', { status: 400, code: 100, message: `no such thing as ${accessToken}` })
  await attempt({ type: 'text', payload: { text: 'x' } })
  expect(await bot.written()).toContain('no such thing as')
  expect(await bot.written()).not.toContain(accessToken)
})
