import { describe, expect, it, vi } from 'vitest'
import {
  BotDefinition,
  env,
  IntegrationDefinition,
  IntegrationImplementation,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { gate, speaker, speech, webhook } from '../bot/speech.fixture.ts'

const canary = 'canary-7f3a/9 "x"'

/** An integration with everything that can be configured, whose actions tell what they were given. */
function shop(code: { register?: () => Promise<void>; unregister?: () => Promise<void>; fail?: string } = {}) {
  const definition = new IntegrationDefinition({
    name: 'shop',
    version: '1.0.0',
    configuration: {
      schema: z.object({
        token: z.string().min(3),
        pages: z.object({ size: z.number().max(9).default(5) }).default({ size: 7 }),
      }),
    },
    configurations: { guest: { schema: z.object({ name: z.string().default('nobody') }) } },
    secrets: { API_KEY: { description: 'of the vendor' }, EXTRA: { optional: true } },
    actions: { tell: { input: { schema: z.object({}) }, output: { schema: z.record(z.string(), z.unknown()) } } },
  })
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      ...(code.register && { register: code.register }),
      ...(code.unregister && { unregister: code.unregister }),
      actions: {
        tell: async ({ configuration, ctx, logger }) => {
          if (code.fail !== undefined) throw new Error(`refused ${JSON.stringify(ctx)}`)
          logger.warn(`asked with ${ctx.secrets.API_KEY}`, { deep: [{ ctx }], number: 12345, url: encodeURI(canary) })
          return { configuration, type: ctx.configurationType, secrets: ctx.secrets, id: ctx.integrationId }
        },
      },
    }),
  }))
}
const secret = { PLUGBOARD_SECRET_SHOP_API_KEY: 'key' }

const helperDefinition = new PluginDefinition({
  name: 'helper',
  interfaces: { speech },
  configuration: { schema: z.object({ greeting: z.string() }) },
  secrets: { PASSWORD: {} },
})
const helper = helperDefinition.implementedBy(async () => ({ default: new PluginImplementation(helperDefinition) }))

describe('a bot that does not fit together', () => {
  it('is refused with every problem at once, each with its code, its place and what to do', async () => {
    const bare = new PluginDefinition({ name: 'bare' })
    const hollow = new IntegrationDefinition({ name: 'hollow' })
    const bot = new BotDefinition({ defaults: { speach: 'one' } })
      .addIntegration(shop(), { configuration: { token: env('SHOP_TOKEN'), pages: { size: 12 } } })
      .addIntegration(speaker('one'))
      .addIntegration(speaker('two'))
      .addIntegration(hollow.implementedBy(async () => ({ default: undefined as never })))
      .addPlugin(helper, {
        configuration: { greeting: env('GREETING') },
        dependencies: { speech: 'shop' } as never,
      })
      .addPlugin(bare as never)
    const failure: unknown = await startBot(bot, {
      environment: { PLUGBOARD_BIND_HELPER_SPEECHES: 'one' },
      bindings: { nobody: { speech: 'two' } },
    }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'CompositionError', code: 'composition_invalid', where: { bot: 'bot' } })
    const { problems, message } = failure as Error & {
      problems: { code: string; path: string; message: string; remedy: string }[]
    }
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual(
      expect.arrayContaining([
        'binding_interface helper.interfaces.speech',
        'implementation_missing hollow.implementedBy',
        'implementation_missing bare.implementedBy',
        'need_unknown bindings.nobody',
        'need_unknown defaults.speach',
        'need_unknown PLUGBOARD_BIND_HELPER_SPEECHES',
        'environment_missing shop.configuration.token',
        'configuration_invalid shop.configuration.pages.size',
        'secret_missing shop.secrets.API_KEY',
        'secret_missing helper.secrets.PASSWORD',
        'environment_missing helper.configuration.greeting',
      ]),
    )
    for (const problem of problems) {
      expect(message).toContain(`[${problem.code}] ${problem.path}: ${problem.message} ${problem.remedy}`)
      expect(problem.remedy).not.toBe('')
    }
    expect(message).toContain('Set SHOP_TOKEN.')
    expect(message).toContain(
      'Set PLUGBOARD_SECRET_SHOP_API_KEY, or keep it in the store by `secret set shop API_KEY`.',
    )
  })

  it('says of a secret that is missing which other ones are set, and warns of them all before it is refused', async () => {
    const lines: string[] = []
    const bot = new BotDefinition({ secrets: { TOKEN: {}, PIN: { optional: true } } })
    const failure: unknown = await startBot(bot, {
      environment: { PLUGBOARD_SECRET_BOT_TOKN: 'x', PLUGBOARD_SECRET_BOT_PIN: 'y', PLUGBOARD_SECRET_BOTT_TOKEN: 'z' },
      log: ({ message }) => void lines.push(message),
    }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      problems: [
        {
          code: 'secret_missing',
          remedy:
            'Set PLUGBOARD_SECRET_BOT_TOKEN, or keep it in the store by `secret set bot TOKEN`. Set is PLUGBOARD_SECRET_BOT_TOKN, which is none of its secrets.',
        },
      ],
    })
    expect(lines).toEqual([
      expect.stringContaining('PLUGBOARD_SECRET_BOT_TOKN names no secret'),
      expect.stringContaining('PLUGBOARD_SECRET_BOTT_TOKEN names no secret'),
    ])
  })

  it('says which plugin or integration has no implementation, and which loads another thing', async () => {
    const bare = new IntegrationDefinition({ name: 'bare' })
    const wrong = new PluginDefinition({ name: 'wrong' })
    const bot = new BotDefinition()
      .addIntegration(Object.assign(bare, { packaged: true as const }))
      .addPlugin(wrong.implementedBy(async () => ({ default: new PluginImplementation(helperDefinition) as never })))
    await expect(startBot(bot)).rejects.toMatchObject({
      problems: [
        { code: 'implementation_missing', path: 'bare.implementedBy', message: expect.stringContaining("'bare'") },
        { code: 'implementation_missing', path: 'wrong.implementedBy', message: expect.stringContaining("'wrong'") },
      ],
    })
  })
})

