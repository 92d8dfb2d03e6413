import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi } from './bot-api.fixture.ts'
import { fromAda, type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot
let said: string
let place: { conversationId: string }
let answered: string
beforeEach(async () => {
  api = await BotApi.start()
  bot = await smallBot({
    apiUrl: api.url,
    answer: () => [{ type: 'text', payload: { text: `${'a'.repeat(4096)}b` } }],
  })
  await api.tell(fromAda({ text: 'hello' }, 12))
  await bot.running.idle()
  const client = bot.running.clientOf('telegram')
  const [conversation] = (await client.listConversations()).items
  place = { conversationId: conversation!.id }
  const messages = (await client.listMessages({ conversationId: conversation!.id })).items
  said = messages.find(({ direction }) => direction === 'incoming')!.id
  answered = messages.find(({ direction }) => direction === 'outgoing')!.id
  api.calls.splice(0)
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const act = (name: string, input: object): Promise<unknown> => bot.actions[name]!(input)

describe('what can be done in Telegram', () => {
  it('reacts to a message, and takes that reaction back alone', async () => {
    await act('addReaction', { ...place, messageId: said, reaction: '❤️' })
    await act('removeReaction', { ...place, messageId: said, reaction: '🎉' })
    await act('removeReaction', { ...place, messageId: said, reaction: '❤️' })
    expect(api.called('setMessageReaction')).toEqual([
      // Telegram writes it without what makes it red elsewhere.
      { chat_id: 1111, message_id: 12, reaction: [{ type: 'emoji', emoji: '❤' }] },
      { chat_id: 1111, message_id: 12, reaction: [] },
    ])
  })

  it('changes what the bot has sent, with formats or without; the same text again is no failure', async () => {
    const bold = [{ type: 'bold', offset: 0, length: 3 }]
    await act('editMarkdown', { messageId: answered, markdown: '**new**' })
    await act('editMarkdown', { messageId: answered, markdown: '**new**' })
    await act('editMessage', { ...place, messageId: answered, text: '**new**' })
    const edited = { chat_id: 1111, message_id: 101 }
    expect(api.called('editMessageText')).toEqual([
      { ...edited, text: 'new', entities: bold },
      { ...edited, text: 'new', entities: bold },
      { ...edited, text: '**new**' },
    ])
    await expect(act('editMarkdown', { messageId: said, markdown: 'never' })).rejects.toMatchObject({
      code: 'vendor_refused',
    })
  })

  it('takes parts away that are too many, sends those that are too few, and knows them afterwards', async () => {
    await act('editMarkdown', { messageId: answered, markdown: 'short' })
    expect(api.called('deleteMessage')).toEqual([{ chat_id: 1111, message_id: 102 }])
    await act('editMessage', { ...place, messageId: answered, text: `${'c'.repeat(4096)}d` })
    expect(api.called('sendMessage')).toEqual([{ chat_id: 1111, text: 'd' }])
    api.calls.splice(0)
    await act('deleteMessage', { ...place, messageId: answered })
    expect(api.called('deleteMessage').map(({ message_id }) => message_id)).toEqual([101, 103])
  })

  it('changes what stands below a picture, and nothing that people have deleted', async () => {
    const no = (description: string) => ({ error_code: 400, description: `Bad Request: ${description}` })
    api.instead('editMessageText', no('there is no text in the message to edit'), no('message to edit not found'))
    await act('editMarkdown', { messageId: answered, markdown: '**new**' })
    expect(api.called('editMessageCaption')).toEqual([
      { chat_id: 1111, message_id: 101, caption: 'new', caption_entities: [{ type: 'bold', offset: 0, length: 3 }] },
    ])
    await expect(act('editMarkdown', { messageId: answered, markdown: 'gone' })).rejects.toMatchObject({
      code: 'vendor_refused',
    })
    expect(api.called('sendMessage')).toEqual([])
  })

  it('calls whatever the Bot API has, and not what is for the integration to say', async () => {
    const parameters = { chat_id: 1111, question: 'Tea?', options: [{ text: 'Yes' }, { text: 'No' }] }
    expect(await act('callApi', { method: 'sendPoll', parameters })).toMatchObject({ result: { message_id: 103 } })
    expect(api.calls).toEqual([{ method: 'sendPoll', parameters }])
    for (const method of ['setWebhook', 'getUpdates', '../getMe', 'toString2'])
      await expect(act('callApi', { method })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(act('callApi', { method: 'noSuchThing' })).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('says which commands there are', async () => {
    const commands = [{ command: 'start', description: 'Begin' }]
    await act('setCommands', { commands })
    expect(api.called('setMyCommands')).toEqual([{ commands }])
  })

  it('shows that an answer is being written', async () => {
    const { items } = await bot.running.clientOf('telegram').listConversations()
    const input = { conversationId: items[0]!.id, messageId: said }
    await act('startTypingIndicator', input)
    await act('stopTypingIndicator', input)
    expect(api.calls).toEqual([{ method: 'sendChatAction', parameters: { chat_id: 1111, action: 'typing' } }])
  })
})

describe('people and chats of which nothing has come', () => {
  it('are found by what Telegram calls them, and stay the same when they write', async () => {
    const first = await act('getOrCreateUser', { user: { id: '1111' } })
    expect(await act('getOrCreateUser', { user: { id: '1111' } })).toEqual(first)
    const { items } = await bot.running.clientOf('telegram').listUsers()
    expect(items.map(({ id }) => ({ userId: id }))).toEqual([first])
    const { items: conversations } = await bot.running.clientOf('telegram').listConversations()
    for (const chatId of ['1111', '@plugs'])
      expect(await act('getOrCreateConversation', { conversation: { chatId } })).toEqual({
        conversationId: conversations[0]!.id,
      })
  })

  it('are topics too, where a group has some', async () => {
    const conversation = { chatId: '-1002', threadId: '45' }
    const { conversationId } = (await act('getOrCreateConversation', { conversation })) as { conversationId: string }
    const { conversation: made } = await bot.running.clientOf('telegram').getConversation({ id: conversationId })
    expect([made.channel, made.tags]).toMatchObject(['group', { id: '-1002/45', title: 'Plugs' }])
    await expect(
      act('getOrCreateConversation', { conversation: { chatId: '1111', threadId: '45' } }),
    ).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('are refused if Telegram does not know them, or they are no people, and nothing is made', async () => {
    await expect(act('getOrCreateUser', { user: { id: '404' } })).rejects.toMatchObject({ code: 'vendor_refused' })
    await expect(act('getOrCreateConversation', { conversation: { chatId: '-404' } })).rejects.toMatchObject({
      code: 'vendor_refused',
    })
    const client = bot.running.clientOf('telegram')
    expect([(await client.listUsers()).items.length, (await client.listConversations()).items.length]).toEqual([1, 1])
  })
})
