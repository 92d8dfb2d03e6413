import scripted from '@plugboard/scripted'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotDefinition, BotImplementation, PlugboardError } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'
import hitl from 'plugboard/plugins/hitl'
import { sqliteStore, startBot, type Store } from 'plugboard/runtime'
import { chat } from 'plugboard/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { desk } from './desk.fixture.ts'

interface Options {
  configuration?: object
  platform?: ReturnType<typeof desk>
  channel?: ReturnType<typeof chat>
  store?: Store
  /** What the bot's own code hears. */
  hear?: (type: string, payload: unknown) => void
}

/** A bot whose assistant answers, or says nothing where humans do. */
async function start({ configuration = {}, platform = desk(), channel = chat(), store, hear }: Options = {}) {
  const bot = new BotImplementation(
    new BotDefinition({ defaults: { llm: 'scripted' } })
      .addIntegration(channel)
      .addIntegration(scripted, { configuration: { rules: [{ when: '/[^]/', reply: 'I am the bot.' }] } })
      .addIntegration(platform)
      .addPlugin(hitl, { configuration })
      .addPlugin(assistant),
  )
  bot.on.message('text', async ({ message, actions }) => {
    if (message.payload.text !== 'call somebody') return
    await actions.hitl.startHitl({ title: 'A call', description: 'It is urgent.' })
  })
  bot.on.event('*', async ({ event }) => hear?.(event.type, event.payload))
  const running = await startBot(bot, {
    environment: {},
    log: () => {},
    retries: { attempts: 4, delay: 5 },
    ...(store && { store }),
  })
  const client = running.clientOf('chat')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' }, name: 'Ada' })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { id: '1' } })
  const conversationId = conversation.id
  const say = async (payload: string | object, { type = 'text', by = user.id } = {}) => {
    const content = typeof payload === 'string' ? { text: payload } : payload
    await client.createMessage({ conversationId, userId: by, type, payload: content })
    await running.idle()
  }
  const humans = running.clientOf('desk')
  const agent = async (name = 'Grace') =>
    (await humans.getOrCreateUser({ tags: { id: name === '' ? 'nobody' : name }, ...(name !== '' && { name }) })).user
      .id
  /** The session, once there is one. */
  const session = async () => {
    const { items } = await humans.listConversations()
    return items.at(-1)?.id ?? 'there is no session'
  }
  const reply = async (payload: string | object, { type = 'text', name = 'Grace' } = {}) => {
    const content = typeof payload === 'string' ? { text: payload } : payload
    await humans.createMessage({ conversationId: await session(), userId: await agent(name), type, payload: content })
    await running.idle()
  }
  const assign = async (name = 'Grace') => {
    await humans.createEvent({
      type: 'hitlAssigned',
      payload: { conversationId: await session(), userId: await agent(name) },
    })
    await running.idle()
  }
  const end = async () => {
    await humans.createEvent({ type: 'hitlStopped', payload: { conversationId: await session() } })
    await running.idle()
  }
  const failures = async () => (await running.deadLetters()).items.map(({ code, handler }) => `${handler} ${code}`)
  const { record } = platform
  return Object.assign(running, {
    client,
    conversationId,
    user,
    say,
    humans,
    session,
    reply,
    assign,
    end,
    failures,
    record,
    sent: channel.delivered,
  })
}

const asked = 'One moment, please: somebody from our team will be with you soon.'
const ended = 'The conversation with our team has ended. I am here again.'

