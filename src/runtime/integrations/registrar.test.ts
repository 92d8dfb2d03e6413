import { describe, expect, it, vi } from 'vitest'
import {
  BotDefinition,
  env,
  IntegrationDefinition,
  IntegrationImplementation,
  messages,
  PlugboardError,
  z,
} from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import type { Store } from '../ports/store.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

type Props = {
  ctx: { integrationAlias: string }
  configuration: { token: string }
  webhookUrl: string
  signal: AbortSignal
}

/** A platform that notes who registers with it; `answer` may refuse. */
function platform(answer: (token: string, props: Props) => unknown = () => {}) {
  const log: string[] = []
  const make = <const TName extends string = 'shop'>(version: string, name: TName = 'shop' as TName) => {
    const definition = new IntegrationDefinition({
      name,
      version,
      configuration: { schema: z.object({ token: z.string().max(20).default('t') }) },
      channels: {
        desk: { messages: { text: messages.defaults.text }, conversation: { tags: { id: { identity: true } } } },
      },
      actions: { sell: { input: { schema: z.object({}) }, output: { schema: z.object({ sold: z.string() }) } } },
    })
    const told = (sign: string) => async (props: Props) => {
      const { ctx, configuration, webhookUrl } = props
      log.push(`${sign}${ctx.integrationAlias} ${configuration.token} ${new URL(webhookUrl).pathname}`)
      await answer(configuration.token, props)
    }
    return definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, {
        register: told('+'),
        unregister: told('-'),
        channels: { desk: { messages: { text: async ({ payload }) => void log.push(`say ${payload.text}`) } } },
        actions: { sell: async ({ ctx }) => ({ sold: ctx.integrationAlias }) },
      }),
    }))
  }
  return { log, make, shop: make('1.0.0') }
}

/** Starts bots one after another on one store, each with what it installs. */
function runs(options: StartOptions = {}) {
  const clock = new VirtualClock()
  const store = memoryStore(clock)
  const lines: { level: string; message: string }[] = []
  const start: typeof startBot = (bot, more) =>
    startBot(bot, { store, clock, environment: {}, log: (line) => void lines.push(line), ...options, ...more })
  /** Starts a bot and stops it. */
  const visit = async (bot: object, more: StartOptions = {}): Promise<void> =>
    (await start(bot as BotDefinition, more)).stop()
  return { clock, store, lines, start, visit }
}
const refused = (message = 'who are you?') => new PlugboardError({ code: 'vendor_unauthorized', message })
const registrationOf = (
  running: { installations: readonly { alias: string; registration: unknown }[] },
  alias = 'shop',
) => running.installations.find((installation) => installation.alias === alias)?.registration

describe('an integration', () => {
  it('is registered when it is new and when it has changed, and not each time that the bot starts', async () => {
    const { log, make, shop } = platform()
    const { start } = runs()
    const once = async (integration: typeof shop, installation: object = {}, options: StartOptions = {}) => {
      await using running = await start(new BotDefinition().addIntegration(integration, installation), options)
      expect(registrationOf(running)).toMatchObject({ status: 'registered' })
      return log.splice(0)
    }
    expect(await once(shop)).toEqual(['+shop t /shop/webhook'])
    expect(await once(shop)).toEqual([])
    expect(await once(shop, { configuration: { token: 'u' } })).toEqual(['+shop u /shop/webhook'])
    expect(await once(shop, { configuration: { token: 'u' } })).toEqual([])
    expect(await once(make('1.0.1'), { configuration: { token: 'u' } })).toEqual(['+shop u /shop/webhook'])
    expect(await once(make('1.0.1'), { configuration: { token: 'u' } }, { url: 'https://bots.test' })).toEqual([
      '+shop u /shop/webhook',
    ])
  })

  it('in the making is registered each time, as its code may have changed', async () => {
    const { log, make } = platform()
    const { visit } = runs()
    for (const _ of [1, 2]) await visit(new BotDefinition().addIntegration(make('0.0.0-dev')))
    expect(log).toEqual(['+shop t /shop/webhook', '+shop t /shop/webhook'])
  })

  it('can be installed several times, each with its own configuration and registration', async () => {
    const { log, shop } = platform((token) => {
      if (token === 'bad') throw refused()
    })
    const { start } = runs()
    await using running = await start(
      new BotDefinition()
        .addIntegration(shop, { alias: 'one', configuration: { token: '1' } })
        .addIntegration(shop, { alias: 'two', configuration: { token: 'bad' } })
        .addIntegration(shop, { alias: 'three', configuration: { token: '3' } }),
    )
    expect(log.toSorted()).toEqual(['+one 1 /one/webhook', '+three 3 /three/webhook', '+two bad /two/webhook'])
    expect(running.installations.map(({ alias, active }) => [alias, active])).toEqual([
      ['one', true],
      ['two', false],
      ['three', true],
    ])
    expect(await running.actions.three.sell({})).toEqual({ sold: 'three' })
  })

  it('is not registered by a bot that leaves its platforms to another process, and can be used', async () => {
    const { log, shop } = platform()
    const { start } = runs()
    await using running = await start(new BotDefinition().addIntegration(shop), { platforms: false })
    expect(log).toEqual([])
    expect(await running.actions.shop.sell({})).toEqual({ sold: 'shop' })
  })

  it('can be called by its platform while it is registered', async () => {
    const asked: unknown[] = []
    let ask = async (): Promise<unknown> => undefined
    const { shop } = platform(async () => void asked.push(await ask()))
    const { start } = runs()
    const request = { method: 'GET', path: '/x', query: '', headers: {}, rawBody: new Uint8Array() }
    await using running = await start(new BotDefinition().addIntegration(shop), {
      beforeRegistering: (bot) => {
        ask = () => bot.receive('shop', { ...request, signal: new AbortController().signal })
      },
    })
    expect(asked).toMatchObject([{ status: 404, body: expect.stringContaining('takes no requests') }])
    expect(registrationOf(running)).toMatchObject({ status: 'registered' })
  })
})

