import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CloudApi } from './cloud-api.fixture.ts'
import { type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'
import { fromPerson, written as saying } from './told.fixture.ts'

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

describe('options', () => {
  const options = (...labels: readonly string[]) => labels.map((label) => ({ label, value: label.toLowerCase() }))
  const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } })

  it('up to three that are short are buttons', async () => {
    expect(await send({ type: 'choice', payload: { text: 'Tea?', options: options('Yes', 'No') } })).toEqual([
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Tea?' },
          action: { buttons: [reply('syes', 'Yes'), reply('sno', 'No')] },
        },
      },
    ])
  })

  it('up to ten, or long ones, or those of a dropdown are a list', async () => {
    const long = 'A label that is longer than a line of a list'
    const [ten, one, dropdown] = await send(
      { type: 'choice', payload: { text: 'Which?', options: options(...'abcdefghij') } },
      { type: 'choice', payload: { text: 'Which?', options: options(long) } },
      { type: 'dropdown', payload: { text: 'Which?', options: options('Yes') } },
    )
    const rowsOf = (sent: unknown) =>
      (sent as { interactive: { type: string; action: { sections: { rows: object[] }[] } } }).interactive.action
        .sections[0]?.rows
    expect(rowsOf(ten)).toHaveLength(10)
    expect(rowsOf(one)).toEqual([{ id: `s${long.toLowerCase()}`, title: 'A label that is longer…', description: long }])
    expect(rowsOf(dropdown)).toEqual([{ id: 'syes', title: 'Yes' }])
  })

  it('more than ten, or several of one value, are written out', async () => {
    const eleven = options(...'abcdefghijk')
    expect(await send({ type: 'choice', payload: { text: 'Which?', options: eleven } })).toEqual([
      text(['Which?', ...eleven.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n')),
    ])
    const same = [
      { label: 'One', value: 'x' },
      { label: 'Two', value: 'x' },
    ]
    expect(await send({ type: 'choice', payload: { text: 'Which?', options: same } })).toEqual([
      text('Which?\n1. One\n2. Two'),
    ])
  })

  it('have above them what fits, and before them what does not', async () => {
    const long = Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ')
    const sent = await send({ type: 'choice', payload: { text: long, options: options('Yes') } })
    expect(new Set(sent.map(({ type }) => type).slice(0, -1))).toEqual(new Set(['text']))
    const said = sent.map((one) => {
      const { text, interactive } = one as { text?: { body: string }; interactive?: { body: { text: string } } }
      return text?.body ?? interactive?.body.text
    })
    expect(said.join(' ')).toBe(long)
  })

  it('say their value when they are chosen, however long it is', async () => {
    const value = 'coffee '.repeat(50).trim()
    const choices = [{ label: 'Coffee', value }, ...options('Tea')]
    const [sent] = await send({ type: 'choice', payload: { text: 'Which?', options: choices } })
    const { buttons } = (sent as { interactive: { action: { buttons: { reply: { id: string; title: string } }[] } } })
      .interactive.action
    const [id] = [...api.marks.keys()]
    const press = (button_reply: object, by: string) =>
      fromPerson({ type: 'interactive', interactive: { type: 'button_reply', button_reply }, context: { id } }, by)
    await bot.tell(press(buttons[0]!.reply, 'wamid.p1'), press(buttons[1]!.reply, 'wamid.p2'))
    await bot.tell(
      fromPerson(
        { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'theirs', title: 'Else' } } },
        'wamid.p3',
      ),
    )
    expect(bot.messages.slice(1).map(({ payload, tags }) => [payload['text'], tags['buttonOf']])).toEqual([
      [value, id],
      ['tea', id],
      ['Else', undefined],
    ])
    expect(bot.events.map(({ payload, place }) => [payload, place])).toMatchObject([
      [{ value, action: 'say', title: 'Coffee', messageId: id }, { knowsMessage: true }],
      [{ value: 'tea', action: 'say', title: 'Tea' }, { knowsMessage: true }],
      [{ value: 'theirs', action: 'other', title: 'Else' }, { knowsMessage: false }],
    ])
  })
})

describe('a card', () => {
  const card = { title: 'Plugboard', subtitle: 'Bots', imageUrl: `${url}.png` }
  const go = { action: 'postback', label: 'Go', value: 'GO' }
  const read = { action: 'url', label: 'Read', value: 'https://example.com/' }
  const header = { type: 'image', image: { link: `${url}.png` } }

  it('has its buttons below its text and its picture above; links beside them are written out', async () => {
    expect(await send({ type: 'card', payload: { ...card, actions: [go, read] } })).toEqual([
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          header,
          body: { text: '*Plugboard*\nBots\nRead: https://example.com/' },
          action: { buttons: [{ type: 'reply', reply: { id: 'pGO', title: 'Go' } }] },
        },
      },
    ])
  })

  it('with one link alone has a button that opens it', async () => {
    expect(await send({ type: 'card', payload: { ...card, actions: [read] } })).toEqual([
      {
        type: 'interactive',
        interactive: {
          type: 'cta_url',
          header,
          body: { text: '*Plugboard*\nBots' },
          action: { name: 'cta_url', parameters: { display_text: 'Read', url: 'https://example.com/' } },
        },
      },
    ])
  })

  it('without actions is a picture with a text, or a text', async () => {
    const sent = await send({
      type: 'carousel',
      payload: {
        items: [
          { ...card, actions: [] },
          { title: 'Plain', actions: [] },
        ],
      },
    })
    expect(sent).toEqual([
      { type: 'image', image: { link: `${url}.png`, caption: '*Plugboard*\nBots' } },
      text('*Plain*'),
    ])
  })

  it('with more than three buttons is a picture and a list', async () => {
    const actions = [1, 2, 3, 4].map((value) => ({ action: 'say', label: `${value}`, value: `${value}` }))
    const sent = await send({ type: 'card', payload: { ...card, actions } })
    expect(sent.map((one) => (one['interactive'] as { type: string } | undefined)?.type ?? one['type'])).toEqual([
      'image',
      'list',
    ])
  })
})
