import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqliteStore, type Store } from 'plugboard/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failed, HttpApi } from './http-api.fixture.ts'
import { applicationId, command, type Doing, places } from './interactions.fixture.ts'
import { type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'

let api: HttpApi
let bot: SmallBot
beforeEach(async () => {
  api = await HttpApi.start()
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

/** Has the bot answer a command, and gives what Discord got. */
async function answer(written: readonly Written[], doing: Doing = {}): Promise<Record<string, unknown>[]> {
  bot = await smallBot({ apiUrl: api.url, answer: () => written })
  await bot.tell(command('say', [], doing))
  await bot.running.idle()
  expect((await bot.running.deadLetters()).items).toEqual([])
  return api.sent()
}
const one = async (type: string, payload: object): Promise<Record<string, unknown>> => {
  const sent = await answer([{ type, payload }])
  expect(sent).toHaveLength(1)
  return sent[0]!
}
const png = `data:image/png;base64,${Buffer.from('picture').toString('base64')}`

describe('what the bot says', () => {
  it('is shown as it is, and calls nobody but who is named', async () => {
    const text = '*not* bold_at_all `nor code`\n# no title\n1. no list https://example.com/a_b_c'
    expect(await one('text', { text })).toMatchObject({
      content: '\\*not\\* bold\\_at\\_all \\`nor code\\`\n\\# no title\n1\\. no list https://example.com/a_b_c',
      allowed_mentions: { parse: ['users'] },
    })
  })

  it('is formatted, where it is Markdown', async () => {
    expect((await one('markdown', { markdown: '**bold** [link](https://example.com)' }))['content']).toBe(
      '**bold** [link](https://example.com)',
    )
  })

  it('becomes several messages where it is long', async () => {
    const sent = await answer([{ type: 'text', payload: { text: `${'word '.repeat(700)}end` } }])
    expect(sent.map(({ content }) => String(content).length <= 2000)).toEqual([true, true])
    expect(sent.map(({ content }) => content).join(' ')).toBe(`${'word '.repeat(700)}end`)
    const [call] = api.called(/^POST /)
    expect(call?.route).toBe(`POST /channels/${places.channel.id}/messages`)
    expect(call?.body).toMatchObject({ nonce: expect.stringMatching(/^[\w-]{24}$/), enforce_nonce: true })
  })

  it('is a picture at its address', async () => {
    expect(await one('image', { imageUrl: 'https://example.com/a.png', title: 'A' })).toMatchObject({
      embeds: [{ title: 'A', image: { url: 'https://example.com/a.png' } }],
    })
  })

  it.each([
    ['image', { imageUrl: png, title: 'Look' }, { name: 'file.png', type: 'image/png', content: 'picture' }],
    [
      'audio',
      { audioUrl: 'data:audio/mpeg;base64,YQ==', title: 'Look' },
      { name: 'file.mp3', type: 'audio/mpeg', content: 'a' },
    ],
    [
      'video',
      { videoUrl: 'data:video/mp4;base64,YQ==', title: 'Look' },
      { name: 'file.mp4', type: 'video/mp4', content: 'a' },
    ],
    [
      'file',
      { fileUrl: 'data:text/plain;base64,YQ==', title: 'Look' },
      { name: 'file.txt', type: 'text/plain', content: 'a' },
    ],
  ])('is a file that is uploaded: %s', async (type, payload, file) => {
    expect(await one(type, payload)).toMatchObject({
      content: 'Look',
      attachments: [{ id: 0, filename: file.name }],
      files: [file],
    })
  })

  it('is the address of a file that cannot be fetched', async () => {
    const fileUrl = `${api.url}/file_one.pdf`
    expect(await one('file', { fileUrl, title: 'A_B' })).toMatchObject({ content: `A\\_B\n${fileUrl}` })
  })

  it('is a picture that another integration keeps for its visitor, though Discord could not fetch it', async () => {
    bot = await smallBot({
      apiUrl: api.url,
      answer: () => [{ type: 'image', payload: { imageUrl: `${bot.url}/webchat/files/4f9c` } }],
    })
    const file = { content: 'a secret', contentType: 'image/png', tags: { name: 'me.png' } }
    await bot.client.uploadFile({ key: 'webchat/4f9c', ...file })
    await bot.tell(command('say'))
    await bot.running.idle()
    expect(api.sent()).toMatchObject([{ files: [{ name: 'me.png', content: 'a secret' }] }])
  })

  it('is the address of a picture that nobody else reaches', async () => {
    const imageUrl = `${api.url}/a.png`
    expect(await one('image', { imageUrl, title: 'A' })).toMatchObject({ content: `A\n${imageUrl}` })
  })

  it('is a place, as a link', async () => {
    const { content } = await one('location', { latitude: 52.5, longitude: 13.4, title: 'Here', address: 'Street 1' })
    expect(content).toBe('**Here**\nStreet 1\nhttps://www.openstreetmap.org/?mlat=52.5&mlon=13.4#map=16/52.5/13.4')
  })

  it('is a card, with its buttons below', async () => {
    const actions = [
      { action: 'say', label: 'Yes', value: 'yes' },
      { action: 'url', label: 'Site', value: 'https://example.com' },
      { action: 'url', label: 'Mail', value: 'mailto:a@example.com' },
    ]
    const imageUrl = 'https://example.com/a.png'
    expect(await one('card', { title: 'Card', subtitle: 'Below', imageUrl, actions })).toMatchObject({
      content: '',
      embeds: [{ title: 'Card', description: 'Below\nMail: mailto:a@example.com', image: { url: imageUrl } }],
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: 1, label: 'Yes', custom_id: 's0:yes' },
            { type: 2, style: 5, label: 'Site', url: 'https://example.com' },
          ],
        },
      ],
    })
  })

  it('is a card whose picture stands in its address, which is uploaded before it', async () => {
    const sent = await answer([{ type: 'card', payload: { title: 'Card', imageUrl: png, actions: [] } }])
    expect(sent).toMatchObject([{ files: [{ content: 'picture' }] }, { embeds: [{ title: 'Card' }] }])
    expect(JSON.stringify(sent)).not.toContain('data:')
  })

  it('is several cards, each by itself', async () => {
    const items = ['A', 'B'].map((title) => ({ title, actions: [] }))
    const sent = await answer([{ type: 'carousel', payload: { items } }])
    expect(sent).toMatchObject([{ embeds: [{ title: 'A' }] }, { embeds: [{ title: 'B' }] }])
  })

  const options = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ label: `Option ${index}`, value: 'the same' }))
  const widths = (sent: Record<string, unknown>[], inside: (component: { options?: unknown[] }) => number = () => 1) =>
    sent.map(({ components }) =>
      (components as { components: { options?: unknown[] }[] }[]).map((row) =>
        row.components.reduce((sum, component) => sum + inside(component), 0),
      ),
    )

  it('is a choice, five buttons in a row and five rows to a message', async () => {
    const sent = await answer([{ type: 'choice', payload: { text: 'Choose', options: options(32) } }])
    expect(widths(sent)).toEqual([
      [5, 5, 5, 5, 5],
      [5, 2],
    ])
    expect(sent.map(({ content }) => content)).toEqual(['Choose', '…'])
  })

  it('is a list of at most 25 options, and several where there are more', async () => {
    const sent = await answer([{ type: 'dropdown', payload: { text: 'Choose', options: options(130) } }])
    expect(widths(sent, (component) => component.options?.length ?? 0)).toEqual([[25, 25, 25, 25, 25], [5]])
  })

  it('shortens what stands on buttons', async () => {
    const { components } = await one('choice', { text: 'Choose', options: [{ label: 'x'.repeat(100), value: 'x' }] })
    expect(JSON.stringify(components)).toContain(`"${'x'.repeat(79)}…"`)
  })

  it('is one thing after another', async () => {
    const items = [
      { type: 'text', payload: { text: 'One' } },
      { type: 'image', payload: { imageUrl: 'https://example.com/a.png' } },
    ]
    const sent = await answer([{ type: 'bloc', payload: { items } }])
    expect(sent).toMatchObject([{ content: 'One' }, { embeds: [{ image: { url: 'https://example.com/a.png' } }] }])
  })

  it('answers a message that it is tagged with', async () => {
    await answer([
      { type: 'text', payload: { text: 'One' } },
      { type: 'text', payload: { text: 'Two' }, tags: { replyTo: '99' } },
    ])
    expect(api.called(/^POST /)[0]?.body['message_reference']).toEqual({ message_id: '99', fail_if_not_exists: false })
  })

  it('grows while it is made', async () => {
    async function* words() {
      yield 'One'
      yield ' two'
    }
    await answer([{ type: 'text', payload: {}, stream: words() }])
    const written = api.called(/^PATCH |^POST /).map(({ body }) => body['content'])
    expect(written.at(-1)).toBe('One two')
    expect(api.sent()).toHaveLength(1)
  })
})