describe('an integration that cannot be registered', () => {
  it('stops neither the bot nor the others, is shown with its code, and is refused with it', async () => {
    const { shop } = platform(() => {
      throw new PlugboardError({ code: 'vendor_unavailable', message: 'the platform is away', retryable: true })
    })
    const { start, clock, lines } = runs()
    await using running = await start(new BotDefinition().addIntegration(shop))
    expect(running.installations).toMatchObject([
      {
        active: false,
        reason: `[vendor_unavailable] the platform is away; it is tried again at ${new Date(clock.now() + 1000).toISOString()}, and at once by POST /admin/installations/shop/register`,
        webhookUrl: 'http://127.0.0.1:3000/shop/webhook',
      },
    ])
    expect(registrationOf(running)).toEqual({
      status: 'failed',
      failure: { code: 'vendor_unavailable', message: 'the platform is away' },
      attempts: 1,
      retryAt: new Date(clock.now() + 1000).toISOString(),
    })
    await expect(running.actions.shop.sell({})).rejects.toMatchObject({
      code: 'registration_failed',
      message: expect.stringMatching(
        /\[vendor_unavailable\] the platform is away; it is tried again at .*Z, .* POST \/admin\/installations\/shop\/register$/,
      ),
      retryable: true,
      retryAfter: 1000,
      where: { integration: 'shop', action: 'sell' },
    })
    expect(lines).toMatchObject([{ level: 'error', message: expect.stringContaining('could not be registered') }])
  })

  it('is tried again with longer and longer pauses, and used once it is registered', async () => {
    const times: number[] = []
    const clock = new VirtualClock()
    const { shop, log } = platform(() => {
      times.push(clock.now())
      if (times.length < 12) throw new Error('away')
    })
    await using running = await startBot(new BotDefinition().addIntegration(shop), {
      store: memoryStore(clock),
      clock,
      log: () => {},
    })
    const client = running.clientOf('shop')
    const { conversation } = await client.getOrCreateConversation({ channel: 'desk', tags: { id: '1' } })
    expect(conversation.integration).toBe('shop')
    await clock.advance(3_600_000)
    const pauses = times.slice(1).map((time, index) => (time - (times[index] as number)) / 1000)
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    expect(registrationOf(running)).toEqual({
      status: 'registered',
      failure: undefined,
      attempts: 0,
      retryAt: undefined,
    })
    expect(await running.actions.shop.sell({})).toEqual({ sold: 'shop' })
    expect(log).toHaveLength(12)
  })

  it('waits as long as its platform asks, and an hour where it says that it will not get better', async () => {
    const clock = new VirtualClock()
    const failures = [
      new PlugboardError({ code: 'vendor_rate_limited', message: 'slow', retryable: true, retryAfter: 90_000 }),
      refused(),
    ]
    const { shop, log } = platform(() => {
      const failure = failures.shift()
      if (failure) throw failure
    })
    await using running = await startBot(new BotDefinition().addIntegration(shop), {
      store: memoryStore(clock),
      clock,
      log: () => {},
    })
    const expected = [
      [89_999, 1, 'failed'],
      [1, 2, 'failed'],
      [3_599_999, 2, 'failed'],
      [1, 3, 'registered'],
    ] as const
    for (const [wait, attempts, status] of expected) {
      await clock.advance(wait)
      expect(log).toHaveLength(attempts)
      expect(registrationOf(running)).toMatchObject({ status })
    }
  })

  it('is tried at once when the bot starts anew, and when someone asks', async () => {
    let bad = true
    const { shop, log } = platform(() => {
      if (bad) throw refused()
    })
    const { start, visit, clock } = runs()
    for (const _ of [1, 2]) await visit(new BotDefinition().addIntegration(shop))
    expect(log).toHaveLength(2)
    await using running = await start(new BotDefinition().addIntegration(shop))
    expect(await running.register('shop')).toMatchObject({ active: false, registration: { attempts: 4 } })
    bad = false
    expect(await running.register('shop')).toMatchObject({ active: true, registration: { status: 'registered' } })
    await clock.advance(4_000_000)
    expect(log).toHaveLength(5)
    await running.register('shop')
    expect(log).toHaveLength(6)
    await expect(running.register('nobody')).rejects.toMatchObject({ code: 'installation_unknown' })
  })

  it('goes on as it was registered before, if only its version or address has changed', async () => {
    let bad = false
    const { make, shop } = platform(() => {
      if (bad) throw new Error('away')
    })
    const { start, visit } = runs()
    await visit(new BotDefinition().addIntegration(shop))
    bad = true
    {
      await using running = await start(new BotDefinition().addIntegration(make('1.0.1')))
      expect(running.installations).toMatchObject([{ active: true, registration: { status: 'failed' } }])
      expect(await running.actions.shop.sell({})).toEqual({ sold: 'shop' })
    }
    const changed = new BotDefinition().addIntegration(make('1.0.1'), { configuration: { token: 'x' } })
    await using running = await start(changed)
    await expect(running.actions.shop.sell({})).rejects.toMatchObject({ code: 'registration_failed' })
  })

  it('leaves no secret in what it tells', async () => {
    const { shop } = platform((token) => {
      throw refused(`no such token: ${token}`)
    })
    const { start, store, lines } = runs()
    const bot = new BotDefinition().addIntegration(shop, { configuration: { token: env('TOKEN') } })
    await using running = await start(bot, { environment: { TOKEN: 'canary-7f3a' } })
    const refusal: unknown = await running.actions.shop.sell({}).catch((error: unknown) => error)
    const told = JSON.stringify([running.installations, lines, await store.listInstallations(), String(refusal)])
    expect(told).toContain('no such token: •••')
    expect(told).not.toContain('canary')
  })

  it('is cut off when its time is up', async () => {
    const { shop } = platform(() => new Promise(() => {}))
    const { start, clock } = runs({ handlerTimeout: 5000 })
    const starting = start(new BotDefinition().addIntegration(shop))
    await vi.waitFor(async () => {
      await clock.advance(5000)
      await using running = await Promise.race([starting, Promise.reject(new Error('not yet'))])
      expect(registrationOf(running)).toMatchObject({ status: 'failed', failure: { code: 'timeout' } })
    })
  })

  it('does not hold up a stop', async () => {
    const entered = Promise.withResolvers<void>()
    const { shop } = platform(async (_, { signal }) => {
      entered.resolve()
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve)
      })
      await new Promise(() => {})
    })
    const { start } = runs()
    let stop = async (): Promise<void> => {}
    const starting = start(new BotDefinition().addIntegration(shop), {
      beforeRegistering: (running) => {
        stop = () => running.stop()
      },
    })
    await entered.promise
    await stop()
    await expect(starting).rejects.toMatchObject({ code: 'not_running' })
  })
})