describe('a conversation that is handed over', () => {
  it('comes to humans with its history, under the name of the user', async () => {
    await using bot = await start()
    await bot.say('hello')
    await bot.say('call somebody')
    expect(bot.record.asked).toMatchObject([
      {
        title: 'A call',
        description: 'It is urgent.',
        history: [
          { source: { type: 'user' }, type: 'text', payload: { text: 'hello' } },
          { source: { type: 'bot' }, type: 'text', payload: { text: 'I am the bot.' } },
          { source: { type: 'user' }, type: 'text', payload: { text: 'call somebody' } },
          { source: { type: 'bot' }, type: 'text', payload: { text: 'I am the bot.' } },
        ],
      },
    ])
    const [first] = (bot.record.asked[0]?.history ?? []) as { source: { userId: string } }[]
    expect(bot.record.users.get(first?.source.userId ?? '')).toMatchObject({ name: 'Ada' })
    expect(bot.sent).toEqual(['I am the bot.', 'I am the bot.', asked])
  })

  it('is passed on both ways, and nobody else answers in it', async () => {
    await using bot = await start()
    await bot.say('call somebody')
    await bot.assign()
    await bot.say('I need a hand')
    await bot.reply('What can I do?')
    await bot.say({ imageUrl: 'https://example.com/a.png', title: 'This' }, { type: 'image' })
    await bot.reply({ fileUrl: 'https://example.com/b.pdf' }, { type: 'file' })
    expect(bot.record.received.map(({ says }) => says)).toEqual([
      { text: 'I need a hand' },
      { imageUrl: 'https://example.com/a.png', title: 'This' },
    ])
    const speakers = new Set(bot.record.received.map(({ by }) => bot.record.users.get(by ?? '')?.name))
    expect([...speakers]).toEqual(['Ada'])
    expect(bot.sent.slice(1)).toEqual([
      asked,
      'Grace is with you now.',
      'Grace: What can I do?',
      { fileUrl: 'https://example.com/b.pdf' },
    ])
    expect(await bot.failures()).toEqual([])
  })

  it('is known to be served by whoever writes first, and by whoever joins later', async () => {
    await using bot = await start({ configuration: { agent: 'One of us', agentPrefix: '[{agent}] ' } })
    await bot.say('call somebody')
    await bot.reply('Hello')
    await bot.assign()
    await bot.reply('Me too', { name: '' })
    expect(bot.sent.slice(2)).toEqual([
      'Grace is with you now.',
      '[Grace] Hello',
      'One of us is with you now.',
      '[One of us] Me too',
    ])
  })

  it('is handed over once, whoever asks for it and how often', async () => {
    await using bot = await start()
    const { conversationId } = bot
    const { startHitl } = bot.actions.hitl
    await bot.say('hello')
    await Promise.all([startHitl({ conversationId }), startHitl({ conversationId }), startHitl({ conversationId })])
    await bot.idle()
    expect(await startHitl({ conversationId })).toEqual({ status: 'waiting' })
    await bot.say('call somebody')
    await bot.assign()
    expect(await startHitl({ conversationId })).toEqual({ status: 'active' })
    await bot.idle()
    expect(bot.record.asked).toHaveLength(1)
    expect(bot.sent.filter((text) => text === asked)).toHaveLength(1)
  })

  it('gives everybody who writes in it a name of their own', async () => {
    await using bot = await start()
    await bot.say('call somebody')
    const { user } = await bot.client.getOrCreateUser({ tags: { id: 'bob' }, name: 'Bob' })
    await bot.say('I am here, too', { by: user.id })
    await bot.say('So am I')
    await bot.say('And I', { by: user.id })
    const names = bot.record.received.map(({ by }) => bot.record.users.get(by ?? '')?.name)
    expect(names).toEqual(['Bob', 'Ada', 'Bob'])
    expect(bot.record.users.size).toBe(2)
  })

  it('tells whoever sends what cannot be passed on', async () => {
    await using bot = await start()
    await bot.say('call somebody')
    await bot.say({ sticker: 'wave' }, { type: 'sticker' })
    expect(bot.sent.at(-1)).toBe('This kind of message cannot be passed on.')
    expect(bot.record.received).toEqual([])
  })

  it('keeps what is said while humans are being asked for them', async () => {
    const gate = Promise.withResolvers<void>()
    const platform = desk({ met: () => gate.promise })
    await using bot = await start({ platform })
    const { client, conversationId, user } = bot
    const soon = (text: string) =>
      client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text } })
    await soon('call somebody')
    await vi.waitFor(() => expect(bot.sent).toEqual(['I am the bot.']))
    await soon('hello?')
    gate.resolve()
    await bot.idle()
    await bot.say('is anybody there?')
    const told = [
      ...((platform.record.asked[0]?.history ?? []) as { payload: { text: string } }[]).map(
        ({ payload }) => payload.text,
      ),
      ...platform.record.received.map(({ says }) => (says as { text: string }).text),
    ]
    expect(told.filter((text) => text === 'hello?')).toHaveLength(1)
    expect(told.at(-1)).toBe('is anybody there?')
    expect(bot.sent).toEqual(['I am the bot.', asked])
  })

  it('is served as its start says, or as is configured', async () => {
    await using bot = await start({
      configuration: { hitlSession: { queue: 'sales' }, title: 'Help', historyLength: 0 },
    })
    await bot.say('hello')
    await bot.actions.hitl.startHitl({ conversationId: bot.conversationId, email: 'ada@example.com' })
    await bot.idle()
    expect(bot.record.asked).toMatchObject([{ title: 'Help', queue: 'sales', history: [] }])
    expect([...bot.record.users.values()]).toEqual([{ name: 'Ada', email: 'ada@example.com' }])
    await expect(start({ configuration: { hitlSession: { queue: 'none' } } })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid' }],
    })
  })
})

