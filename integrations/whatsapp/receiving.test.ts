import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CloudApi } from './cloud-api.fixture.ts'
import { type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'
import { ada, enveloped, fromPerson, signed, written } from './told.fixture.ts'

let api: CloudApi
let bot: SmallBot
let answers: Written[]
beforeEach(async () => {
  api = await CloudApi.start()
  answers = []
  bot = await smallBot({ apiUrl: api.url, answer: () => answers.splice(0) })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
/** Tells the bot, and gives what it heard. */
async function heard(...values: readonly object[]) {
  for (const status of await bot.tell(...values)) expect(status).toBe(200)
  return bot.messages.map(({ type, payload, tags }) => ({ type, payload, tags }))
}
const media = (more: object = {}) => ({
  id: '1003383421387256',
  sha256: 'SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=',
  ...more,
})
const address = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/whatsapp\/files\/[\da-f]{64}\//)

describe('what people send', () => {
  beforeEach(() => {
    api.files.set('1003383421387256', { type: 'image/jpeg', content: 'bytes' })
  })

  it.each([
    [
      'a picture',
      { type: 'image', image: media({ mime_type: 'image/jpeg', caption: 'Look' }) },
      { type: 'image', payload: { imageUrl: address, title: 'Look' } },
    ],
    [
      'a voice message',
      { type: 'audio', audio: media({ mime_type: 'audio/ogg; codecs=opus', voice: true }) },
      { type: 'audio', payload: { audioUrl: address, kind: 'voice' } },
    ],
    [
      'a piece of music',
      { type: 'audio', audio: media({ mime_type: 'audio/mpeg', voice: false }) },
      { type: 'audio', payload: { audioUrl: address, kind: 'audio' } },
    ],
    [
      'a video',
      { type: 'video', video: media({ mime_type: 'video/mp4', caption: 'Film' }) },
      { type: 'video', payload: { videoUrl: address, title: 'Film' } },
    ],
    [
      'a document',
      { type: 'document', document: media({ mime_type: 'application/pdf', filename: 'a b.pdf' }) },
      { type: 'file', payload: { fileUrl: address, title: 'a b.pdf', name: 'a b.pdf' } },
    ],
    [
      'a sticker',
      { type: 'sticker', sticker: media({ mime_type: 'image/webp', animated: true }) },
      { type: 'sticker', payload: { stickerUrl: address, isAnimated: true } },
    ],
    [
      'a place',
      { type: 'location', location: { latitude: 37.44, longitude: -122.16, name: 'Philz', address: '101 Forest Ave' } },
      { type: 'location', payload: { latitude: 37.44, longitude: -122.16, title: 'Philz', address: '101 Forest Ave' } },
    ],
    [
      'contacts',
      {
        type: 'contacts',
        contacts: [
          {
            name: { first_name: 'Barbara', last_name: 'Johnson', formatted_name: 'Barbara J. Johnson' },
            org: { company: 'Social Tsunami' },
            phones: [{ phone: '+1 (415) 555-0829', wa_id: '14155550829', type: 'MOBILE' }],
            emails: [{ email: 'barbara@example.com', type: 'WORK' }],
          },
          { phones: [{ phone: '+1 (415) 555-0830' }] },
        ],
      },
      {
        type: 'contacts',
        payload: {
          contacts: [
            {
              name: 'Barbara J. Johnson',
              firstName: 'Barbara',
              lastName: 'Johnson',
              company: 'Social Tsunami',
              phones: [{ number: '+1 (415) 555-0829', kind: 'MOBILE' }],
              emails: [{ email: 'barbara@example.com', kind: 'WORK' }],
            },
            { name: '+1 (415) 555-0830', phones: [{ number: '+1 (415) 555-0830' }] },
          ],
        },
      },
    ],
    [
      'the press of a button of a template',
      { type: 'button', button: { payload: 'STOP', text: 'Stop promotions' }, context: { id: 'wamid.T' } },
      { type: 'text', payload: { text: 'Stop promotions' }, tags: { buttonOf: 'wamid.T' } },
    ],
  ])('%s', async (_, content, expected) => {
    const [message] = await heard(fromPerson(content))
    expect(message).toMatchObject(expected)
    expect(message!.payload).toEqual(expected.payload)
  })

  it('knows what it answers and whether it was forwarded', async () => {
    const messages = await heard(
      fromPerson({ type: 'text', text: { body: 'yes' }, context: { from: '15550783881', id: 'wamid.Q' } }, 'wamid.1'),
      fromPerson({ type: 'text', text: { body: 'news' }, context: { forwarded: true } }, 'wamid.2'),
      fromPerson({ type: 'text', text: { body: 'hoax' }, context: { frequently_forwarded: true } }, 'wamid.3'),
    )
    expect(messages.map(({ tags }) => tags)).toEqual([
      { id: 'wamid.1', replyTo: 'wamid.Q' },
      { id: 'wamid.2', forwarded: 'true' },
      { id: 'wamid.3', forwarded: 'often' },
    ])
  })

  it('by way of an advertisement tells of it', async () => {
    const referral = {
      source_url: 'https://fb.me/3cr4Wqqkv',
      source_type: 'ad',
      source_id: '120226305854810726',
      headline: 'Chat with us',
      body: 'Succulents',
      ctwa_clid: 'Aff-n8ZTODiE79d22KtAwQKj9e',
    }
    await heard(fromPerson({ type: 'text', text: { body: 'Hi' }, referral }))
    expect(bot.events).toMatchObject([
      {
        type: 'whatsapp:referralReceived',
        payload: { kind: 'ad', id: '120226305854810726', clickId: 'Aff-n8ZTODiE79d22KtAwQKj9e' },
        place: { knowsMessage: true },
      },
    ])
  })

  it.each([
    ['an order', { type: 'order', order: { catalog_id: '1', product_items: [] } }, 'messages.order'],
    ['what WhatsApp does not support', { type: 'unsupported', errors: [{ code: 131051 }] }, 'messages.unsupported'],
    ['a form', { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: {} } }, 'messages.interactive'],
    ['a picture without a file', { type: 'image', image: { caption: 'x' } }, 'messages.image'],
    ['a type that is new', { type: 'hologram', hologram: { id: '1' } }, 'messages.hologram'],
    ['what is said in a group', { type: 'text', text: { body: 'all' }, group_id: 'Y2FwaV9' }, 'messages.text'],
  ])('%s is an event, as WhatsApp sent it', async (_, content, kind) => {
    expect(await heard(fromPerson(content))).toEqual([])
    expect(bot.events).toMatchObject([{ type: 'whatsapp:updateReceived', payload: { kind, update: content } }])
  })

  it('what is told in a form that is not known is an event as well', async () => {
    await heard({ messages: [{ from: ada.wa_id, body: 'no id, no type' }] })
    expect(bot.events).toMatchObject([
      { payload: { kind: 'messages', update: { messages: [{ body: 'no id, no type' }] } } },
    ])
  })

  it('what fits no message is an event, and holds up nothing that is told beside it', async () => {
    const location = { latitude: 1000, longitude: 0 }
    await heard({
      contacts: written('', '').contacts,
      messages: [
        { from: ada.wa_id, id: 'wamid.1', type: 'location', location },
        { from: ada.wa_id, id: 'wamid.2', type: 'text', text: { body: 'next' } },
      ],
    })
    expect(bot.messages.map(({ payload }) => payload)).toEqual([{ text: 'next' }])
    expect(bot.events).toMatchObject([{ type: 'whatsapp:updateReceived', payload: { update: { location } } }])
  })

  it('what is beside something in a form that is not known is heard all the same', async () => {
    const messages = [
      { from: ada.wa_id, body: 'no id, no type' },
      { from: ada.wa_id, id: 'wamid.2', type: 'text', text: { body: 'next' } },
    ]
    await heard({ contacts: written('', '').contacts, messages })
    expect(bot.messages.map(({ payload }) => payload)).toEqual([{ text: 'next' }])
    expect(bot.events).toMatchObject([{ payload: { kind: 'messages', update: { messages } } }])
  })

  it('a problem of the number is an event', async () => {
    await heard({ errors: [{ code: 130429, title: 'Rate limit hit', error_data: { details: 'too many messages' } }] })
    expect(bot.events).toMatchObject([
      {
        type: 'whatsapp:problemReported',
        payload: { code: 130429, title: 'Rate limit hit', details: 'too many messages' },
      },
    ])
  })
})

describe('a file', () => {
  const pdf = (id: string) =>
    fromPerson({ type: 'document', document: { id, mime_type: 'text/html', filename: 'a.html' } })

  it('is fetched with the token, kept, and read at an address that cannot be changed', async () => {
    api.files.set('77', { type: 'text/html', content: '<script>1</script>' })
    const [message] = await heard(pdf('77'))
    expect(message?.tags).toMatchObject({ mediaId: '77', fileKey: 'whatsapp/77' })
    expect(api.called('download')).toHaveLength(1)
    const url = String(message?.payload['fileUrl'])
    const response = await fetch(url)
    expect([response.status, await response.text()]).toEqual([200, '<script>1</script>'])
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a.html")
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    expect(api.called('download')).toHaveLength(1)
    expect((await fetch(url.replace('/77/', '/78/'))).status).toBe(401)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
  })

  it('that is not kept is read from Meta, as long as it has it', async () => {
    await bot[Symbol.asyncDispose]()
    bot = await smallBot({ apiUrl: api.url, configuration: { keepFiles: false } })
    api.files.set('77', { type: 'text/html', content: 'here' })
    const [message] = await heard(pdf('77'))
    expect(message?.tags['fileKey']).toBeUndefined()
    const url = String(message?.payload['fileUrl'])
    expect(await (await fetch(url)).text()).toBe('here')
    api.files.clear()
    expect((await fetch(url)).status).toBe(404)
  })

  it('that Meta does not give comes without its bytes', async () => {
    const [message] = await heard(pdf('404'))
    expect(message).toMatchObject({ type: 'file', tags: { mediaId: '404' } })
    expect(message?.tags['fileKey']).toBeUndefined()
  })

  it('is not fetched where the token must not go', async () => {
    api.files.set('77', { type: 'text/html', content: 'x', url: 'https://fbsbx.com.example.org/77' })
    const body = enveloped(pdf('77'))
    expect((await bot.post(body, signed(body))).status).toBe(500)
    expect(bot.messages).toEqual([])
    expect(await bot.written()).toContain('an address for a file that is not its own')
  })
})