describe('an integration that is no longer in the bot', () => {
  const installedAs = (shop: ReturnType<typeof platform>['shop'], alias: string, token: string, enabled = true) =>
    new BotDefinition().addIntegration(shop, { alias, enabled, configuration: { token } })

  it('is unregistered if it was disabled', async () => {
    const { log, shop } = platform()
    const { visit, store } = runs()
    for (const enabled of [true, false, false]) await visit(installedAs(shop, 'shop', 't', enabled))
    expect(log).toEqual(['+shop t /shop/webhook', '-shop t /shop/webhook'])
    expect(await store.listInstallations()).toEqual([])
  })

  it('is unregistered under its old name before it is registered under a new one', async () => {
    const { log, shop } = platform()
    const { visit, store } = runs()
    for (const alias of ['old', 'new']) await visit(installedAs(shop, alias, 't'))
    expect(log).toEqual(['+old t /old/webhook', '-old t /old/webhook', '+new t /new/webhook'])
    expect((await store.listInstallations()).map(({ alias }) => alias)).toEqual(['new'])
  })

  it('is told of in the log, if its configuration is gone with it', async () => {
    const { log, make, shop } = platform()
    const { visit, store, lines } = runs()
    await visit(installedAs(shop, 'shop', 't'))
    log.splice(0)
    const bots = [
      installedAs(shop, 'other', 'u'),
      new BotDefinition().addIntegration(make('1.0.0', 'kiosk'), { alias: 'shop' }),
    ]
    for (const bot of bots) await visit(bot)
    expect(log).toEqual(['+other u /other/webhook', '+shop t /shop/webhook'])
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', expect.stringContaining("integration 'shop' was removed")],
      ['warn', expect.stringContaining("integration 'shop' was removed")],
    ])
    expect(await store.listInstallations()).toMatchObject([{ alias: 'shop', integration: 'kiosk' }])
  })

  it('is kept as long as just its configuration is wrong', async () => {
    const { log, shop } = platform()
    const { visit, store } = runs()
    const bot = () =>
      new BotDefinition().addIntegration(shop, { configuration: { token: env('TOKEN') }, disabledChannels: ['desk'] })
    for (const environment of [{ TOKEN: 'abc' }, { TOKEN: 'wrong'.repeat(9) }, { TOKEN: 'abc' }]) {
      await visit(bot(), { environment })
      expect(await store.listInstallations()).toHaveLength(1)
    }
    expect(log).toEqual(['+shop abc /shop/webhook'])
  })

  it('is told again to a platform that was away, until that says that it is in vain', async () => {
    const failures = [undefined, new Error('away'), new Error('away'), refused()]
    const { log, shop } = platform(() => {
      const failure = failures.shift()
      if (failure) throw failure
    })
    const { start, visit, clock, store } = runs()
    await visit(installedAs(shop, 'shop', 't'))
    await using _ = await start(installedAs(shop, 'shop', 't', false))
    expect(await store.listInstallations()).toMatchObject([{ alias: 'shop', status: 'failed', attempts: 1 }])
    await clock.advance(1000)
    expect(log).toHaveLength(3)
    await clock.advance(2000)
    expect(log).toHaveLength(4)
    expect(await store.listInstallations()).toEqual([])
  })
})