describe('the configuration of an installation', () => {
  it('has its defaults, and what the environment says', async () => {
    const bot = new BotDefinition()
      .addIntegration(shop(), { configuration: { token: env('TOKEN') } })
      .addIntegration(shop(), { alias: 'corner', configurationType: 'guest', configuration: {} })
    await using running = await startBot(bot, {
      environment: { TOKEN: 'abc', PLUGBOARD_SECRET_SHOP_API_KEY: 's1', PLUGBOARD_SECRET_CORNER_API_KEY: 's2' },
      log: () => {},
    })
    const [first, second] = [await running.actions.shop.tell({}), await running.actions.corner.tell({})]
    expect(first).toMatchObject({
      configuration: { token: 'abc', pages: { size: 7 } },
      type: null,
      secrets: { API_KEY: 's1' },
    })
    expect(second).toMatchObject({ configuration: { name: 'nobody' }, type: 'guest', secrets: { API_KEY: 's2' } })
    expect(first['id']).not.toBe(second['id'])
  })

  it('never has its values told in problems, logs or reports', async () => {
    const lines: unknown[] = []
    const boom = new Error(`vendor says ${canary}`)
    const environment = {
      TOKEN: canary,
      PLUGBOARD_SECRET_SHOP_API_KEY: canary,
      PIN: '12345',
      NEXT: `${canary}-and-more`,
    }
    const tight = new IntegrationDefinition({
      name: 'tight',
      configuration: {
        schema: z.object({
          mode: z.enum(['a', 'b']),
          size: z.string().refine(() => false, { error: ({ input }) => `${String(input)} is too big` }),
        }),
      },
      channels: { chat: { messages: { text: { schema: z.object({}) } } } },
    })
    const invalid = new BotDefinition().addIntegration(
      tight.implementedBy(async () => ({ default: undefined as never })),
      { configuration: { mode: env('TOKEN'), size: env('NEXT') } },
    )
    const refused = (await startBot(invalid, { environment }).catch((error: unknown) => error)) as Error
    expect(refused.message).toContain("'mode' is invalid, as the environment variable TOKEN says it: ")
    expect(refused).toMatchObject({ problems: [{ remedy: 'Change TOKEN.' }, { remedy: 'Change NEXT.' }] })
    expect(refused.message).toContain('••• is too big')
    expect(JSON.stringify([refused.message, refused])).not.toContain('canary')

    const bot = new BotDefinition()
      .addIntegration(shop(), { configuration: { token: env('TOKEN') } })
      .addIntegration(speaker('one'), { configuration: { key: env('PIN') } })
      .addIntegration(shop({ register: () => Promise.reject(boom) }), {
        alias: 'broken',
        enabled: false,
        configuration: { token: 'abc' },
      })
    await using running = await startBot(bot, { environment, log: (line) => void lines.push(line) })
    await running.actions.shop.tell({})
    expect(lines).toMatchObject([{ level: 'warn', message: 'asked with •••', integration: 'shop', number: '•••' }])
    expect(JSON.stringify([lines, running.installations, running.bindings.list()])).not.toMatch(/canary|12345/)
  })

  it('stays out of what an integration says as it fails, and out of the dead letters', async () => {
    const lines: unknown[] = []
    const definition = new PluginDefinition({ name: 'asker', interfaces: { speech } })
    const asker = definition.implementedBy(async () => {
      const implementation = new PluginImplementation(definition)
      implementation.on.message('text', async ({ interfaces }) => void (await interfaces.speech.say({ text: 'a' })))
      return { default: implementation }
    })
    const say = async () => {
      throw new Error(`401 for key ${canary}`)
    }
    const bot = new BotDefinition()
      .addIntegration(speaker('one', { say }), { configuration: { key: env('KEY') } })
      .addPlugin(asker)
    await using running = await startBot(bot, { environment: { KEY: canary }, log: (line) => void lines.push(line) })
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    const letters = (await running.deadLetters()).items
    expect(letters).toMatchObject([{ code: 'vendor_failed', message: expect.stringContaining('401 for key •••') }])
    expect(lines).toHaveLength(1)
    expect(JSON.stringify([lines, letters])).not.toContain('canary')
  })

  it('is demanded of what has channels, and without them leaves an inactive candidate that says why', async () => {
    const bot = new BotDefinition().addIntegration(shop(), { configuration: { token: env('TOKEN') } })
    await using running = await startBot(bot, { environment: secret })
    expect(running.installations).toMatchObject([
      { alias: 'shop', active: false, reason: expect.stringMatching(/environment_missing.*TOKEN/) },
    ])
    await expect(running.actions.shop.tell({})).rejects.toMatchObject({ code: 'installation_inactive' })
    expect(await running.receive('shop', webhook({}))).toMatchObject({ status: 503 })

    const talking = new IntegrationDefinition({
      name: 'talking',
      configuration: { schema: z.object({ token: z.string() }) },
      channels: { chat: { messages: { text: { schema: z.object({ text: z.string() }) } } } },
    })
    const installed = talking.implementedBy(async () => ({
      default: new IntegrationImplementation(talking, { channels: { chat: { messages: { text: async () => {} } } } }),
    }))
    const options = { configuration: { token: env('TOKEN') } }
    await expect(startBot(new BotDefinition().addIntegration(installed, options))).rejects.toMatchObject({
      problems: [{ code: 'environment_missing', path: 'talking.configuration.token' }],
    })
    const silent = new BotDefinition().addIntegration(installed, { ...options, disabledChannels: ['chat'] })
    await using quiet = await startBot(silent)
    expect(quiet.installations).toMatchObject([{ active: false }])
  })

  it('narrows capabilities by its type', async () => {
    const bot = new BotDefinition({ interfaces: { speech } }).addIntegration(speaker('one'), {
      configurationType: 'quiet',
      configuration: {},
    })
    await using running = await startBot(bot)
    expect(running.installations[0]?.interfaces).toMatchObject([{ name: 'speech', capabilities: ['stream'] }])
    await expect(running.interfaces.speech.say({ text: 'a', loud: true })).rejects.toMatchObject({
      code: 'capability_missing',
      where: { path: 'loud' },
    })
  })

  it('is given to several installations of one integration, each its own', async () => {
    const one = speaker('one', {
      say: async (props) => ({ text: (props as never as { configuration: { key: string } }).configuration.key }),
    })
    const bot = new BotDefinition({ interfaces: { speech }, defaults: { speech: 'b' } })
      .addIntegration(one, { alias: 'a', configuration: { key: 'first' } })
      .addIntegration(one, { alias: 'b', configuration: { key: 'second' } })
    await using running = await startBot(bot)
    expect(await running.actions.a.say({ text: '' })).toEqual({ text: 'first' })
    expect(await running.interfaces.speech.say({ text: '' })).toEqual({ text: 'second' })
  })
})