describe('a conversation is handed back', () => {
  const begun = async (options: Options = {}) => {
    const bot = await start(options)
    await bot.say('call somebody')
    await bot.assign()
    return bot
  }

  it('when the humans end it on their platform', async () => {
    await using bot = await begun()
    await bot.end()
    await bot.say('hello')
    expect(bot.sent.slice(-2)).toEqual([ended, 'I am the bot.'])
    expect(bot.record).toMatchObject({ received: [], stopped: [] })
  })

  it('by the command of the humans, which the user is not sent', async () => {
    await using bot = await begun()
    await bot.reply('!STOP')
    await bot.say('hello')
    expect(bot.sent.slice(-3)).toEqual(['Grace is with you now.', ended, 'I am the bot.'])
    expect(bot.record.stopped).toEqual([await bot.session()])
  })

  it('by the command of the user, which the humans are not sent', async () => {
    await using bot = await begun({ configuration: { stopCommand: '/bye' } })
    await bot.say('/stop')
    await bot.say('/bye')
    await bot.say('hello')
    expect(bot.record.received.map(({ says }) => says)).toEqual([{ text: '/stop' }])
    expect(bot.record.stopped).toEqual([await bot.session()])
    expect(bot.sent.slice(-2)).toEqual([
      'You have left the conversation with our team. I am here again.',
      'I am the bot.',
    ])
  })

  it('by the action', async () => {
    await using bot = await begun()
    const { conversationId } = bot
    expect(await bot.actions.hitl.stopHitl({ conversationId })).toEqual({ stopped: true })
    await bot.idle()
    expect(await bot.actions.hitl.stopHitl({ conversationId })).toEqual({ stopped: false })
    expect(bot.sent.at(-1)).toBe(ended)
    expect(bot.record.stopped).toEqual([await bot.session()])
  })

  it('where nobody comes in time', async () => {
    await using bot = await start({ configuration: { waitSeconds: 0.2 } })
    await bot.say('call somebody')
    const nobody = 'Nobody from our team is free at the moment. I am here again.'
    await vi.waitFor(() => expect(bot.sent.at(-1)).toBe(nobody), { timeout: 20_000 })
    await bot.say('hello')
    expect(bot.sent.at(-1)).toBe('I am the bot.')
    expect(bot.record.stopped).toEqual([await bot.session()])
  })

  it('after a long silence, and not because somebody came late', async () => {
    await using bot = await start({ configuration: { waitSeconds: 4, silenceSeconds: 7 } })
    await bot.say('call somebody')
    await bot.assign()
    const silent = 'The conversation with our team has ended, as it was silent for long. I am here again.'
    await vi.waitFor(() => expect(bot.sent.at(-1)).toBe(silent), { timeout: 20_000 })
    expect(bot.sent).toEqual(['I am the bot.', asked, 'Grace is with you now.', silent])
  })

  it('and what humans write afterwards reaches nobody', async () => {
    await using bot = await begun()
    await bot.end()
    const before = [...bot.sent]
    await bot.reply('One more thing')
    await bot.end()
    expect(bot.sent).toEqual(before)
    await bot.say('call somebody')
    expect(bot.record.asked).toHaveLength(2)
    await bot.say('and now?')
    expect(bot.record.received.at(-1)?.session).toBe(await bot.session())
  })

  it('and others are told of it', async () => {
    const heard: string[] = []
    await using bot = await begun({
      hear: (type, payload) => void heard.push(`${type} ${(payload as { by?: string }).by ?? ''}`.trim()),
    })
    await bot.say('/stop')
    expect(heard).toEqual(expect.arrayContaining(['hitl:handedOver', 'hitl:handedBack user']))
  })
})

