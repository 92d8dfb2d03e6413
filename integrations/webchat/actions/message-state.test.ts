import { describe, expect, it } from 'vitest'
import { serveSmallBot } from '../small-bot.fixture.ts'
import { Visitor } from '../visitor.fixture.ts'

/** A visitor who has said something and was answered. */
async function answered() {
  const bot = await serveSmallBot()
  const ada = await Visitor.at(bot.url)
  const { conversationId } = await ada.say('hello', 'mine')
  await bot.running.idle()
  const [own, answer] = (await ada.history()).messages
  return {
    bot,
    ada,
    conversationId,
    /** The message of the visitor, and that of the bot. */
    own: { conversationId, messageId: own?.id ?? '' },
    answer: { conversationId, messageId: answer?.id ?? '' },
    messages: async () => (await ada.history()).messages,
    [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose](),
  }
}
const codeOf = async (response: Response): Promise<unknown[]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
]

describe('what the bot does to messages', () => {
  it('is seen at once, and by whoever comes later', async () => {
    await using chat = await answered()
    const { bot, answer, own } = chat
    await using watched = await chat.ada.watch()
    await bot.actions.editMessage({ ...answer, text: 'Good day.' })
    await expect
      .poll(() => watched.of('change').at(-1))
      .toMatchObject({
        id: answer.messageId,
        type: 'text',
        payload: { text: 'Good day.' },
        edited: true,
      })
    await bot.actions.addReaction({ ...own, reaction: '👍' })
    await expect
      .poll(() => watched.of('change').at(-1))
      .toMatchObject({
        id: own.messageId,
        clientMessageId: 'mine',
        reactions: [{ from: 'bot', reaction: '👍' }],
      })
    await bot.actions.markMessageAsRead(own)
    await expect.poll(() => watched.of('change').at(-1)).toMatchObject({ id: own.messageId, read: true })
    await bot.actions.removeReaction({ ...own, reaction: '👍' })
    await bot.actions.deleteMessage(answer)
    await expect
      .poll(() => watched.of('change').at(-1))
      .toMatchObject({
        id: answer.messageId,
        payload: {},
        deleted: true,
      })
    expect(await chat.messages()).toEqual([
      expect.objectContaining({ id: own.messageId, payload: { text: 'hello' }, read: true }),
      expect.objectContaining({ id: answer.messageId, payload: {}, deleted: true }),
    ])
    expect((await chat.messages())[0]).not.toHaveProperty('reactions')
    await using late = await chat.ada.watch('', (await chat.ada.history()).position)
    await expect.poll(() => late.of('change').map(({ id }) => id)).toEqual([own.messageId, answer.messageId])
  })

  it('can be done again, and changes nothing then', async () => {
    await using chat = await answered()
    const { bot, answer } = chat
    for (let count = 0; count < 2; count += 1) {
      await bot.actions.editMessage({ ...answer, text: 'Good day.' })
      await bot.actions.addReaction({ ...answer, reaction: '🎉' })
      expect((await chat.messages())[1]).toMatchObject({
        payload: { text: 'Good day.' },
        reactions: [{ from: 'bot', reaction: '🎉' }],
      })
    }
    for (let count = 0; count < 2; count += 1) await bot.actions.deleteMessage(answer)
    expect((await chat.messages())[1]).toMatchObject({ deleted: true })
  })

  it('keeps texts of any length and script, also where one is shorter than the one before', async () => {
    await using chat = await answered()
    for (const text of ['👩‍👩‍👧 '.repeat(2000), 'a', '\u0000b'.replace('\u0000', ''), 'é'.repeat(1500)]) {
      await chat.bot.actions.editMessage({ ...chat.answer, text })
      expect((await chat.messages())[1]?.payload).toEqual({ text })
    }
  })

  it('is refused for what there is not, and for what is not the bot’s', async () => {
    await using chat = await answered()
    const { bot, own, answer, conversationId } = chat
    const eve = await Visitor.at(bot.url)
    const other = await eve.say('choose')
    await bot.running.idle()
    const [, choice] = (await eve.history()).messages
    const refused = { code: 'vendor_refused' }
    const { actions } = bot
    await expect(actions.editMessage({ ...own, text: 'x' })).rejects.toMatchObject(refused)
    await expect(actions.deleteMessage(own)).rejects.toMatchObject(refused)
    await expect(actions.markMessageAsRead(answer)).rejects.toMatchObject(refused)
    await expect(actions.deleteMessage({ conversationId, messageId: 'nothing' })).rejects.toMatchObject(refused)
    await expect(actions.deleteMessage({ ...answer, conversationId: 'nowhere' })).rejects.toMatchObject(refused)
    await expect(actions.deleteMessage({ ...answer, conversationId: other.conversationId })).rejects.toMatchObject(
      refused,
    )
    await expect(
      actions.editMessage({ conversationId: other.conversationId, messageId: choice?.id ?? '', text: 'x' }),
    ).rejects.toMatchObject(refused)
    await actions.deleteMessage(answer)
    await expect(actions.editMessage({ ...answer, text: 'x' })).rejects.toMatchObject(refused)
  })
})