describe('secrets', () => {
  it('are demanded, handed to handlers, and left out where they are optional and not set', async () => {
    const bot = new BotDefinition().addIntegration(shop(), { configuration: { token: 'abc' } })
    await using without = await startBot(bot, { environment: secret, log: () => {} })
    expect((await without.actions.shop.tell({}))['secrets']).toEqual({ API_KEY: 'key' })
    const both = { ...secret, PLUGBOARD_SECRET_SHOP_EXTRA: 'more' }
    await using withBoth = await startBot(bot, { environment: both, log: () => {} })
    expect((await withBoth.actions.shop.tell({}))['secrets']).toEqual({ API_KEY: 'key', EXTRA: 'more' })
    await using missing = await startBot(bot, { environment: {} })
    expect(missing.installations[0]?.reason).toMatch(/secret_missing.*API_KEY \(of the vendor\)/)
  })

  it('of a plugin reach its handlers', async () => {
    const definition = new PluginDefinition({
      name: 'keyed',
      secrets: { PASSWORD: {}, SPARE: { optional: true } },
      actions: { tell: { input: { schema: z.object({}) }, output: { schema: z.object({ secrets: z.unknown() }) } } },
    })
    const keyed = definition.implementedBy(async () => ({
      default: new PluginImplementation(definition, {
        actions: { tell: async ({ ctx }) => ({ secrets: ctx.secrets }) },
      }),
    }))
    const bot = new BotDefinition().addPlugin(keyed)
    await expect(startBot(bot, { environment: {} })).rejects.toMatchObject({
      problems: [{ code: 'secret_missing', path: 'keyed.secrets.PASSWORD' }],
    })
    await using running = await startBot(bot, { environment: { PLUGBOARD_SECRET_KEYED_PASSWORD: 'open' } })
    expect(await running.actions.keyed.tell({})).toEqual({ secrets: { PASSWORD: 'open' } })
  })
})

