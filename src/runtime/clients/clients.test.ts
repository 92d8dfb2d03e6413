import { describe, expect, it } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { speaker, webhook } from '../bot/speech.fixture.ts'

const deskDefinition = new IntegrationDefinition({
  name: 'desk',
  channels: {
    room: {
      messages: { text: { schema: z.object({ text: z.string() }) } },
      message: { tags: { id: {} } },
      conversation: { tags: { room: {}, topic: {} } },
    },
  },
  user: { tags: { id: { identity: true }, mood: {} } } as never,
  events: { rang: { schema: z.object({ times: z.number() }) } },
  states: {
    session: { type: 'integration', schema: z.object({ token: z.string(), tries: z.number().default(0) }) },
    draft: { type: 'conversation', schema: z.object({ text: z.string() }) },
  },
})
const desk = deskDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(deskDefinition, {
    channels: { room: { messages: { text: async () => {} } } },
  }),
}))

type Client = Record<string, (input?: unknown) => Promise<Record<string, never>>>
/** What a test does in a handler of a plugin with states of every type. */
function noting() {
  const definition = new PluginDefinition({
    name: 'notes',
    states: {
      here: {
        type: 'conversation',
        expiry: 60_000,
        schema: z.object({ count: z.number(), word: z.string().default('-') }),
      },
      person: { type: 'user', schema: z.object({ name: z.string() }) },
      all: { type: 'bot', schema: z.object({ count: z.number() }) },
    },
    events: { noted: { schema: z.object({ what: z.string() }) } },
    actions: {
      act: {
        input: { schema: z.object({ on: z.custom<(client: Client) => unknown>() }) },
        output: { schema: z.object({ result: z.unknown() }) },
      },
    },
  })
  return definition.implementedBy(async () => ({
    default: new PluginImplementation(definition, {
      actions: { act: async ({ input, client }) => ({ result: await input.on(client as never) }) },
    }),
  }))
}
const quiet = { log: () => {}, environment: {} }

async function start(options: object = {}) {
  const bot = new BotDefinition().addIntegration(desk).addIntegration(speaker('one')).addPlugin(noting())
  const running = await startBot(bot, { ...quiet, ...options })
  const client = running.clientOf('desk') as unknown as Client
  return Object.assign(running, {
    client,
    act: async (on: (own: Client) => unknown) => (await running.actions.notes.act({ on })).result as never,
  })
}
const conversationOf = async (client: Client, tags: object = { room: '1' }, channel = 'room') =>
  (await client['getOrCreateConversation']?.({ channel, tags }))?.['conversation'] as never as {
    id: string
    tags: Record<string, string>
  }
const userOf = async (client: Client, tags: object = { id: '1' }) =>
  (await client['getOrCreateUser']?.({ tags }))?.['user'] as never as { id: string; tags: Record<string, string> }

