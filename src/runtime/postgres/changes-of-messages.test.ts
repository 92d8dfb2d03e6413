import webchat from '@plugboard/webchat'
import { type ChatMessage, connect } from '@plugboard/webchat/client'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, startBot } from 'plugboard/runtime'
import { expect, it } from 'vitest'
import { newSchema, postgresUrl } from './shared-postgres.fixture.ts'

/** One of the processes of a bot, as far as that can be told apart here: with connections of its own. */
async function startAnother(name: string, database: string) {
  const bot = new BotImplementation(new BotDefinition({ name }).addIntegration(webchat))
  bot.on.message('text', async ({ conversation, client }) => {
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'An answer' } })
  })
  return startBot(bot, { database, environment: {}, log: () => {} })
}

it('what becomes of a message is seen at once, in whatever process it happens, and kept whatever is in it', async () => {
  const [name, database] = [newSchema().replaceAll('_', '-'), await postgresUrl()]
  await using here = await startAnother(name, database)
  await using there = await startAnother(name, database)
  await using server = await serve(() => here, { port: 0 })
  const chat = connect({ url: `${server.url}/webchat/` })
  const messages = new Map<string, ChatMessage>()
  const typing: boolean[] = []
  chat.on('opened', (history) => history.messages.forEach((message) => messages.set(message.id, message)))
  for (const name of ['message', 'change'] as const) chat.on(name, (message) => messages.set(message.id, message))
  chat.on('typing', (isTyping) => typing.push(isTyping))
  try {
    await expect.poll(() => chat.state).toBe('connected')
    await chat.send('hello')
    const by = (from: string) => [...messages.values()].find((message) => message.from === from)
    await expect.poll(() => messages.size).toBe(2)
    const conversationId = chat.conversationId ?? ''
    const [own, answer] = [by('visitor')?.id ?? '', by('bot')?.id ?? '']
    const { webchat: actions } = there.actions
    // Longer than what an index of PostgreSQL takes.
    const text = 'ß👩‍👩‍👧 '.repeat(3000)
    await actions.editMessage({ conversationId, messageId: answer, text })
    await expect.poll(() => messages.get(answer)).toMatchObject({ payload: { text }, edited: true })
    await actions.addReaction({ conversationId, messageId: own, reaction: '👍' })
    await chat.react(own, '🎉')
    await expect
      .poll(() => messages.get(own)?.reactions?.toSorted((a, b) => a.from.localeCompare(b.from)))
      .toEqual([
        { from: 'bot', reaction: '👍' },
        { from: 'visitor', reaction: '🎉' },
      ])
    await actions.startTypingIndicator({ conversationId, messageId: own })
    await expect.poll(() => typing).toEqual([true])
    // No text of PostgreSQL has such a character in it.
    await chat.edit(own, 'a\u0000b')
    await expect.poll(() => messages.get(own)).toMatchObject({ payload: { text: 'a\uFFFDb' } })
  } finally {
    chat.close()
  }
})
