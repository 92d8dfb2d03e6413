import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { BotDefinition, BotImplementation, env } from 'plugboard'
import { pinoSink, startBot } from 'plugboard/runtime'
import { speaker } from './bot/speech.fixture.ts'

it('pino writes the lines of a bot with what they carry, without secrets and without repeating time and level', async () => {
  const written: string[] = []
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      written.push(chunk.toString())
      done()
    },
  })
  const definition = new BotDefinition({}).addIntegration(speaker('one'), { configuration: { key: env('KEY') } })
  const bot = new BotImplementation(definition, {})
  bot.on.message('text', async ({ logger }) => logger.info('the key is s3cr3t', { deep: ['s3cr3t'] }))
  await using running = await startBot(bot, {
    environment: { KEY: 's3cr3t' },
    log: pinoSink(pino({ base: null }, stream)),
  })
  const client = running.clientOf('one')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'chat', tags: { room: '1' } })
  await client.createMessage({
    conversationId: conversation.id,
    userId: user.id,
    type: 'text',
    payload: { text: 'hi' },
  })
  await running.idle()
  expect(JSON.parse(written.join(''))).toEqual({
    level: 30,
    time: expect.any(Number),
    bot: 'bot',
    conversationId: conversation.id,
    msg: 'the key is •••',
    deep: ['•••'],
  })
})
