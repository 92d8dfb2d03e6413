import { describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, PlugboardError, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { gate, speaker, webhook } from '../bot/speech.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const quiet = { log: () => {}, environment: {} }

/** A plugin that keeps what was said last in a conversation for a second, and tells what it heard. */
function notes(heard: string[], before: () => Promise<void> = async () => {}) {
  const definition = new PluginDefinition({
    name: 'notes',
    states: {
      said: { type: 'conversation', expiry: 1000, schema: z.object({ text: z.string() }) },
      seen: { type: 'user', expiry: 20_000, schema: z.object({ times: z.number() }) },
      total: { type: 'bot', schema: z.object({ times: z.number() }) },
    },
  })
  return definition.implementedBy(async () => {
    const implementation = new PluginImplementation(definition)
    implementation.on.message('text', async ({ message, client, conversation, user }) => {
      const { state } = await client.getState({ name: 'said', id: conversation.id })
      heard.push(`${state?.payload.text ?? 'nothing'} before ${message.payload.text}`)
      await client.setState({ name: 'said', id: conversation.id, payload: { text: message.payload.text } })
      await client.setState({ name: 'seen', id: user.id, payload: { times: 1 } })
      await client.setState({ name: 'total', payload: { times: 1 } })
    })
    implementation.on.stateExpired('said', async ({ state, conversation }) => {
      await before()
      heard.push(`${state.payload.text} expired in ${conversation?.tags['room']}`)
    })
    implementation.on.stateExpired('*', async ({ state, user }) => {
      heard.push(`${state.name} of ${state.type} ${user?.tags['id'] ?? '-'}`)
    })
    return { default: implementation }
  })
}

async function start(plugin: ReturnType<typeof notes>, clock: VirtualClock, options: StartOptions = {}) {
  const bot = new BotDefinition().addIntegration(speaker('one')).addPlugin(plugin)
  const running = await startBot(bot, { ...quiet, clock, ...options })
  return Object.assign(running, {
    say: async (text: string, room = 'r') => {
      await running.receive('one', webhook({ text, room }))
      await running.idle()
    },
    pass: async (milliseconds: number) => {
      await clock.advance(milliseconds)
      await running.idle()
    },
  })
}

describe('a state that has expired', () => {
  it('is told to the handlers of its owner, with what it last held, and reads as undefined', async () => {
    const heard: string[] = []
    await using bot = await start(notes(heard), new VirtualClock())
    await bot.say('a')
    await bot.pass(900)
    await bot.say('b')
    await bot.pass(900)
    expect(heard.splice(0)).toEqual(['nothing before a', 'a before b'])
    await bot.pass(1000)
    expect(heard.splice(0)).toEqual(['b expired in r', 'said of conversation -'])
    await bot.pass(20_000)
    expect(heard.splice(0)).toEqual(['seen of user ada'])
    await bot.say('c')
    await bot.pass(60_000)
    await bot.pass(60_000)
    expect(heard).toEqual(['nothing before c', 'c expired in r', 'said of conversation -', 'seen of user ada'])
  })

  it('is told once though several processes share the store', async () => {
    const heard: string[] = []
    const clock = new VirtualClock()
    await using store = memoryStore(clock)
    await using first = await start(notes(heard), clock, { store })
    await using second = await start(notes(heard), clock, { store })
    for (const room of ['r', 's', 't']) await first.say('a', room)
    heard.splice(0)
    await first.pass(10_000)
    await second.idle()
    expect(heard.filter((one) => one.includes('expired')).toSorted()).toEqual([
      'a expired in r',
      'a expired in s',
      'a expired in t',
    ])
  })

  it('is told by the bot that starts after it expired, and is tried again like anything else', async () => {
    const heard: string[] = []
    const clock = new VirtualClock()
    await using store = memoryStore(clock)
    {
      await using bot = await start(notes(heard), clock, { store })
      await bot.say('a')
    }
    clock.set(clock.now() + 1500)
    heard.splice(0)
    let failures = 2
    const failing = async (): Promise<void> => {
      failures -= 1
      if (failures >= 0) throw new PlugboardError({ code: 'vendor_failed', message: 'away', retryable: true })
    }
    await using bot = await start(notes(heard, failing), clock, { store, retries: { delay: 100 } })
    await clock.advance(2000)
    await bot.idle()
    expect(heard).toEqual(['a expired in r', 'said of conversation -'])
  })

  it('waits in the lane of its conversation for what came before', async () => {
    const heard: string[] = []
    const { opened, open } = gate()
    const clock = new VirtualClock()
    const definition = new BotDefinition({
      states: { last: { type: 'conversation', expiry: 100, schema: z.object({ text: z.string() }) } },
    })
    const bot = new BotImplementation(definition.addIntegration(speaker('one')))
    bot.on.message('text', async ({ message, client, conversation }) => {
      heard.push(`begin ${message.payload.text}`)
      if (message.payload.text === 'slow') await opened
      await client.setState({ name: 'last', id: conversation.id, payload: { text: message.payload.text } })
      heard.push(`end ${message.payload.text}`)
    })
    bot.on.stateExpired('last', async ({ state }) => void heard.push(`expired ${state.payload.text}`))
    await using running = await startBot(bot, { ...quiet, clock })
    await running.receive('one', webhook({ text: 'first' }))
    await running.idle()
    await running.receive('one', webhook({ text: 'slow' }))
    await clock.advance(1100)
    expect(heard).toEqual(['begin first', 'end first', 'begin slow'])
    open()
    await running.idle()
    expect(heard.slice(3)).toEqual(['end slow', 'expired first'])
  })
})

it('a handler of a state that is not declared is refused', () => {
  const { on } = new BotImplementation(
    new BotDefinition({ states: { last: { type: 'bot', expiry: 1, schema: z.object({}) } } }),
  )
  const misspelt = (): void => on.stateExpired('latest' as 'last', async () => {})
  expect(misspelt).toThrow("the definition declares no 'latest'. It has 'last'.")
})
