import { type Chat, type ChatHistory, type ChatMessage, connect } from '@plugboard/webchat/client'
import { describe, expect, it } from 'vitest'
import { identityFor } from '../identity.fixture.ts'
import { serveSmallBot, slowly, type SmallBotOptions } from '../small-bot.fixture.ts'

const identitySecret = 'a secret of the site, of some length'

/** A client, and all that it tells. */
function listened(chat: Chat) {
  const told: { opened: ChatHistory[]; messages: ChatMessage[]; drafts: ChatMessage[]; changes: ChatMessage[] } = {
    opened: [],
    messages: [],
    drafts: [],
    changes: [],
  }
  const states: string[] = []
  const typing: boolean[] = []
  const elsewhere: string[] = []
  chat.on('opened', (history) => told.opened.push(history))
  chat.on('message', (message) => told.messages.push(message))
  chat.on('draft', (message) => told.drafts.push(message))
  chat.on('change', (message) => told.changes.push(message))
  chat.on('state', (state) => states.push(state))
  chat.on('typing', (isTyping) => typing.push(isTyping))
  chat.on('conversation', (id) => elsewhere.push(id))
  return {
    chat,
    ...told,
    states,
    typing,
    elsewhere,
    texts: () => told.messages.map(({ from, payload }) => `${from}: ${(payload as { text: string }).text}`),
    connected: async () => {
      await expect.poll(() => chat.state).toBe('connected')
    },
  }
}

async function chatting(options: SmallBotOptions = {}) {
  const bot = await serveSmallBot(options)
  const chats: Chat[] = []
  const join = (given: Partial<Parameters<typeof connect>[0]> = {}) => {
    const chat = connect({ url: bot.url, ...given })
    chats.push(chat)
    return listened(chat)
  }
  return {
    bot,
    join,
    async [Symbol.asyncDispose]() {
      for (const chat of chats) chat.close()
      await bot[Symbol.asyncDispose]()
    },
  }
}
/** What keeps a session for another client. */
function kept() {
  let value: string | null = null
  return { get: () => value, set: (next: string | null) => void (value = next) }
}