describe('what is switched off', () => {
  it('is a channel: what comes in is dropped with its response, what goes out is refused with a code', async () => {
    const heard = vi.fn(async () => {})
    const definition = new PluginDefinition({ name: 'answerer', events: { go: { schema: z.object({}) } } })
    const answerer = definition.implementedBy(async () => {
      const implementation = new PluginImplementation(definition)
      implementation.on.message('*', heard)
      implementation.on.event('one:hasSpoken', async ({ client, conversation }) => {
        await client.createMessage({ conversationId: conversation?.id ?? '', type: 'text', payload: { text: 'no' } })
      })
      return { default: implementation }
    })
    const one = speaker('one')
    const bot = new BotDefinition().addIntegration(one, { disabledChannels: ['chat'] }).addPlugin(answerer)
    await using running = await startBot(bot, { log: () => {} })
    expect(await running.receive('one', webhook({ text: 'hi' }))).toEqual({ status: 202 })
    await running.idle()
    expect(heard).not.toHaveBeenCalled()
    await running.receive('one', webhook({ text: 'hi', channel: 'dm' }))
    await running.receive('one', webhook({ event: { voice: { id: 'one-1', pitch: 1 } } }))
    await running.idle()
    expect(heard).toHaveBeenCalledTimes(1)
    expect(one.sent).toEqual([])
    expect((await running.deadLetters()).items).toMatchObject([{ code: 'channel_disabled' }])
  })

  it('is an installation: it is not loaded, and nothing is asked of it', async () => {
    const { opened, open } = gate()
    const definition = new IntegrationDefinition({
      name: 'off',
      configuration: { schema: z.object({ token: z.string() }) },
      channels: { chat: { messages: { text: { schema: z.object({}) } } } },
    })
    const off = definition.implementedBy(async () => {
      open()
      throw new Error('must not be loaded')
    })
    const bot = new BotDefinition().addIntegration(off, { enabled: false, configuration: { token: env('TOKEN') } })
    await using running = await startBot(bot, { environment: {} })
    expect(running.installations).toMatchObject([{ active: false, reason: 'it is disabled' }])
    expect(await running.receive('off', webhook({}))).toMatchObject({ status: 503 })
    expect(await Promise.race([opened.then(() => 'loaded'), Promise.resolve('not loaded')])).toBe('not loaded')
  })
})