describe('a state of a plugin', () => {
  it('is read as it was written in the same handler, and kept when the handler ends', async () => {
    await using bot = await start()
    const key = { name: 'here', id: 'c1' }
    const seen = await bot.act(async (client) => [
      await client['getState']?.(key),
      await client['setState']?.({ ...key, payload: { count: 1 } }),
      await client['getState']?.(key),
      await client['patchState']?.({ ...key, payload: { word: 'x' } }),
      await client['getState']?.(key),
    ])
    const written = (payload: object) => ({ state: { payload } })
    expect(seen).toEqual([
      { state: undefined },
      written({ count: 1, word: '-' }),
      written({ count: 1, word: '-' }),
      written({ count: 1, word: 'x' }),
      written({ count: 1, word: 'x' }),
    ])
    expect(await bot.act((client) => client['getState']?.(key))).toEqual(written({ count: 1, word: 'x' }))
    expect(await bot.act((client) => client['getState']?.({ name: 'here', id: 'c2' }))).toEqual({ state: undefined })
  })

  it('keeps what two change in it at the same time, each a field of it', async () => {
    await using bot = await start()
    const key = { name: 'here', id: 'c1' }
    await bot.act((client) => client['setState']?.({ ...key, payload: { count: 1, word: 'old' } }))
    const ready = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await Promise.all(
      [{ count: 2 }, { word: 'new' }].map((payload, index) =>
        bot.act(async (client) => {
          await client['patchState']?.({ ...key, payload })
          ready[index]?.resolve()
          // Neither is stored before both are made.
          await Promise.all(ready.map(({ promise }) => promise))
        }),
      ),
    )
    expect(await bot.act((client) => client['getState']?.(key))).toEqual({
      state: { payload: { count: 2, word: 'new' } },
    })
  })

  it('is forgotten when the handler fails', async () => {
    await using bot = await start()
    const failing = bot.act(async (client) => {
      await client['setState']?.({ name: 'all', payload: { count: 1 } })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await bot.act((client) => client['getState']?.({ name: 'all' }))).toEqual({ state: undefined })
  })

  it('expires after its time, counted from the last time that it was written', async () => {
    const clock = new VirtualClock()
    await using bot = await start({ clock })
    const key = { name: 'here', id: 'c1' }
    const read = () => bot.act((client) => client['getState']?.(key))
    await bot.act((client) => client['setState']?.({ ...key, payload: { count: 1 } }))
    await clock.advance(59_999)
    expect(await read()).toMatchObject({ state: { payload: { count: 1 } } })
    await bot.act((client) => client['patchState']?.({ ...key, payload: { count: 2 } }))
    await clock.advance(59_999)
    expect(await read()).toMatchObject({ state: { payload: { count: 2 } } })
    await clock.advance(1)
    expect(await read()).toEqual({ state: undefined })
  })

  it('belongs to its conversation, its user or the whole bot, and says to which it must', async () => {
    await using bot = await start()
    await bot.act(async (client) => {
      await client['setState']?.({ name: 'person', id: 'u1', payload: { name: 'Ada' } })
      await client['setState']?.({ name: 'all', id: 'ignored', payload: { count: 1 } })
    })
    expect(await bot.act((client) => client['getState']?.({ name: 'person', id: 'u2' }))).toEqual({ state: undefined })
    expect(await bot.act((client) => client['getState']?.({ name: 'all' }))).toEqual({
      state: { payload: { count: 1 } },
    })
    for (const call of ['getState', 'setState', 'patchState'])
      await expect(
        bot.act((client) => client[call]?.({ name: 'person', payload: { name: 'Eve' } })),
      ).rejects.toMatchObject({
        code: 'state_invalid',
        message: expect.stringContaining('belongs to a user'),
      })
    const other = { name: 'person', type: 'conversation', id: 'c1', payload: { name: 'Eve' } }
    for (const call of ['getState', 'setState', 'patchState'])
      await expect(bot.act((client) => client[call]?.(other))).rejects.toMatchObject({
        code: 'state_invalid',
        message: expect.stringContaining('one of a user, not of a conversation'),
      })
  })

  it('that does not fit or is not declared is refused', async () => {
    await using bot = await start()
    await expect(
      bot.act((client) => client['setState']?.({ name: 'all', payload: { count: 'one' } })),
    ).rejects.toMatchObject({ code: 'state_invalid', where: { plugin: 'notes', path: 'count' } })
    await expect(bot.act((client) => client['patchState']?.({ name: 'all', payload: {} }))).rejects.toMatchObject({
      code: 'state_invalid',
    })
    await expect(bot.act((client) => client['getState']?.({ name: 'toString' }))).rejects.toMatchObject({
      code: 'state_unknown',
      message: expect.stringContaining('here, person, all'),
    })
  })
})

describe('tags', () => {
  it('find a user by those that are its identity, and change or go one by one', async () => {
    await using bot = await start()
    const { client } = bot
    const ada = await userOf(client, { id: '1', mood: 'glad' })
    expect(await userOf(client, { id: '1', mood: 'sad' })).toEqual(ada)
    expect((await userOf(client, { id: '2' })).id).not.toBe(ada.id)
    const update = (tags: object) => client['updateUser']?.({ id: ada.id, tags, name: 'Ada' })
    expect(await update({ mood: 'calm' })).toMatchObject({ user: { name: 'Ada', tags: { id: '1', mood: 'calm' } } })
    expect((await update({ mood: undefined }))?.['user']).toHaveProperty('tags', { id: '1' })
  })

  it('find nobody in particular where none of the identity is given', async () => {
    await using bot = await start()
    const ada = await userOf(bot.client, { id: '1' })
    const stranger = await userOf(bot.client, { mood: 'glad' })
    expect(stranger.id).not.toBe(ada.id)
    const nameless = await userOf(bot.client, {})
    expect([ada.id, stranger.id]).not.toContain(nameless.id)
    expect(await userOf(bot.client, {})).toEqual(nameless)
  })

  it('find a conversation by all that are given, within its channel and installation', async () => {
    await using bot = await start()
    const first = await conversationOf(bot.client, { room: '1', topic: undefined })
    expect(first.tags).toEqual({ room: '1' })
    expect(await conversationOf(bot.client, { room: '1' })).toEqual(first)
    expect((await conversationOf(bot.client, { room: '1', topic: 'tea' })).id).not.toBe(first.id)
    const elsewhere = await conversationOf(bot.clientOf('one') as never, { room: '1' }, 'chat')
    expect(elsewhere.id).not.toBe(first.id)
    await bot.act((client) => client['updateConversation']?.({ id: first.id, tags: { room: '9', extra: 'x' } }))
    expect((await conversationOf(bot.client, { room: '9' })).id).toBe(first.id)
  })

  it('that are not declared are stored and warned of, and those that are no text are refused', async () => {
    const lines: unknown[] = []
    await using bot = await start({ log: (line: unknown) => void lines.push(line) })
    expect((await userOf(bot.client, { id: '1', shoe: '42' })).tags).toEqual({ id: '1', shoe: '42' })
    expect(lines).toMatchObject([{ level: 'warn', tag: 'shoe', integration: 'desk' }])
    await expect(userOf(bot.client, { id: 5 })).rejects.toMatchObject({
      code: 'tag_invalid',
      where: { path: 'tags.id' },
    })
  })
})

describe('messages', () => {
  const say = (client: Client, ids: object, text: unknown) =>
    client['createMessage']?.({ ...ids, type: 'text', payload: { text } })

  it('are listed page by page, the oldest first, without one lost or given twice', async () => {
    await using bot = await start()
    const ids = { conversationId: (await conversationOf(bot.client)).id, userId: (await userOf(bot.client)).id }
    for (let index = 0; index < 205; index += 1) await say(bot.client, ids, String(index))
    await bot.idle()
    for (const list of [
      bot.client['listMessages'],
      (filter: unknown) => bot.act((client) => client['listMessages']?.(filter)),
    ]) {
      const pages: string[][] = []
      let cursor: string | undefined
      do {
        const page = (await list?.({ conversationId: ids.conversationId, cursor })) as never as {
          items: { payload: { text: string } }[]
          nextCursor?: string
        }
        pages.push(page.items.map(({ payload }) => payload.text))
        cursor = page.nextCursor
      } while (cursor !== undefined)
      expect(pages.map(({ length }) => length)).toEqual([100, 100, 5])
      expect(pages.flat()).toEqual(Array.from({ length: 205 }, (_, index) => String(index)))
    }
  })

  it('that do not fit are refused, and nothing of them is stored', async () => {
    await using bot = await start()
    const ids = { conversationId: (await conversationOf(bot.client)).id, userId: (await userOf(bot.client)).id }
    await expect(say(bot.client, ids, 5)).rejects.toMatchObject({
      code: 'payload_invalid',
      where: { channel: 'room', path: 'text' },
    })
    await expect(bot.client['createMessage']?.({ ...ids, type: 'constructor', payload: {} })).rejects.toMatchObject({
      code: 'message_type_unknown',
    })
    await expect(bot.act((client) => say(client, ids, 5))).rejects.toMatchObject({ code: 'payload_invalid' })
    expect(await bot.client['listMessages']?.(ids)).toEqual({ items: [] })
    expect(await bot.receive('one', webhook({ text: 5 as never, event: {} }))).toMatchObject({ status: 400 })
    expect((await bot.deadLetters()).items).toEqual([])
  })

  it('of another installation are out of reach, as are its conversations', async () => {
    await using bot = await start()
    const { client } = bot
    const other = bot.clientOf('one') as never as Client
    const ids = { conversationId: (await conversationOf(other, {}, 'chat')).id, userId: (await userOf(other)).id }
    const said = await say(other, ids, 'secret')
    const { id } = (said ?? {})['message'] as unknown as { id: string }
    const code = { code: 'conversation_unknown' }
    await expect(client['getConversation']?.({ id: ids.conversationId })).rejects.toMatchObject(code)
    await expect(client['updateConversation']?.({ id: ids.conversationId, tags: {} })).rejects.toMatchObject(code)
    await expect(client['listMessages']?.(ids)).rejects.toMatchObject(code)
    await expect(say(client, ids, 'hi')).rejects.toMatchObject(code)
    await expect(client['createEvent']?.({ ...ids, type: 'rang', payload: { times: 1 } })).rejects.toMatchObject(code)
    await expect(client['getMessage']?.({ id })).rejects.toMatchObject({ code: 'message_unknown' })
    await expect(client['updateMessage']?.({ id, tags: { id: 'x' } })).rejects.toMatchObject({
      code: 'message_unknown',
    })
    expect(await other['getMessage']?.({ id })).toMatchObject({ message: { tags: {} } })
    expect(await client['listConversations']?.()).toEqual({ items: [] })
  })

  it.each([
    ['getUser', 'user_unknown'],
    ['updateUser', 'user_unknown'],
    ['getConversation', 'conversation_unknown'],
    ['updateConversation', 'conversation_unknown'],
    ['getMessage', 'message_unknown'],
  ])('users and conversations of unknown ids are refused by %s', async (call, code) => {
    await using bot = await start()
    const input = { id: 'nobody', tags: {} }
    await expect(bot.client[call]?.(input)).rejects.toMatchObject({ code, where: { integration: 'desk' } })
    await expect(bot.act((client) => client[call]?.(input))).rejects.toMatchObject({ code, where: { plugin: 'notes' } })
  })
})

it('refuses events that are not declared or do not fit', async () => {
  await using bot = await start()
  const refused = async (event: object, code: string) => {
    await expect(bot.client['createEvent']?.(event)).rejects.toMatchObject({ code })
    await expect(bot.act((client) => client['createEvent']?.(event))).rejects.toMatchObject({ code })
  }
  await refused({ type: 'unheard', payload: {} }, 'event_unknown')
  await refused({ type: 'valueOf', payload: {} }, 'event_unknown')
  await expect(bot.client['createEvent']?.({ type: 'rang', payload: {} })).rejects.toMatchObject({
    code: 'payload_invalid',
  })
  await expect(bot.act((client) => client['createEvent']?.({ type: 'noted', payload: {} }))).rejects.toMatchObject({
    code: 'payload_invalid',
  })
})

it('tells an integration what it has written within one request', async () => {
  const seen: unknown[] = []
  const busy = deskDefinition.implementedBy(async () => ({
    default: new IntegrationImplementation(deskDefinition, {
      handler: async ({ client: typed }) => {
        const client = typed as never as Client
        await client['setState']?.({ name: 'session', payload: { token: 'a' } })
        seen.push(await client['patchState']?.({ name: 'session', payload: { tries: 2 } }))
        const ids = { conversationId: (await conversationOf(client)).id, userId: (await userOf(client)).id }
        const created = await client['createMessage']?.({ ...ids, type: 'text', payload: { text: 'hi' } })
        const { id } = (created ?? {})['message'] as unknown as { id: string }
        await client['updateMessage']?.({ id, tags: { id: '7' } })
        seen.push(await client['getMessage']?.({ id }))
        await expect(client['getState']?.({ name: 'draft' })).rejects.toMatchObject({ code: 'state_invalid' })
      },
      channels: { room: { messages: { text: async () => {} } } },
    }),
  }))
  await using bot = await startBot(new BotDefinition().addIntegration(busy), quiet)
  expect(await bot.receive('desk', webhook({}))).toEqual({ status: 200 })
  const message = { payload: { text: 'hi' }, tags: { id: '7' } }
  expect(seen).toMatchObject([{ state: { payload: { token: 'a', tries: 2 } } }, { message }])
  const client = bot.clientOf('desk') as never as Client
  expect(await client['listMessages']?.({ conversationId: (await conversationOf(client)).id })).toMatchObject({
    items: [message],
  })
})

it('gives the bot alone the actions of what is installed by a name that only run time knows', async () => {
  const definition = new BotDefinition({
    states: { all: { type: 'bot', schema: z.object({ count: z.number() }) } },
  })
    .addIntegration(speaker('one'))
    .addPlugin(noting())
  const results: unknown[] = []
  const bot = new BotImplementation(definition)
  bot.on.message('text', async ({ client, actions, message }) => {
    const { text } = message.payload
    if (text === 'states') {
      await client.setState({ name: 'all', payload: { count: 1 } })
      results.push((await actions.notes.act({ on: (own: Client) => own['getState']?.({ name: 'all' }) })).result)
    } else results.push(await client.callAction({ type: text, input: { text: 'a' } }))
  })
  await using running = await startBot(bot, quiet)
  for (const text of ['one:say', 'one:toString', 'nobody:say', 'states'])
    await running.receive('one', webhook({ text }))
  await running.idle()
  // A state of the plugin is not the bot's of the same name, though both are written in one handler.
  expect(results).toEqual([{ output: { text: 'aa' } }, { state: undefined }])
  expect((await running.deadLetters()).items.map(({ code }) => code)).toEqual(['action_unknown', 'action_unknown'])
})

it('a user is known to the installation that it belongs to, and to no other', async () => {
  await using bot = await start()
  const other = bot.clientOf('one') as unknown as Client
  const user = await userOf(bot.client)
  const unknown = { code: 'user_unknown' }
  await expect(other['updateUser']?.({ id: user.id, name: 'Eve', tags: { id: '2' } })).rejects.toMatchObject(unknown)
  await expect(other['getUser']?.({ id: user.id })).rejects.toMatchObject(unknown)
  const conversation = await conversationOf(other, { room: '1' }, 'chat')
  const message = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: 'hi' } }
  await expect(other['createMessage']?.(message)).rejects.toMatchObject(unknown)
  expect(await bot.client['getUser']?.({ id: user.id })).toEqual({ user })
})
