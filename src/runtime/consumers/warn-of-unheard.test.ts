import memory from '@plugboard/memory'
import { describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, PluginDefinition, PluginImplementation, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import { type LogSink, startBot } from 'plugboard/runtime'
import { speaker, speech } from '../bot/speech.fixture.ts'

const happened = { schema: z.object({}) }
const definition = new PluginDefinition({
  name: 'listener',
  interfaces: { speech },
  events: { noted: happened },
  states: { draft: { type: 'conversation', schema: z.object({}), expiry: 1000 } },
})

/** A bot with a speaker, and a plugin, both without handlers. */
function listening() {
  const listener = new PluginImplementation(definition)
  const plugin = definition.implementedBy(async () => ({ default: listener }))
  const bot = new BotImplementation(
    new BotDefinition({ events: { rang: happened } })
      .addIntegration(speaker('one'), { alias: 'voice' })
      .addPlugin(plugin, { alias: 'ears' }),
  )
  return { listener, bot }
}
type On = ReturnType<typeof listening>['listener']['on']
type OwnOn = ReturnType<typeof listening>['bot']['on']

/** What the start of the bot logs with these handlers. */
async function logOf(register: (on: On, own: OwnOn) => void): Promise<Record<string, unknown>[]> {
  const { listener, bot } = listening()
  register(listener.on, bot.on)
  const lines: Record<string, unknown>[] = []
  const log: LogSink = (line) => void lines.push(line)
  await using _ = await startBot(bot, { environment: {}, log })
  return lines
}
const nothing = async (): Promise<void> => {}

describe('a handler', () => {
  it.each<[string, (on: On) => void, string]>([
    ["on.message('txt')", (on) => on.message('txt', nothing), "such a message; there are 'text', 'image'"],
    ["on.beforeIncomingMessage('txt')", (on) => on.beforeIncomingMessage('txt', nothing), 'such a message'],
    ["on.afterIncomingMessage('txt')", (on) => on.afterIncomingMessage('txt', nothing), 'such a message'],
    ["on.beforeOutgoingMessage('txt')", (on) => on.beforeOutgoingMessage('txt', nothing), 'such a message'],
    ["on.afterOutgoingMessage('txt')", (on) => on.afterOutgoingMessage('txt', nothing), 'such a message'],
    ["on.event('nosuch')", (on) => on.event('nosuch', nothing), "such an event; there are 'noted'"],
    ["on.event('speech:spoken')", (on) => on.event('speech:spoken', nothing), "there are 'speech:spoke'"],
    ["on.event('voice:spoke')", (on) => on.event('voice:spoke', nothing), "there are 'voice:hasSpoken'"],
    ["on.event('rang')", (on) => on.event('rang', nothing), "there are 'noted'"],
    ["on.event('one:hasSpoken')", (on) => on.event('one:hasSpoken', nothing), "'voice:hasSpoken'"],
    ["on.beforeIncomingEvent('nosuch')", (on) => on.beforeIncomingEvent('nosuch', nothing), 'such an event'],
    ["on.afterIncomingEvent('nosuch')", (on) => on.afterIncomingEvent('nosuch', nothing), 'such an event'],
    [
      "on.beforeOutgoingCallAction('speak')",
      (on) => on.beforeOutgoingCallAction('speak', nothing),
      "such an action; there are 'say', 'sayWords', 'listVoices'",
    ],
    ["on.afterOutgoingCallAction('one:say')", (on) => on.afterOutgoingCallAction('one:say', nothing), 'such an action'],
    [
      "on.callFailed('voice:speak')",
      (on) => on.callFailed('voice:speak', nothing),
      "there are 'voice:say', 'voice:sayWords', 'voice:listVoices'",
    ],
  ])('%s of what nothing has is warned of, once', async (path, register, known) => {
    const warnings = await logOf((on) => [1, 2].forEach(() => register(on)))
    expect(warnings).toMatchObject([
      { level: 'warn', plugin: 'ears', code: 'handler_unheard', path, message: expect.stringContaining(known) },
    ])
    expect(warnings[0]?.['message']).toContain(`${path} is never called: nothing that is installed has such`)
  })

  it('of what the bot has, or of everything, is not warned of', async () => {
    const warnings = await logOf((on, own) => {
      for (const type of ['text', 'carousel', '*']) {
        on.message(type, nothing)
        on.beforeIncomingMessage(type, nothing)
        on.afterOutgoingMessage(type, nothing)
      }
      for (const type of ['noted', 'ears:noted', 'bot:rang', 'speech:spoke', 'voice:hasSpoken', '*']) {
        on.event(type, nothing)
        on.beforeIncomingEvent(type, nothing)
      }
      for (const action of ['say', 'voice:say', '*']) {
        on.beforeOutgoingCallAction(action, nothing)
        on.callFailed(action, nothing)
      }
      on.stateExpired('draft', nothing)
      on.handlerFailed('message', nothing)
      own.event('rang', nothing)
      own.event('ears:noted', nothing)
    })
    expect(warnings).toEqual([])
  })

  it("of the bot's own is warned of under no plugin", async () => {
    const warnings = await logOf((_, own) => own.event('noted', nothing))
    expect(warnings).toMatchObject([{ code: 'handler_unheard', path: "on.event('noted')" }])
    expect(warnings[0]).not.toHaveProperty('plugin')
  })

  it('of an event of what the interface of a need builds on is not warned of', async () => {
    const bot = new BotImplementation(new BotDefinition({ interfaces: { notes: crud } }).addIntegration(memory))
    for (const type of ['notes:itemCreated', 'memory:itemCreated']) bot.on.event(type, nothing)
    bot.on.event('notes:itemMade', nothing)
    const lines: unknown[] = []
    await using _ = await startBot(bot, { environment: {}, log: (line) => void lines.push(line) })
    expect(lines).toMatchObject([
      { path: "on.event('notes:itemMade')", message: expect.stringContaining("there are 'notes:itemCreated'") },
    ])
  })
})
