import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi, token } from './bot-api.fixture.ts'
import { fromAda, type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot
let written: readonly Written[]
beforeEach(async () => {
  api = await BotApi.start()
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
  await api.tell(fromAda({ text: 'go' }))
  await bot.running.idle()
  expect((await bot.running.deadLetters()).items).toEqual([])
  return api.calls.slice(before).map(({ method, parameters: { chat_id: _, ...rest } }) => [method, rest] as const)
}
const refusal = (description: string, error_code = 400) => ({ error_code, description: `Bad Request: ${description}` })

describe('a text', () => {
  it('goes as it is, whatever characters it has', async () => {
    const text = '<b>*not bold*</b> _x_ [a](b) `c` & \\ . ! - # + = | { } ~ >'
    expect(await send({ type: 'text', payload: { text } })).toEqual([['sendMessage', { text }]])
  })

  it('is split where paragraphs and words end, if it is longer than a message', async () => {
    const words = Array.from({ length: 1500 }, (_, index) => `word${index}`)
    const text = `${words.slice(0, 400).join(' ')}\n\n${words.slice(400).join(' ')}`
    const calls = await send({ type: 'text', payload: { text } })
    const pieces = calls.map(([, { text: piece }]) => String(piece))
    expect(calls.length).toBe(4)
    expect(pieces[0]).toBe(words.slice(0, 400).join(' '))
    expect(pieces.flatMap((piece) => piece.split(/\s+/))).toEqual(words)
  })

  it('is not split within what people see as one character', async () => {
    const family = '👨‍👩‍👧‍👦'
    const calls = await send({ type: 'text', payload: { text: family.repeat(500) } })
    expect(calls.length).toBeGreaterThan(1)
    for (const [, { text }] of calls) expect(String(text).length % family.length).toBe(0)
  })

  it('answers a message, if it is tagged with it', async () => {
    expect(await send({ type: 'text', payload: { text: 'yes' }, tags: { replyTo: '1365' } })).toEqual([
      ['sendMessage', { text: 'yes', reply_parameters: { message_id: 1365, allow_sending_without_reply: true } }],
    ])
  })

  it('that is blank is put aside, since Telegram takes none', async () => {
    written = [{ type: 'text', payload: { text: ' \n ' } }]
    await api.tell(fromAda({ text: 'go' }))
    await bot.running.idle()
    expect(api.called('sendMessage')).toEqual([])
    expect((await bot.running.deadLetters()).items).toMatchObject([{ code: 'vendor_refused' }])
  })

  it('goes on where it was, if a part in the middle fails', async () => {
    api.instead('sendMessage', (response) => response.writeHead(200).end(JSON.stringify(sentAs(501))), {
      error_code: 502,
      description: 'Bad Gateway',
    })
    const text = `${'a'.repeat(4096)}${'b'.repeat(4096)}`
    const calls = await send({ type: 'text', payload: { text } })
    expect(
      calls.map(([method, parameters]) => [method, String(parameters['text'])[0], parameters['message_id']]),
    ).toEqual([
      ['sendMessage', 'a', undefined],
      ['sendMessage', 'b', undefined],
      ['editMessageText', 'a', 501],
      ['sendMessage', 'b', undefined],
    ])
  })
})

const sentAs = (message_id: number) => ({ ok: true, result: { message_id } })

describe('media', () => {
  const url = 'https://example.com/a'
  it.each([
    ['image', { imageUrl: url, title: 'A' }, 'sendPhoto', { photo: url, caption: 'A', caption_entities: [] }],
    ['audio', { audioUrl: url }, 'sendAudio', { audio: url }],
    ['audio', { audioUrl: url, kind: 'voice' }, 'sendVoice', { voice: url }],
    ['video', { videoUrl: url }, 'sendVideo', { video: url }],
    ['video', { videoUrl: url, kind: 'animation' }, 'sendAnimation', { animation: url }],
    ['video', { videoUrl: url, kind: 'note' }, 'sendVideoNote', { video_note: url }],
    ['file', { fileUrl: url }, 'sendDocument', { document: url }],
    ['sticker', { fileId: 'CAAC', emoji: '👍' }, 'sendSticker', { sticker: 'CAAC', emoji: '👍' }],
    ['location', { latitude: 1.5, longitude: 2 }, 'sendLocation', { latitude: 1.5, longitude: 2 }],
    [
      'location',
      { latitude: 1.5, longitude: 2, title: 'Here', address: 'Main Street 1' },
      'sendVenue',
      { latitude: 1.5, longitude: 2, title: 'Here', address: 'Main Street 1' },
    ],
    [
      'contact',
      { phoneNumber: '+123', firstName: 'Ada', lastName: 'L' },
      'sendContact',
      { phone_number: '+123', first_name: 'Ada', last_name: 'L' },
    ],
  ])('%s %j becomes %s', async (type, payload, method, parameters) => {
    expect(await send({ type, payload })).toEqual([[method, parameters]])
  })

  it('that stands in its address is uploaded', async () => {
    const imageUrl = 'data:image/png;base64,aGVsbG8='
    expect(await send({ type: 'image', payload: { imageUrl } })).toEqual([
      ['sendPhoto', { photo: { name: 'file.png', content: 'hello' } }],
    ])
  })

  it('that Telegram cannot fetch is fetched by the bot, from public addresses alone', async () => {
    api.instead('sendDocument', refusal('failed to get HTTP URL content'))
    written = [{ type: 'file', payload: { fileUrl: `${api.url}/secret.docx` } }]
    await api.tell(fromAda({ text: 'go' }))
    await bot.running.idle()
    expect((await bot.running.deadLetters()).items).toMatchObject([{ code: 'address_refused' }])
    expect(api.calls.filter(({ method }) => method === '')).toEqual([])
  })

  it('that is no photo to Telegram goes as a file', async () => {
    api.instead('sendPhoto', refusal('PHOTO_INVALID_DIMENSIONS'))
    const calls = await send({ type: 'image', payload: { imageUrl: url } })
    expect(calls).toEqual([
      ['sendPhoto', { photo: url }],
      ['sendDocument', { document: url }],
    ])
  })

  it('with a long title has it below as a text', async () => {
    const title = 'long '.repeat(300).trim()
    const calls = await send({ type: 'image', payload: { imageUrl: url, title } })
    expect(calls).toEqual([
      ['sendPhoto', { photo: url }],
      ['sendMessage', { text: title }],
    ])
  })

  it('that somebody sent goes out again from what is kept', async () => {
    api.files.set('BQAC', { path: 'documents/file_1.pdf', content: 'a pdf', size: 5 })
    await api.tell(
      fromAda({
        document: { file_id: 'BQAC', file_unique_id: 'uBQAC', file_name: 'a.pdf', mime_type: 'application/pdf' },
      }),
    )
    await bot.running.idle()
    const fileUrl = String(bot.messages[0]?.payload['fileUrl'])
    const sent = [['sendDocument', { document: { name: 'a.pdf', content: 'a pdf' } }]]
    expect(await send({ type: 'file', payload: { fileUrl } })).toEqual(sent)
    // Or from what Telegram has, where nothing is kept.
    await bot.running.clientOf('telegram').deleteFile({ key: 'telegram/uBQAC' })
    expect((await send({ type: 'file', payload: { fileUrl } })).at(-1)).toEqual(sent[0])
  })

  it('that somebody else sent does not go out by an address that was not given out', async () => {
    api.files.set('BQAC', { path: 'documents/file_1.pdf', content: 'a pdf' })
    await api.tell(fromAda({ document: { file_id: 'BQAC', file_unique_id: 'uBQAC', mime_type: 'application/pdf' } }))
    await bot.running.idle()
    const fileUrl = String(bot.messages[0]?.payload['fileUrl']).replace(/files\/[\da-f]{64}/, `files/${'0'.repeat(64)}`)
    expect(await send({ type: 'file', payload: { fileUrl } })).toEqual([['sendDocument', { document: fileUrl }]])
  })

  it('of a bloc come one after another', async () => {
    const items = [
      { type: 'text', payload: { text: 'one' } },
      { type: 'markdown', payload: { markdown: '**two**' } },
      { type: 'image', payload: { imageUrl: url } },
    ]
    expect((await send({ type: 'bloc', payload: { items } })).map(([method]) => method)).toEqual([
      'sendMessage',
      'sendMessage',
      'sendPhoto',
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
    await expect.poll(() => api.called('sendMessage').length, { timeout: 10_000 }).toBe(1)
    grown.resolve()
    const calls = await sending
    expect(calls[0]).toEqual(['sendMessage', { text: 'Once' }])
    expect(calls.at(-1)).toEqual([
      'editMessageText',
      { message_id: 101, text: 'Once upon a time', entities: [{ type: 'bold', offset: 5, length: 4 }] },
    ])
    expect(calls.filter(([method]) => method === 'sendMessage')).toHaveLength(1)
  })

  it('goes anew if people have deleted what they saw of it', async () => {
    const grown = Promise.withResolvers<void>()
    async function* stream() {
      yield 'Once'
      await grown.promise
      yield ' more'
    }
    api.instead('editMessageText', refusal('message to edit not found'), refusal('message to edit not found'))
    const sending = send({ type: 'text', payload: {}, stream: stream() })
    await expect.poll(() => api.called('sendMessage').length, { timeout: 10_000 }).toBe(1)
    grown.resolve()
    expect((await sending).at(-1)).toEqual(['sendMessage', { text: 'Once more' }])
  })
})

describe('a group that has become a supergroup', () => {
  it('is written to under its new id, by the first message that Telegram refuses', async () => {
    api.instead('sendMessage', {
      ...refusal('group chat was upgraded to a supergroup chat'),
      parameters: { migrate_to_chat_id: -1009 },
    })
    await send({ type: 'text', payload: { text: 'one' } })
    expect(api.called('sendMessage').map(({ chat_id }) => chat_id)).toEqual([1111, -1009])
    const { items } = await bot.running.clientOf('telegram').listConversations()
    expect(items.map(({ tags }) => tags['id'])).toEqual(['-1009'])
  })
})

it('says nothing of the token anywhere', async () => {
  api.instead('sendMessage', refusal(`no such thing as ${token}`))
  written = [{ type: 'text', payload: { text: 'x' } }]
  await api.tell(fromAda({ text: 'go' }))
  await bot.running.idle()
  expect(await bot.written()).toContain('no such thing as')
  expect(await bot.written()).not.toContain(token)
})