describe('what a visitor does to messages', () => {
  it('is told to the bot, each thing once', async () => {
    await using chat = await answered()
    const { ada, bot, own, answer, conversationId } = chat
    const userId = ada.token?.split('.')[0]
    const twice = async (work: () => Promise<Response>): Promise<void> => {
      expect([(await work()).status, (await work()).status]).toEqual([204, 204])
    }
    await twice(() => ada.send('POST', `messages/${answer.messageId}/reactions`, { reaction: '❤️' }))
    await twice(() => ada.send('POST', `messages/${answer.messageId}/reactions`, { reaction: '❤️', given: false }))
    await twice(() => ada.send('PATCH', `messages/${own.messageId}`, { text: 'hello again' }))
    await twice(() => ada.send('DELETE', `messages/${own.messageId}`))
    await twice(() => ada.send('POST', 'receipts', { messageId: answer.messageId, what: 'delivered' }))
    await twice(() => ada.send('POST', 'receipts', { messageId: answer.messageId, what: 'read' }))
    await twice(() => ada.send('POST', 'receipts', { messageId: answer.messageId, what: 'delivered' }))
    await bot.running.idle()
    expect(bot.heard).toEqual([
      { type: 'webchat:reactionAdded', payload: { ...answer, userId, reaction: '❤️' } },
      { type: 'webchat:reactionRemoved', payload: { ...answer, userId, reaction: '❤️' } },
      { type: 'webchat:messageEdited', payload: { ...own, text: 'hello again' } },
      { type: 'webchat:messageDeleted', payload: own },
      { type: 'webchat:messageDelivered', payload: { conversationId, messageId: answer.messageId } },
      { type: 'webchat:messageRead', payload: { conversationId, messageId: answer.messageId } },
    ])
  })

  it('is seen in their other windows', async () => {
    await using chat = await answered()
    await using watched = await chat.ada.watch()
    await chat.ada.send('PATCH', `messages/${chat.own.messageId}`, { text: 'hello again' })
    await expect
      .poll(() => watched.of('change').at(-1))
      .toMatchObject({ payload: { text: 'hello again' }, edited: true })
    await chat.ada.send('POST', `messages/${chat.answer.messageId}/reactions`, { reaction: '👍' })
    await expect
      .poll(() => watched.of('change').at(-1))
      .toMatchObject({ reactions: [{ from: 'visitor', reaction: '👍' }] })
  })

  it('is refused where it makes no sense', async () => {
    await using chat = await answered()
    const { ada, own, answer } = chat
    const react = (reaction: unknown) => ada.send('POST', `messages/${answer.messageId}/reactions`, { reaction })
    expect(await codeOf(await react('no emoji'))).toEqual([400, 'request_invalid'])
    expect(await codeOf(await react('<b>'))).toEqual([400, 'request_invalid'])
    expect(await codeOf(await ada.send('PATCH', `messages/${answer.messageId}`, { text: 'x' }))).toEqual([
      409,
      'message_not_own',
    ])
    expect(await codeOf(await ada.send('DELETE', `messages/${answer.messageId}`))).toEqual([409, 'message_not_own'])
    expect(await codeOf(await ada.send('PATCH', `messages/${own.messageId}`, { text: ' ' }))).toEqual([
      400,
      'request_invalid',
    ])
    expect(await codeOf(await ada.send('POST', 'receipts', { messageId: own.messageId, what: 'read' }))).toEqual([
      409,
      'message_own',
    ])
    await ada.send('DELETE', `messages/${own.messageId}`)
    expect(await codeOf(await ada.send('PATCH', `messages/${own.messageId}`, { text: 'x' }))).toEqual([
      409,
      'message_deleted',
    ])
  })

  it('takes the mark of a conversation away once it was read', async () => {
    await using chat = await answered()
    const unread = async () =>
      (
        (await (await chat.ada.ask('conversations')).json()) as { conversations: { unread: boolean }[] }
      ).conversations.map((one) => one.unread)
    expect(await unread()).toEqual([true])
    await chat.ada.send('POST', 'receipts', { messageId: chat.answer.messageId, what: 'read' })
    expect(await unread()).toEqual([false])
    await chat.ada.say('more')
    await chat.bot.running.idle()
    expect(await unread()).toEqual([true])
  })
})