describe('commands and texts', () => {
  it('are what is configured, and a text that is empty is not told', async () => {
    const configuration = { startCommand: '/human', texts: { asked: '', assigned: 'Now comes {agent}, {agent}!' } }
    await using bot = await start({ configuration })
    await bot.say(' /Human ')
    expect(bot.sent).toEqual([])
    expect(bot.record.asked).toMatchObject([{ title: 'Somebody asks for help' }])
    await bot.assign('$&')
    expect(bot.sent).toEqual(['Now comes $&, $&!'])
  })
})

describe('a platform that fails', () => {
  const refusal = () => Promise.reject(new PlugboardError({ code: 'vendor_refused', message: 'closed on Sundays' }))
  const unavailable = 'Our team cannot be reached at the moment. I am here again.'

  it('is told to the user, and the bot answers again', async () => {
    await using bot = await start({ platform: desk({ refuses: refusal }) })
    await bot.say('call somebody')
    await bot.say('hello')
    expect(bot.sent).toEqual(['I am the bot.', unavailable, 'I am the bot.'])
    expect(await bot.failures()).toEqual([])
  })

  it('is asked again, and makes one session', async () => {
    let tries = 0
    const platform = desk({
      asked: async () => {
        tries += 1
        if (tries < 3) throw new PlugboardError({ code: 'vendor_unavailable', message: 'away', retryable: true })
      },
    })
    await using bot = await start({ platform })
    await bot.say('call somebody')
    expect(new Set(bot.record.asked.map(({ key }) => key)).size).toBe(1)
    expect((await bot.humans.listConversations()).items).toHaveLength(1)
    expect(bot.record.users.size).toBe(1)
    expect(bot.sent).toEqual(['I am the bot.', asked])
  })

  it('is told to the user, once it was asked often enough', async () => {
    const away = () =>
      Promise.reject(new PlugboardError({ code: 'vendor_unavailable', message: 'away', retryable: true }))
    await using bot = await start({ platform: desk({ refuses: away }) })
    await bot.say('call somebody')
    await bot.say('hello')
    expect(bot.sent).toEqual(['I am the bot.', unavailable, 'I am the bot.'])
    expect(await bot.failures()).toEqual([expect.stringMatching(/^hitl\.\d+ vendor_unavailable$/)])
  })

  it('is not asked about a conversation that is unknown', async () => {
    await using bot = await start()
    const { startHitl } = bot.actions.hitl
    await expect(startHitl({ conversationId: 'none' })).rejects.toMatchObject({ code: 'conversation_unknown' })
    await bot.say('call somebody')
    await expect(startHitl({})).rejects.toMatchObject({ code: 'input_invalid', where: { path: 'conversationId' } })
    const inSession = startHitl({ conversationId: await bot.session() })
    await expect(inSession).rejects.toMatchObject({ code: 'input_invalid', where: { path: 'conversationId' } })
  })
})

