import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HttpApi } from './http-api.fixture.ts'
import { ada, bob, command, filledIn, places, pressed, text } from './interactions.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: HttpApi
let bot: SmallBot
beforeEach(async () => {
  api = await HttpApi.start()
  bot = await smallBot({ apiUrl: api.url })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const tell = async (interaction: object): Promise<unknown> => {
  const answer = await bot.tell(interaction)
  await bot.running.idle()
  return answer
}

describe('a command', () => {
  it('comes as an event and as a text, from whoever and wherever it is', async () => {
    await tell(command('remind', [text('what', 'tea'), { name: 'minutes', type: 4, value: 5 }], { id: '1300' }))
    expect(bot.events).toEqual([
      {
        type: 'discord:commandReceived',
        payload: {
          command: 'remind',
          kind: 'slash',
          path: [],
          options: { what: 'tea', minutes: 5 },
          interactionId: '1300',
        },
        place: { conversation: places.channel.id, user: ada.id, knowsMessage: false },
      },
    ])
    expect(bot.messages).toMatchObject([
      {
        type: 'text',
        payload: { text: '/remind tea 5' },
        tags: { interactionId: '1300' },
        conversation: { channel: 'channel', id: places.channel.id, guildId: places.channel.guild_id, title: 'general' },
        user: { name: 'Ada Lovelace', id: ada.id, username: 'ada', language: 'en-GB' },
      },
    ])
  })

  it('has its subcommands, and what was filled in below them', async () => {
    const subcommand = { name: 'set', type: 1, options: [text('key', 'a'), { name: 'on', type: 5, value: true }] }
    await tell(command('config', [{ name: 'admin', type: 2, options: [subcommand] }]))
    expect(bot.events[0]?.payload).toMatchObject({ path: ['admin', 'set'], options: { key: 'a', on: true } })
    expect(bot.messages[0]?.payload).toEqual({ text: '/config admin set a true' })
  })

  it('mentions in its text whoever and whatever was chosen', async () => {
    const chosen = [6, 7, 8, 9].map((type) => ({ name: `option${type}`, type, value: `${type}00` }))
    await tell(command('ask', chosen))
    expect(bot.messages[0]?.payload).toEqual({ text: '/ask <@600> <#700> <@&800> 900' })
    expect(bot.events[0]?.payload).toMatchObject({ options: { option6: '600', option8: '800' } })
  })

  it('brings files along', async () => {
    const file = (id: string, filename: string, content_type: string) => ({
      id,
      filename,
      content_type,
      size: 5,
      url: `https://cdn.discordapp.com/ephemeral-attachments/1/${id}/${filename}?ex=1`,
      proxy_url: 'https://media.discordapp.net/x',
    })
    const attachments = { 1: file('1', 'a.png', 'image/png'), 2: file('2', 'b.pdf', 'application/pdf') }
    const options = [1, 2].map((id) => ({ name: `file${id}`, type: 11, value: `${id}` }))
    await tell(command('read', options, {}, { resolved: { attachments } }))
    expect(bot.messages.map(({ type, payload, tags }) => ({ type, payload, file: tags['attachmentId'] }))).toEqual([
      { type: 'text', payload: { text: '/read' }, file: undefined },
      { type: 'image', payload: { imageUrl: attachments[1].url, title: 'a.png' }, file: '1' },
      { type: 'file', payload: { fileUrl: attachments[2].url, title: 'b.pdf' }, file: '2' },
    ])
  })

  it('in the menu of a message has what that says', async () => {
    const resolved = { messages: { 77: { id: '77', content: 'the text' } } }
    await tell(command('Explain', [], {}, { type: 3, target_id: '77', resolved, options: undefined }))
    expect(bot.events[0]?.payload).toMatchObject({ kind: 'message', targetId: '77', targetText: 'the text' })
  })

  it.each([
    ['dm', { channel: 'dm', id: places.dm.id, person: ada.id }],
    ['thread', { channel: 'thread', id: places.thread.id, parentId: places.channel.id, title: 'a thread' }],
  ] as const)('in a %s is in a conversation of its own', async (place, conversation) => {
    await tell(command('say', [], { place }))
    expect(bot.messages[0]?.conversation).toMatchObject(conversation)
  })

  it('can be an event alone', async () => {
    await bot[Symbol.asyncDispose]()
    bot = await smallBot({ apiUrl: api.url, configuration: { commandsAsMessages: false } })
    await tell(command('say'))
    expect([bot.events.length, bot.messages.length]).toEqual([1, 0])
  })
})

describe('a press', () => {
  const conversation = async () => {
    await tell(command('say'))
    return bot.messages[0]!.conversationId
  }
  /** Sends a message, and gives what Discord is given of its buttons and what it calls it. */
  const send = async (type: string, payload: object) => {
    const conversationId = await conversation()
    const sent = await bot.client.getMessage({ id: await bot.say(conversationId, { type, payload }) })
    const rows = api.sent().at(-1)!['components'] as {
      components: { custom_id: string; options?: { value: string }[] }[]
    }[]
    return { id: sent.message.tags['id']!, components: rows.flatMap(({ components }) => components) }
  }

  it('says what the button was given, however long that is', async () => {
    const long = 'long '.repeat(100)
    const options = [
      { label: 'Short', value: 'short' },
      { label: 'Long', value: long },
    ]
    const { id, components } = await send('choice', { text: 'Choose', options })
    expect(await tell(pressed(components[0]!.custom_id, id))).toEqual({ type: 6 })
    await tell(pressed(components[1]!.custom_id, id, { user: bob }))
    expect(bot.messages.slice(1).map(({ payload, tags }) => [payload, tags['buttonOf']])).toEqual([
      [{ text: 'short' }, id],
      [{ text: long }, id],
    ])
    expect(bot.events.slice(1)).toMatchObject([
      { payload: { action: 'say', value: 'short', messageId: id }, place: { user: ada.id, knowsMessage: true } },
      { payload: { action: 'say', value: long, messageId: id }, place: { user: bob.id, knowsMessage: true } },
    ])
  })

  it('chooses from a list', async () => {
    const { id, components } = await send('dropdown', { text: 'Choose', options: [{ label: 'One', value: '1' }] })
    const [list] = components
    await tell(pressed(list!.custom_id, id, {}, [list!.options![0]!.value]))
    expect(bot.messages[1]?.payload).toEqual({ text: '1' })
  })

  it('of a postback is no text', async () => {
    const actions = [{ action: 'postback', label: 'More', value: 'more' }]
    const { id, components } = await send('card', { title: 'Card', actions })
    await tell(pressed(components[0]!.custom_id, id))
    expect(bot.messages).toHaveLength(1)
    expect(bot.events[1]).toMatchObject({ payload: { action: 'postback', value: 'more' } })
  })

  it('of a button that was not made here is told as it is', async () => {
    await tell(pressed('own:17', '55'))
    expect(bot.events).toMatchObject([
      { payload: { action: 'other', value: 'own:17', messageId: '55' }, place: { knowsMessage: false } },
    ])
    expect(bot.messages).toEqual([])
  })

  it('opens a form, which comes filled in', async () => {
    const fields = [
      { name: 'mail', label: 'E-mail' },
      { name: 'why', label: 'Why', isLong: true, isOptional: true },
    ]
    const payload = { text: 'Join us', label: 'Join', name: 'join', title: 'Join', fields }
    const { id, components } = await send('form', payload)
    expect(await tell(pressed(components[0]!.custom_id, id))).toEqual({
      type: 9,
      data: {
        custom_id: 'join',
        title: 'Join',
        components: [
          { type: 18, label: 'E-mail', component: { type: 4, custom_id: 'mail', style: 1, required: true } },
          { type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 2, required: false } },
        ],
      },
    })
    const filled = [
      { type: 18, id: 1, component: { type: 4, id: 2, custom_id: 'mail', value: 'ada@example.com' } },
      { type: 1, id: 3, components: [{ type: 4, id: 4, custom_id: 'why', value: '' }] },
    ]
    expect(await tell(filledIn('join', filled, {}, id))).toEqual({ type: 6 })
    expect(bot.events.slice(1)).toMatchObject([
      {
        type: 'discord:formSubmitted',
        payload: { name: 'join', fields: { mail: 'ada@example.com', why: '' }, messageId: id },
        place: { knowsMessage: true },
      },
    ])
  })

  it('of a form without a message is to be answered', async () => {
    expect(await tell(filledIn('join', []))).toEqual({ type: 5 })
  })
})
