import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { BotDefinition, BotImplementation } from 'plugboard'
import hitl from 'plugboard/plugins/hitl'
import { startBot } from 'plugboard/runtime'
import { chat } from 'plugboard/testing'
import { expect, inject, it, vi } from 'vitest'
import { desk } from './desk.fixture.ts'

it('two processes hand a conversation over once, and both serve it', async () => {
  const database = await text(connect(inject('postgresPort'), '127.0.0.1'))
  const name = `hitl-${randomUUID().slice(0, 8)}`
  const [platform, channel] = [desk(), chat()]
  const start = async () => {
    const bot = new BotImplementation(
      new BotDefinition({ name }).addIntegration(channel).addIntegration(platform).addPlugin(hitl),
    )
    bot.on.message('text', async ({ conversation, client }) => {
      await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'I am the bot.' } })
    })
    return startBot(bot, { environment: {}, log: () => {}, database })
  }
  await using one = await start()
  await using other = await start()
  const client = one.clientOf('chat')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' }, name: 'Ada' })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { id: '1' } })
  const conversationId = conversation.id
  const seen = (expected: readonly unknown[]) => vi.waitFor(() => expect(channel.sent).toEqual(expected), 20_000)
  const told = [
    'One moment, please: somebody from our team will be with you soon.',
    'Grace is with you now.',
    'Grace: Hello',
    'The conversation with our team has ended. I am here again.',
    'I am the bot.',
  ]

  await Promise.all([one, other, one, other].map(({ actions }) => actions.hitl.startHitl({ conversationId })))
  await seen(told.slice(0, 1))
  const humans = other.clientOf('desk')
  const [session] = (await humans.listConversations()).items
  const grace = await humans.getOrCreateUser({ tags: { id: 'grace' }, name: 'Grace' })
  const said = { conversationId: session?.id ?? '', userId: grace.user.id, type: 'text', payload: { text: 'Hello' } }
  await humans.createMessage(said)
  await seen(told.slice(0, 3))
  // Both end it at once.
  await Promise.all([one, other].map(({ actions }) => actions.hitl.stopHitl({ conversationId })))
  await seen(told.slice(0, 4))
  await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: 'hello' } })
  await seen(told)
  expect(platform.record.asked).toHaveLength(1)
  await vi.waitFor(() => expect(platform.record.stopped).toEqual([session?.id]), 20_000)
  expect((await one.deadLetters()).items).toEqual([])
})