describe('what humans write before it is known whom they serve', () => {
  it('waits, and is passed on', async () => {
    const platform = desk({
      asked: async (session, client) => {
        const { user } = await client.getOrCreateUser({ tags: { id: 'Grace' }, name: 'Grace' })
        const message = { conversationId: session, userId: user.id, type: 'text', payload: { text: 'I saw it first' } }
        await client.createMessage(message)
        await client.createEvent({ type: 'hitlAssigned', payload: { conversationId: session, userId: user.id } })
      },
    })
    await using bot = await start({ platform })
    await bot.say('call somebody')
    expect(bot.sent.slice(1)).toEqual([asked, 'Grace is with you now.', 'Grace: I saw it first'])
    expect(await bot.failures()).toEqual([])
  })

  it('is left to others where nobody is being asked', async () => {
    await using bot = await start()
    const { conversation } = await bot.humans.getOrCreateConversation({ channel: 'hitl', tags: { id: 'stray' } })
    await bot.reply('Is there a bot?')
    expect(bot.record.received).toMatchObject([{ session: conversation.id, says: { text: 'I am the bot.' } }])
  })
})

describe('a process that ends', () => {
  const onDisk = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hitl-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    return () => sqliteStore(join(folder, 'store.db'))
  }

  it('leaves a session that goes on in the next one', async () => {
    const open = await onDisk()
    const [platform, channel] = [desk(), chat()]
    {
      await using store = await open()
      await using bot = await start({ platform, channel, store })
      await bot.say('call somebody')
      await bot.assign()
    }
    await using store = await open()
    await using bot = await start({ platform, channel, store })
    await bot.say('still here?')
    await bot.reply('Yes')
    await bot.end()
    await bot.say('hello')
    expect(bot.record.received).toMatchObject([{ says: { text: 'still here?' } }])
    expect(bot.sent).toEqual(['I am the bot.', asked, 'Grace is with you now.', 'Grace: Yes', ended, 'I am the bot.'])
    expect(bot.record.asked).toHaveLength(1)
  })

  it('in the middle of asking doubles nothing', async () => {
    const open = await onDisk()
    const begun = Promise.withResolvers<void>()
    const channel = chat()
    let isFirst = true
    const platform = desk({
      asked: async () => {
        if (!isFirst) return
        isFirst = false
        begun.resolve()
        await new Promise(() => {})
      },
    })
    {
      await using store = await open()
      await using bot = await start({ platform, channel, store })
      const { client, conversationId, user } = bot
      const payload = { text: 'call somebody' }
      await client.createMessage({ conversationId, userId: user.id, type: 'text', payload })
      await begun.promise
    }
    await using store = await open()
    await using bot = await start({ platform, channel, store })
    await bot.idle()
    await bot.say('is anybody there?')
    await bot.reply('Yes')
    expect(new Set(platform.record.asked.map(({ key }) => key)).size).toBe(1)
    expect(platform.record.users.size).toBe(1)
    expect((await bot.humans.listConversations()).items).toHaveLength(1)
    expect(bot.record.received).toMatchObject([{ says: { text: 'is anybody there?' } }])
    expect(bot.sent).toEqual(['I am the bot.', asked, 'Grace is with you now.', 'Grace: Yes'])
  })

  it('between what a hook did and the end of its message does neither again, nor lets the bot answer', async () => {
    const open = await onDisk()
    await using store = await open()
    let fails = false
    // What was done is stored, and that the message is done with is not: as when the process dies in between.
    const failing = new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name)
        if (name === 'finishInbox' && fails)
          return async () => {
            fails = false
            throw new PlugboardError({ code: 'store_failed', message: 'the disk is gone', retryable: true })
          }
        return typeof member === 'function' ? (member.bind(target) as unknown) : member
      },
    })
    await using bot = await start({ store: failing, configuration: { startCommand: '/human' } })
    for (const text of ['/human', 'I need a hand', '/stop']) {
      fails = true
      await bot.say(text)
      expect(fails).toBe(false)
    }
    expect(bot.record.asked).toHaveLength(1)
    expect(bot.record.received.map(({ says }) => says)).toEqual([{ text: 'I need a hand' }])
    expect(bot.sent).toEqual([asked, 'You have left the conversation with our team. I am here again.'])
  })
})