describe('processes that share a store', () => {
  it('register an integration once, and all of them know', async () => {
    const arrived = Promise.withResolvers<void>()
    const ready = Promise.withResolvers<void>()
    const { log, shop } = platform(async () => {
      arrived.resolve()
      await ready.promise
    })
    const { start, clock } = runs()
    const bot = () => new BotDefinition().addIntegration(shop)
    const first = start(bot())
    await arrived.promise
    const others = [start(bot()), start(bot())]
    await clock.advance(2000)
    ready.resolve()
    await first
    await clock.advance(2000)
    const running = await Promise.all([first, ...others])
    expect(running.map((one) => registrationOf(one))).toMatchObject([
      { status: 'registered' },
      { status: 'registered' },
      { status: 'registered' },
    ])
    expect(log).toEqual(['+shop t /shop/webhook'])
    for (const one of running) await one.stop()
  })

  it('take over from one that has died', async () => {
    const { log, shop } = platform()
    const { start, clock, store } = runs({ lease: 10_000 })
    await store.beat('dead', 10_000)
    await store.claim('register shop', 'dead')
    const starting = start(new BotDefinition().addIntegration(shop))
    await clock.advance(9000)
    expect(log).toEqual([])
    await clock.advance(2000)
    await using running = await starting
    expect(registrationOf(running)).toMatchObject({ status: 'registered' })
  })

  it('see that another one has succeeded, and try no more', async () => {
    let bad = true
    const { log, shop } = platform(() => {
      if (bad) throw new Error('away')
    })
    const { start, clock } = runs()
    const running = [
      await start(new BotDefinition().addIntegration(shop)),
      await start(new BotDefinition().addIntegration(shop)),
    ]
    expect(log).toHaveLength(2)
    bad = false
    await running[0]?.register('shop')
    await clock.advance(10_000)
    expect(log).toHaveLength(3)
    expect(running.map((one) => registrationOf(one))).toMatchObject([
      { status: 'registered' },
      { status: 'registered' },
    ])
    for (const one of running) await one.stop()
  })
})

it('a store that cannot be read stops the start, and later only delays what is tried again', async () => {
  const { shop } = platform(() => {
    throw new Error('away')
  })
  const { start, store, clock, lines } = runs()
  const broken: Partial<Store> = {
    listInstallations: () => Promise.reject(new PlugboardError({ code: 'store_failed', message: 'no disk' })),
  }
  await expect(
    start(new BotDefinition().addIntegration(shop), { store: { ...store, ...broken } }),
  ).rejects.toMatchObject({ code: 'store_failed' })
  let reads = 0
  const flaky: Partial<Store> = {
    getInstallation: (alias) => {
      reads += 1
      if (reads === 2) return Promise.reject(new PlugboardError({ code: 'store_failed', message: 'no disk' }))
      return store.getInstallation(alias)
    },
  }
  await using _ = await start(new BotDefinition().addIntegration(shop), { store: { ...store, ...flaky } })
  await clock.advance(10_000)
  expect(reads).toBe(4)
  expect(lines.map(({ message }) => message)).toContain('installations cannot be read or kept')
})
