import { describe, expect, it } from 'vitest'
import {
  bind,
  BotDefinition,
  failover,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'

const echo = new InterfaceDefinition({
  name: 'echo',
  version: '1.2.0',
  capabilities: { stream: 'word by word' },
  entities: { voice: { schema: z.object({ id: z.string() }) } },
  actions: {
    say: {
      input: {
        schema: ({ voice }) => z.object({ text: z.string(), times: z.number().default(1), voice: voice.optional() }),
      },
      output: { schema: ({ voice }) => z.object({ text: z.string(), voice }) },
    },
    sayBits: {
      capability: 'stream',
      downgrade: { to: 'say', items: ({ text }: { text: string }) => [{ bit: text }] },
      input: {
        schema: ({ voice }) => z.object({ text: z.string(), times: z.number().default(1), voice: voice.optional() }),
      },
      stream: { schema: () => z.object({ bit: z.string() }) },
      output: { schema: ({ voice }) => z.object({ text: z.string(), voice }) },
    },
  },
  events: { said: { schema: ({ voice }) => z.object({ voice }) } },
})

const acmeDefinition = new IntegrationDefinition({
  name: 'acme',
  version: '1.0.0',
  configuration: { schema: z.object({ loud: z.boolean().default(false) }) },
  entities: { acmeVoice: { schema: z.object({ id: z.enum(['a', 'b']), pitch: z.number() }) } },
  channels: {
    chat: { messages: { text: { schema: z.object({ text: z.string() }) } }, conversation: { tags: { room: {} } } },
  },
  user: { tags: { id: {} } },
}).extend(echo, ({ entities }) => ({ entities: { voice: entities.acmeVoice }, capabilities: ['stream'] }))
const sent: string[] = []
const acme = acmeDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(acmeDefinition, {
    handler: async ({ req, client }) => {
      const { text, room } = JSON.parse(req.body ?? '{}')
      const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
      const { conversation } = await client.getOrCreateConversation({ channel: 'chat', tags: { room } })
      await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
      await client.createEvent({
        type: 'said',
        payload: { voice: { id: 'a', pitch: 1 } },
        conversationId: conversation.id,
      })
      return { status: 202 }
    },
    webhook: { verify: 'none', deliveryId: (req) => req.headers['x-delivery'] },
    channels: {
      chat: {
        messages: {
          text: async ({ payload, conversation, ack }) => {
            sent.push(`${conversation.tags.room}: ${payload.text}`)
            await ack({ tags: { id: '1' } })
          },
        },
      },
    },
    actions: {
      say: async ({ input, configuration }) => ({
        text: (configuration.loud ? input.text.toUpperCase() : input.text).repeat(input.times),
        voice: { id: 'a', pitch: 2 },
      }),
      sayBits: async function* ({ input }) {
        for (const bit of input.text.split(' ')) yield { bit }
        return { text: input.text, voice: input.voice ?? { id: 'b', pitch: 0 } }
      },
    },
  }),
}))
const plainDefinition = new IntegrationDefinition({
  name: 'plain',
  version: '1.0.0',
  configuration: { schema: z.object({ key: z.string() }) },
  entities: { v: { schema: z.object({ id: z.string() }) } },
}).extend(echo, ({ entities }) => ({ entities: { voice: entities.v } }))
const plain = plainDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(plainDefinition, {
    actions: { say: async ({ input }) => ({ text: `plain ${input.text}`, voice: { id: 'p' } }) },
  }),
}))

const parrotDefinition = new PluginDefinition({
  name: 'parrot',
  version: '1.0.0',
  interfaces: { echo },
  configuration: { schema: ({ entities }) => z.object({ voice: entities.echo.voice.optional() }) },
  states: {
    last: {
      type: 'conversation',
      schema: ({ entities }) => z.object({ voice: entities.echo.voice, count: z.number() }),
    },
  },
})
const heard: unknown[] = []
const parrot = parrotDefinition.implementedBy(async () => {
  const implementation = new PluginImplementation(parrotDefinition)
  implementation.on.message('text', async ({ message, interfaces, client, conversation, configuration }) => {
    const answer = await interfaces.echo.say({ text: message.payload.text, voice: configuration.voice })
    const before = await client.getState({ name: 'last', id: conversation.id })
    await client.setState({
      name: 'last',
      id: conversation.id,
      payload: { voice: answer.voice, count: (before.state?.payload.count ?? 0) + 1 },
    })
    const after = await client.getState({ name: 'last', id: conversation.id })
    await client.createMessage({
      conversationId: conversation.id,
      type: 'text',
      payload: { text: `${answer.text} ${after.state?.payload.count}` },
    })
  })
  implementation.on.event('echo:said', async ({ event }) => {
    heard.push(event.payload.voice.id)
  })
  implementation.on.beforeOutgoingMessage('text', async ({ data }) => ({
    data: { type: 'text', payload: { text: `${String(data.payload['text'])}!` } },
  }))
  return { default: implementation }
})
const request = (body: object, headers: Record<string, string> = {}) => ({
  method: 'POST',
  path: '/webhook',
  query: '',
  headers,
  body: JSON.stringify(body),
  rawBody: new Uint8Array(),
  signal: new AbortController().signal,
})

