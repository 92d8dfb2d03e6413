import { describe, expect, it, vi } from 'vitest'
import { BotDefinition, BotImplementation, IntegrationDefinition, IntegrationImplementation, messages } from 'plugboard'
import { type LogSink, startBot } from 'plugboard/runtime'
import { systemClock } from '../memory/system-clock.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const definition = new IntegrationDefinition({
  name: 'wire',
  channels: {
    line: { messages: { text: messages.defaults.text }, conversation: { tags: { id: { identity: true } } } },
  },
  user: { tags: { id: { identity: true } } },
})

/** Starts a bot that never comes to an end over a message: in its handler, or in its channel. */
function started(store: ReturnType<typeof memoryStore>, stuck: 'handler' | 'channel', log: LogSink = () => {}) {
  const reached = vi.fn(() => new Promise<void>(() => {}))
  const wire = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, { channels: { line: { messages: { text: reached } } } }),
  }))
  const bot = new BotImplementation(new BotDefinition().addIntegration(wire))
  bot.on.message('text', async ({ message: { conversationId, payload }, client }) => {
    if (stuck === 'handler') await reached()
    await client.createMessage({ conversationId, type: 'text', payload })
  })
  return startBot(bot, { store, log, environment: {} }).then((running) => ({ running, reached }))
}

describe('what processes end over again and again', () => {
  it.each([
    ['handler', 'what came in is put aside: the process ended 5 times while it worked on this'],
    ['channel', 'a message that was to be sent is put aside: the process ended 5 times while it worked on this'],
  ] as const)('in a %s is put aside, and logged', async (stuck, message) => {
    const store = memoryStore(systemClock)
    const { running, reached } = await started(store, stuck)
    const client = running.clientOf('wire')
    const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
    const { conversation } = await client.getOrCreateConversation({ channel: 'line', tags: { id: 'ada' } })
    await client.createMessage({
      conversationId: conversation.id,
      userId: user.id,
      type: 'text',
      payload: { text: 'x' },
    })
    await vi.waitFor(() => expect(reached).toHaveBeenCalled())
    await running.stop()
    const [lane = ''] = await store.waitingLanes()
    for (let death = 1; death <= 5; death += 1) expect(await store.claim(lane, `dead ${death}`)).toBeDefined()
    const lines: Parameters<LogSink>[0][] = []
    const second = await started(store, stuck, (line) => void lines.push(line))
    await second.running.idle()
    expect((await second.running.deadLetters()).items).toMatchObject([{ code: 'handler_crashed' }])
    expect(lines).toMatchObject([{ level: 'error', code: 'handler_crashed', message, conversationId: conversation.id }])
    expect(second.reached).not.toHaveBeenCalled()
    await second.running.stop()
  })
})
