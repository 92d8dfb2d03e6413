import { describe, expect, it } from 'vitest'
import { BotDefinition, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { speaker, webhook } from '../bot/speech.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const quiet = { log: () => {}, environment: {} }
type Item = { readonly id: string; readonly type: string; readonly payload: object; readonly tags: object }
type Client = Record<string, (request?: object) => Promise<{ items: readonly Item[]; nextCursor?: string }>>

const definition = new PluginDefinition({
  name: 'notes',
  events: { noted: { schema: z.object({ what: z.string() }) } },
  actions: {
    act: {
      input: { schema: z.object({ on: z.custom<(client: Client) => unknown>() }) },
      output: { schema: z.object({ result: z.unknown() }) },
    },
  },
})
const notes = definition.implementedBy(async () => ({
  default: new PluginImplementation(definition, {
    actions: { act: async ({ input, client }) => ({ result: await input.on(client as never) }) },
  }),
}))

async function start(options: StartOptions = {}) {
  const bot = new BotDefinition().addIntegration(speaker('one')).addIntegration(speaker('two')).addPlugin(notes)
  const running = await startBot(bot, { ...quiet, ...options })
  const act = async (on: (own: Client) => unknown) => (await running.actions.notes.act({ on })).result as never
  return Object.assign(running, {
    act,
    list: async (method: string, request?: object) =>
      ((await act((client) => client[method]!(request))) as { items: readonly Item[] }).items,
    say: async (alias: string, text: string, room: string) => {
      await running.receive(alias, webhook({ text, room }))
      await running.idle()
    },
    note: async (what: string, given: object = {}) => {
      await act((client) => client['createEvent']!({ type: 'noted', payload: { what }, ...given }))
      await running.idle()
    },
  })
}

describe('lists of a plugin', () => {
  it('tell conversations, users and messages of all integrations, by what they are filtered by', async () => {
    await using bot = await start()
    await bot.say('one', 'a', 'r')
    await bot.say('one', 'b', 's')
    await bot.say('two', 'c', 'r')
    const rooms = async (filter?: object) =>
      (await bot.list('listConversations', filter)).map(({ tags }) => (tags as { room: string }).room)
    expect(await rooms()).toEqual(['r', 's', 'r'])
    expect(await rooms({ integration: 'two' })).toEqual(['r'])
    expect(await rooms({ integration: 'one', tags: { room: 's', none: undefined } })).toEqual(['s'])
    expect(await rooms({ channel: 'dm' })).toEqual([])
    expect(await bot.list('listUsers')).toHaveLength(2)
    expect(await bot.list('listUsers', { integration: 'one', tags: { id: 'ada' } })).toHaveLength(1)
    expect(await bot.list('listUsers', { tags: { id: 'bob' } })).toEqual([])
    const [conversation] = await bot.list('listConversations', { tags: { room: 's' } })
    const messages = { conversationId: conversation!.id }
    expect(await bot.list('listMessages', messages)).toMatchObject([{ payload: { text: 'b' } }])
    expect(await bot.list('listMessages', { ...messages, tags: { none: 'x' } })).toEqual([])
    expect((await bot.clientOf('one').listUsers()).items).toHaveLength(1)
    expect((await bot.clientOf('one').listUsers({ tags: { id: 'bob' } })).items).toEqual([])
  })

  it('tell messages from the first on, or from the last', async () => {
    await using bot = await start()
    for (const text of ['a', 'b', 'c']) await bot.say('one', text, 'r')
    const [conversation] = await bot.list('listConversations')
    const texts = async (filter: object) =>
      (await bot.list('listMessages', { conversationId: conversation!.id, ...filter })).map(({ payload }) => payload)
    const all = [{ text: 'a' }, { text: 'b' }, { text: 'c' }]
    expect(await texts({})).toEqual(all)
    expect(await texts({ newestFirst: true })).toEqual(all.toReversed())
  })

  it('tell events in the order in which they happened, own ones by their own name', async () => {
    await using bot = await start()
    await bot.say('one', 'a', 'r')
    const [conversation] = await bot.list('listConversations')
    for (const what of ['1', '2', '3']) await bot.note(what, what === '2' ? { conversationId: conversation!.id } : {})
    await bot.receive('one', webhook({ event: { voice: { id: 'one-1', pitch: 1 } } }))
    await bot.idle()
    const all = await bot.list('listEvents')
    expect(all.map(({ type }) => type)).toEqual(['noted', 'noted', 'noted', 'one:hasSpoken'])
    expect(all.slice(0, 3).map(({ payload }) => payload)).toEqual([{ what: '1' }, { what: '2' }, { what: '3' }])
    expect(await bot.list('listEvents', { type: 'noted' })).toHaveLength(3)
    expect(await bot.list('listEvents', { type: 'one:hasSpoken' })).toHaveLength(1)
    expect(await bot.list('listEvents', { type: 'noted', conversationId: conversation!.id })).toMatchObject([
      { payload: { what: '2' } },
    ])
  })

  it('go on page by page, and refuse a cursor or tag that is none', async () => {
    await using bot = await start()
    for (let count = 0; count < 101; count += 1) await bot.note(String(count))
    const first = (await bot.act((client) => client['listEvents']!())) as { items: Item[]; nextCursor?: string }
    expect(first.items).toHaveLength(100)
    const rest = await bot.list('listEvents', { cursor: first.nextCursor })
    expect(rest).toMatchObject([{ payload: { what: '100' } }])
    for (const method of ['listEvents', 'listUsers', 'listConversations', 'listFiles'])
      for (const cursor of [5, {}, 'a\0'])
        await expect(bot.list(method, { cursor }), method).rejects.toMatchObject({ code: 'cursor_invalid' })
    await expect(bot.list('listUsers', { tags: { a: 1 } })).rejects.toMatchObject({ code: 'tag_invalid' })
    const messages = { conversationId: 'x', cursor: 'y' }
    await expect(bot.list('listMessages', messages)).rejects.toMatchObject({ code: 'cursor_invalid' })
  })
})

it('what is old is forgotten after the time that the bot was started with', async () => {
  const clock = new VirtualClock()
  await using store = memoryStore(clock)
  await using bot = await start({ clock, store, retention: 600_000 })
  await bot.note('old')
  await bot.receive('one', webhook({ text: 'hi' }, 'first'))
  await bot.idle()
  const counts = async (): Promise<number[]> => [
    (await store.listEvents({ limit: 9 })).items.length,
    (await bot.list('listConversations')).length,
  ]
  await clock.advance(120_000)
  expect(await counts()).toEqual([1, 1])
  const ago = clock.now()
  await clock.advance(3_600_000)
  await bot.note('young')
  expect(await counts()).toEqual([1, 1])
  expect((await store.listEvents({ limit: 9 })).items).toMatchObject([{ payload: { what: 'young' } }])
  expect(clock.now() - ago).toBe(3_600_000)
  await bot.receive('one', webhook({ text: 'hi' }, 'first'))
  await bot.idle()
  const [conversation] = await bot.list('listConversations')
  expect(await bot.list('listMessages', { conversationId: conversation!.id })).toHaveLength(2)
})