describe('what is answered', () => {
  it('is what a message is tagged with, or else what came first', async () => {
    bot = await smallBot({ apiUrl: api.url })
    const first = command('say', [], { id: '2001', token: 'first' })
    const second = command('say', [], { id: '2002', token: 'second' })
    await bot.tell(first)
    await bot.tell(second)
    await bot.running.idle()
    const { conversationId } = bot.messages[0]!
    const send = (text: string, tags = {}) => bot.say(conversationId, { type: 'text', payload: { text }, tags })
    await send('To the second', { interactionId: '2002' })
    await send('To the first')
    await send('To all')
    expect(api.sent().map(({ content }) => content)).toHaveLength(3)
    expect(api.called(/second\/messages\/@original/)[0]?.body['content']).toBe('To the second')
    expect(api.called(/first\/messages\/@original/)[0]?.body['content']).toBe('To the first')
    expect(api.called(/^POST /)[0]?.body['content']).toBe('To all')
  })

  it('are all of several commands that come at once', async () => {
    const store = await sqliteStore(join(await mkdtemp(join(tmpdir(), 'discord-')), 'bot.sqlite'))
    // Between what one of them reads and what it stores, the others come.
    const slow: Store = {
      ...store,
      getState: async (address) => {
        const found = await store.getState(address)
        await sleep(20)
        return found
      },
    }
    const answers = () => [{ type: 'text', payload: { text: 'Here' } }]
    bot = await smallBot({ apiUrl: api.url, answer: answers, start: { store: slow } })
    const tokens = ['one', 'two', 'three', 'four']
    await Promise.all(tokens.map((token) => bot.tell(command('say', [], { token }))))
    await bot.running.idle()
    const answered = api.called(/@original$/).map(({ route }) => route.split('/').at(-3))
    expect(new Set(answered)).toEqual(new Set(tokens))
    expect(api.called(/^POST /)).toEqual([])
  })

  it('by a token that is over goes to the channel', async () => {
    api.world.expired.add('over')
    await answer([{ type: 'text', payload: { text: 'Late' } }], { token: 'over' })
    expect(api.called(/^POST /)).toMatchObject([
      { route: `POST /channels/${places.channel.id}/messages`, body: { content: 'Late' } },
    ])
  })

  it('where somebody has deleted what showed that it comes, goes to the channel', async () => {
    api.instead(/@original$/, failed(404, 10_008, 'Unknown Message'))
    await answer([{ type: 'text', payload: { text: 'Here' } }])
    expect(api.called(/^POST /)).toMatchObject([{ body: { content: 'Here' } }])
  })

  it('where the bot is not, is all answered by the token', async () => {
    const text = { text: 'word '.repeat(500) }
    await answer([{ type: 'text', payload: text }], { isGuest: true, token: 'guest', place: 'dm' })
    expect(api.calls.slice(1).map(({ route }) => route)).toEqual([
      `PATCH /webhooks/${applicationId}/guest/messages/@original`,
      `POST /webhooks/${applicationId}/guest`,
    ])
  })

  it('is not there twice where only the answer of Discord was lost', async () => {
    bot = await smallBot({ apiUrl: api.url })
    await bot.tell(command('say'))
    await bot.running.idle()
    const { conversationId } = bot.messages[0]!
    const say = (text: string) => bot.say(conversationId, { type: 'text', payload: { text } })
    await say('One')
    api.instead(/^POST /, failed(500, 0, '500: Internal Server Error'))
    await say('Two')
    const nonces = api.called(/^POST /).map(({ body }) => body['nonce'])
    expect(nonces).toEqual([nonces[0], nonces[0]])
  })
})
