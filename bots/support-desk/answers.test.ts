import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { startBot } from 'plugboard/runtime'
import { describe, expect, it, onTestFinished } from 'vitest'
import bot from './bot.ts'

/** The bot without any key, with its handbook read. */
async function start() {
  const running = await startBot(bot, { log: () => {}, environment: { SUPPORT_DESK_KEY: 'a key of some length' } })
  onTestFinished(() => running.stop())
  await running.actions.knowledge.ingest({})
  await running.idle()
  const client = running.clientOf('webchat')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' }, name: 'Ada' })
  const { conversation } = await client.getOrCreateConversation({ channel: 'channel', tags: { id: user.id } })
  /** Gives all that people see of what follows. */
  const say = async (text: string): Promise<string[]> => {
    const { message } = await client.createMessage({
      conversationId: conversation.id,
      userId: user.id,
      type: 'text',
      payload: { text },
    })
    await running.idle()
    const { items } = await running.history.messages(conversation.id)
    const since = items.slice(
      0,
      items.findIndex(({ id }) => id === message.id),
    )
    return since.toReversed().map(({ payload }) => String((payload as { text?: string }).text))
  }
  return Object.assign(running, { say })
}

describe('without any key', () => {
  it('answers a question that is longer than what is looked up', async () => {
    const bot = await start()
    expect(await bot.say('What does shipping cost? '.repeat(400))).toEqual([expect.stringContaining('[shipping.md]')])
  })

  it.each([
    ['What does shipping cost?', 'Shipping costs 5 euros, and nothing for orders of 80 euros or more. [shipping.md]'],
    [
      'How long does delivery take?',
      'Parcels take two days within the country, and four to neighbouring countries. Delivery is to the door. [shipping.md]',
    ],
    [
      'How long do parcels take?',
      'Parcels take two days within the country, and four to neighbouring countries. Delivery is to the door. [shipping.md]',
    ],
    [
      'I dropped my lamp',
      'A lamp that breaks by itself is repaired, or replaced where that costs less. The receipt is needed, and a photo of what is broken. A lamp that was dropped is not covered. [warranty.md]',
    ],
    ['What is the weather in Rome?', 'I do not know that. Write /human, and somebody from our team will help you.'],
    ['What is the capital of France?', 'I do not know that. Write /human, and somebody from our team will help you.'],
    ['What does the handbook say?', 'I do not know that. Write /human, and somebody from our team will help you.'],
  ])('answers “%s” by what the handbook says, and by nothing else', async (question, answer) => {
    const { say } = await start()
    expect(await say(question)).toEqual([answer])
  })

  it('has small talk, which is not looked up', async () => {
    const { say } = await start()
    await say('My name is Ada')
    expect(await say('What is my name?')).toEqual(['Your name is Ada.'])
  })

  it('says nothing beside the hand-over itself, to anybody', async () => {
    const running = await start()
    expect(await running.say('I want to talk to a human')).toEqual([
      'One moment, please: somebody from our team will be with you soon.',
    ])
    const humans = running.clientOf('desk')
    const { items: sessions } = await humans.listConversations()
    const { items } = await running.history.messages(sessions[0]?.id ?? '')
    expect(sessions).toHaveLength(1)
    expect(JSON.stringify(items)).not.toMatch(/call_human|look_up|status/)
    expect(await running.say('hello?')).toEqual([])
  })
})

/** What a process of its own prints of itself, without a key of the desk. */
async function printed(words: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['-C', '@plugboard/source', join(import.meta.dirname, 'main.ts'), ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment },
  })
  const [text] = await Promise.all([textOf(child.stderr), once(child, 'exit')])
  return { text, exitCode: child.exitCode }
}

describe('the key of the desk', () => {
  it('is told once the bot works', async () => {
    const { text, exitCode } = await printed(['--say', 'When are you open?'])
    expect(text).toMatch(/^The key of the desk, until the bot stops: [0-9a-f]{32} \(set SUPPORT_DESK_KEY /m)
    expect(exitCode).toBe(0)
  }, 60_000)

  it('is all that is told where a human is called and the model has nothing to add', async () => {
    const { text } = await printed(['--say', 'I want to talk to a human'])
    expect(text).toMatch(/^The key of the desk, .*\n$/)
  }, 60_000)

  it('is not told of a bot that does not start', async () => {
    const { text, exitCode } = await printed([], { PLUGBOARD_BIND_ASSISTANT_LLM: 'nobody' })
    expect(text).toMatch(/^error \[/)
    expect(text).not.toContain('The key of the desk')
    expect(exitCode).toBe(1)
  }, 60_000)
})