describe('a running bot', () => {
  it('takes a message from a webhook through a plugin and a bound integration back to the channel', async () => {
    sent.length = 0
    const bot = new BotDefinition({ interfaces: { echo } })
      .addIntegration(acme, { configuration: { loud: true } })
      .addPlugin(parrot, { dependencies: { echo: 'acme' } })
    await using running = await startBot(bot)
    expect(await running.receive('acme', request({ text: 'hi', room: 'r1' }, { 'x-delivery': '1' }))).toEqual({
      status: 202,
    })
    expect(await running.receive('acme', request({ text: 'hi', room: 'r1' }, { 'x-delivery': '1' }))).toEqual({
      status: 200,
    })
    await running.receive('acme', request({ text: 'again', room: 'r1' }))
    await running.idle()
    expect(sent).toEqual(['r1: HI 1!', 'r1: AGAIN 2!'])
    expect(heard).toEqual(['a', 'a'])
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('gives the bot its own needs and the actions of what is installed', async () => {
    await using running = await startBot(
      new BotDefinition({ interfaces: { echo } })
        .addIntegration(acme)
        .addIntegration(plain, { alias: 'other', configuration: { key: undefined } }),
    )
    expect(running.installations.map(({ alias, active }) => [alias, active])).toEqual([
      ['acme', true],
      ['other', false],
    ])
    expect(await running.interfaces.echo.say({ text: 'x', times: 2 })).toEqual({
      text: 'xx',
      voice: { id: 'a', pitch: 2 },
    })
    expect(await running.actions.acme.say({ text: 'y' })).toEqual({ text: 'y', voice: { id: 'a', pitch: 2 } })
    await expect(running.interfaces.echo.say({ text: 1 as never })).rejects.toMatchObject({
      code: 'input_invalid',
      where: { interface: 'echo', integration: 'acme', action: 'say', path: 'text' },
    })
    const stream = running.interfaces.echo.sayBits({ text: 'a b c' })
    const bits: string[] = []
    for await (const { bit } of stream) bits.push(bit)
    expect(bits).toEqual(['a', 'b', 'c'])
    expect(await stream.output()).toEqual({ text: 'a b c', voice: { id: 'b', pitch: 0 } })
  })

  it('swaps a binding while it runs, downgrades what the new one cannot do, and finds stored entities stale', async () => {
    const bot = new BotDefinition({ interfaces: { echo }, defaults: { echo: 'acme' } })
      .addIntegration(acme)
      .addIntegration(plain, { configuration: { key: 'k' } })
      .addPlugin(parrot)
    await using running = await startBot(bot, { log: () => {} })
    await running.receive('acme', request({ text: 'hi', room: 'r2' }))
    await running.idle()
    const reports = await Promise.all([
      running.bindings.set('bot', 'echo', 'plain'),
      running.bindings.set('parrot', 'echo', bind(failover('plain'))),
    ])
    expect(reports.map(({ to, generation, lacking }) => [to, generation, lacking])).toEqual([
      [['plain'], 2, ['stream']],
      [['plain'], 2, ['stream']],
    ])
    const items: unknown[] = []
    for await (const item of running.interfaces.echo.sayBits({ text: 'a b' })) items.push(item)
    expect(items).toEqual([{ bit: 'plain a b' }])
    await running.receive('acme', request({ text: 'hi', room: 'r2' }))
    await running.idle()
    expect((await running.deadLetters()).items.map(({ code }) => code)).toEqual(['entity_stale'])
  })

  it('refuses to start with everything that is wrong at once', async () => {
    const bot = new BotDefinition()
      .addIntegration(plain, { configuration: { key: undefined } })
      .addPlugin(parrot, { dependencies: { echo: 'plain' } })
    await expect(startBot(bot, { environment: { PLUGBOARD_BIND_PARROT_ECO: 'x' } })).rejects.toMatchObject({
      code: 'composition_invalid',
      problems: [
        { code: 'need_unknown' },
        {
          code: 'binding_inactive',
          message: expect.stringContaining("[configuration_missing] integration 'plain' needs a value for 'key'."),
          remedy: 'Set it in `configuration`. Or choose another integration.',
        },
      ],
    })
  })

  it('takes what begins like JSON, and is none, for no alias', async () => {
    const bot = new BotDefinition().addIntegration(plain, { configuration: { key: 'k' } }).addPlugin(parrot)
    await expect(
      startBot(bot, { environment: { PLUGBOARD_BIND_PARROT_ECHO: '{"to":["plain"' } }),
    ).rejects.toMatchObject({
      problems: [
        {
          code: 'binding_policy_invalid',
          path: 'PLUGBOARD_BIND_PARROT_ECHO',
          message: `'{"to":["plain"' begins like JSON, and is none.`,
        },
      ],
    })
  })
})