describe('the client', () => {
  it('says something, and tells what comes, each once', async () => {
    await using place = await chatting()
    const ada = place.join()
    await ada.connected()
    expect(ada.opened).toEqual([{ conversationId: null, messages: [], hasEarlier: false, position: '.' }])
    expect(ada.chat.conversationId).toBeUndefined()
    await ada.chat.send('hello')
    await expect.poll(ada.texts).toEqual(['visitor: hello', 'bot: You said: hello'])
    expect(ada.chat.conversationId).toEqual(expect.any(String))
    const off = ada.chat.on('message', () => {
      throw new Error('heard after it was ended')
    })
    off()
    await ada.chat.send('more', { clientMessageId: 'same' })
    await ada.chat.send('more', { clientMessageId: 'same' })
    await expect.poll(ada.texts).toHaveLength(4)
  })

  it('goes on where it was, and reads earlier messages part by part', async () => {
    await using place = await chatting()
    const storage = kept()
    const ada = place.join({ storage })
    await ada.connected()
    for (const text of ['one', 'two', 'three']) await ada.chat.send(text)
    await expect.poll(ada.texts).toHaveLength(6)
    ada.chat.close()
    const later = place.join({ storage })
    await later.connected()
    const [opened] = later.opened
    expect(opened?.messages).toHaveLength(6)
    const latest = await later.chat.history({ limit: 2 })
    expect([latest.messages.length, latest.hasEarlier]).toEqual([2, true])
    const before = await later.chat.history({ before: latest.messages[0]?.id ?? '', limit: 500 })
    expect([...before.messages, ...latest.messages]).toEqual(opened?.messages)
  })

  it('comes back by itself, and tells what it missed once', async () => {
    await using place = await chatting()
    const ada = place.join()
    await ada.connected()
    await ada.chat.send('one')
    await expect.poll(ada.texts).toHaveLength(2)
    await place.bot.pauseServing()
    await expect.poll(() => ada.chat.state).toBe('offline')
    await expect(ada.chat.send('lost')).rejects.toMatchObject({ code: 'unreachable', status: 0 })
    await place.bot.write(ada.chat.conversationId ?? '', 'meanwhile')
    await place.bot.serveAgain()
    ada.chat.retry()
    await ada.connected()
    await expect.poll(ada.texts).toEqual(['visitor: one', 'bot: You said: one', 'bot: meanwhile'])
    expect(ada.opened).toHaveLength(1)
  })

  it('tells what is being made, and who is writing', async () => {
    const parts = slowly()
    await using place = await chatting({ parts })
    const ada = place.join()
    await ada.connected()
    await ada.chat.send('slowly')
    parts.write('Good')
    await expect.poll(() => ada.drafts.at(-1)?.payload).toEqual({ text: 'Good' })
    parts.write(' day')
    parts.end()
    await expect.poll(ada.texts).toEqual(['visitor: slowly', 'bot: Good day'])
    const [{ id: messageId } = { id: '' }] = ada.messages
    const conversationId = ada.chat.conversationId ?? ''
    await place.bot.actions.startTypingIndicator({ conversationId, messageId })
    await expect.poll(() => ada.typing).toEqual([true])
    await place.bot.write(conversationId, 'There')
    await expect.poll(() => ada.typing).toEqual([true, false])
    ada.chat.typing(true)
    ada.chat.typing(true)
    ada.chat.typing(false)
    ada.chat.typing(false)
    const typed = () => place.bot.heard.filter(({ type }) => type === 'webchat:visitorTyping')
    await expect
      .poll(() => typed().map(({ payload }) => (payload as { typing: boolean }).typing))
      .toEqual([true, false])
  })

  it('begins, lists and opens conversations', async () => {
    await using place = await chatting()
    const ada = place.join()
    await ada.connected()
    await ada.chat.send('first')
    await expect.poll(ada.texts).toHaveLength(2)
    const first = ada.chat.conversationId ?? ''
    await ada.chat.begin()
    await expect.poll(() => ada.opened.length).toBe(2)
    await ada.connected()
    const second = ada.chat.conversationId ?? ''
    await ada.chat.send('second')
    await expect.poll(ada.texts).toHaveLength(4)
    await place.bot.write(first, 'elsewhere')
    await expect.poll(() => ada.elsewhere).toEqual([first])
    const listed = await ada.chat.conversations()
    expect(listed.map(({ id, title }) => [id, title])).toEqual([
      [second, 'second'],
      [first, 'first'],
    ])
    ada.chat.open(first)
    await expect.poll(() => ada.opened.at(-1)?.messages).toHaveLength(3)
    const stranger = place.join({ conversationId: first })
    await stranger.connected()
    expect(stranger.opened.at(-1)).toMatchObject({ conversationId: null })
  })

  it('sends and reads files, and changes messages', async () => {
    await using place = await chatting()
    const ada = place.join()
    await ada.connected()
    await ada.chat.sendFile(new Blob(['a note'], { type: 'text/plain' }), { name: 'note.txt' })
    await expect.poll(() => ada.messages).toHaveLength(1)
    const [file] = ada.messages
    const { fileUrl = '' } = (file?.payload ?? {}) as { fileUrl?: string }
    expect(await (await ada.chat.file(fileUrl)).text()).toBe('a note')
    await expect(ada.chat.file('https://example.com/x')).rejects.toMatchObject({ code: 'file_unknown' })
    await expect(ada.chat.sendFile(new Blob(['x']), { name: 'x' })).rejects.toMatchObject({
      code: 'file_type_refused',
      status: 415,
    })
    await ada.chat.send('hello')
    await expect.poll(() => ada.messages).toHaveLength(3)
    const [, own, answer] = ada.messages.map(({ id }) => id)
    await ada.chat.edit(own ?? '', 'hello again')
    await ada.chat.react(answer ?? '', '👍')
    await ada.chat.remove(file?.id ?? '')
    ada.chat.receipt(answer ?? '', 'read')
    await expect
      .poll(() =>
        ada.changes.map(({ id, edited, deleted, read, reactions }) => ({ id, edited, deleted, read, reactions })),
      )
      .toEqual(
        expect.arrayContaining([
          { id: own, edited: true },
          { id: answer, reactions: [{ from: 'visitor', reaction: '👍' }] },
          { id: file?.id, deleted: true },
          { id: answer, read: true, reactions: [{ from: 'visitor', reaction: '👍' }] },
        ]),
      )
    await expect(ada.chat.edit(answer ?? '', 'x')).rejects.toMatchObject({ code: 'message_not_own', status: 409 })
  })

  it('is whom the site vouches for, and nobody that was here before', async () => {
    await using place = await chatting({ configuration: { identitySecret } })
    const storage = kept()
    const identity = (sub: string) => () => identityFor({ sub }, identitySecret)
    const ada = place.join({ storage, identity: identity('17') })
    await ada.connected()
    await ada.chat.send('I am Ada')
    await expect.poll(ada.texts).toHaveLength(2)
    ada.chat.close()
    const again = place.join({ storage, identity: identity('17') })
    await again.connected()
    expect(again.opened.at(-1)?.messages).toHaveLength(2)
    again.chat.close()
    const bob = place.join({ storage, identity: identity('18') })
    await bob.connected()
    expect(bob.opened.at(-1)?.messages).toEqual([])
    bob.chat.close()
    const nobody = place.join({ storage })
    await nobody.connected()
    expect(nobody.opened.at(-1)?.messages).toEqual([])
    const forged = place.join({ identity: () => identityFor({ sub: '17' }, 'guessed') })
    await expect.poll(() => forged.chat.state).toBe('offline')
    expect(forged.opened).toEqual([])
  })

  it('forgets who it was, and begins as somebody new where its session is not known any more', async () => {
    await using place = await chatting()
    const storage = kept()
    const ada = place.join({ storage })
    await ada.connected()
    await ada.chat.send('a secret')
    await expect.poll(ada.texts).toHaveLength(2)
    const before = storage.get()
    await ada.chat.signOut()
    await ada.connected()
    expect(ada.opened.at(-1)).toMatchObject({ conversationId: null, messages: [] })
    expect(storage.get()).not.toBe(before)
    ada.chat.close()
    storage.set(before)
    const stale = place.join({ storage })
    await stale.connected()
    expect(stale.opened.at(-1)?.messages).toEqual([])
    await stale.chat.send('hello')
    await expect.poll(stale.texts).toEqual(['visitor: hello', 'bot: You said: hello'])
  })
})
