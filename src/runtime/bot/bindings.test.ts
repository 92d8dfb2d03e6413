import { describe, expect, it, vi } from 'vitest'
import { BotDefinition, bind, failover, PluginDefinition, PluginImplementation, retry, timeout, z } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { gate, speaker, speech, webhook } from './speech.fixture.ts'

const keeperDefinition = new PluginDefinition({
  name: 'keeper',
  interfaces: { speech },
  configuration: { schema: ({ entities }) => z.object({ voice: entities.speech.voice.optional() }) },
  states: { kept: { type: 'bot', schema: ({ entities }) => z.object({ voices: z.array(entities.speech.voice) }) } },
  actions: {
    keep: { input: { schema: z.object({}) }, output: { schema: z.object({ id: z.string() }) } },
    recall: { input: { schema: z.object({}) }, output: { schema: z.object({ id: z.string() }) } },
  },
})
const keeper = keeperDefinition.implementedBy(async () => ({
  default: new PluginImplementation(keeperDefinition, {
    actions: {
      keep: async ({ interfaces, client }) => {
        const { voices } = await interfaces.speech.listVoices({})
        await client.setState({ name: 'kept', payload: { voices } })
        return { id: voices[0]?.id ?? '' }
      },
      recall: async ({ client }) => ({
        id: (await client.getState({ name: 'kept' })).state?.payload.voices[0]?.id ?? '',
      }),
    },
  }),
}))

describe('a binding by configuration', () => {
  const bot = () =>
    new BotDefinition()
      .addIntegration(speaker('one'))
      .addIntegration(speaker('two'))
      .addPlugin(keeper, { dependencies: { speech: bind('one', timeout(1_000), retry()) } })

  it.each<[string, (to: unknown) => StartOptions]>([
    ['for this one start', (to) => ({ overrides: { keeper: { speech: to } } })],
    ['for this one start and all plugins', (to) => ({ overrides: { '*': { speech: to } } })],
    ['in the environment', (to) => ({ environment: { PLUGBOARD_BIND_KEEPER_SPEECH: JSON.stringify(to) } })],
    ['in a configuration file', (to) => ({ bindings: { keeper: { speech: to } } })],
    ['in a configuration file, for all plugins', (to) => ({ bindings: { '*': { speech: to } } })],
  ])('goes before the dependencies of the code, %s, and is refused where it names nothing', async (_, by) => {
    await using running = await startBot(bot(), { environment: {}, ...by({ to: ['two'] }), log: () => {} })
    expect(running.bindings.list()).toMatchObject([{ to: ['two'], policies: [], source: 'configuration' }])
    await expect(startBot(bot(), { environment: {}, ...by({ to: ['nosuch'] }) })).rejects.toMatchObject({
      problems: [{ code: 'alias_unknown', path: 'keeper.interfaces.speech' }],
    })
  })

  it('replaces the whole of it, and warns of policies that no longer hold', async () => {
    const lines: unknown[] = []
    const log = (line: unknown) => void lines.push(line)
    const started = async (to: unknown) => {
      await using running = await startBot(bot(), { environment: {}, overrides: { keeper: { speech: to } }, log })
      return running.bindings.list()[0]?.policies
    }
    expect(await started({ to: 'two', retry: {}, timeout: 5_000 })).toEqual(['retry', 'timeout'])
    expect(lines).toEqual([])
    expect(await started({ to: 'two', retry: {} })).toEqual(['retry'])
    expect(lines).toMatchObject([{ level: 'warn', code: 'binding_overridden', consumer: 'keeper', need: 'speech' }])
    expect(lines).toMatchObject([
      { message: expect.stringMatching(/bound to 'two' by --bind.*, without 'timeout', which/) },
    ])
  })
})

describe('a binding of a running bot', () => {
  it('lets calls in flight finish on the old provider, and gives the next call to the new one', async () => {
    const { opened, open } = gate()
    const say = vi.fn(async () => opened.then(() => ({ text: 'old' })))
    const bot = new BotDefinition({ interfaces: { speech }, defaults: { speech: 'one' } })
      .addIntegration(speaker('one', { say }))
      .addIntegration(speaker('two', { say: async () => ({ text: 'new' }) }))
    await using running = await startBot(bot)
    const flying = running.interfaces.speech.say({ text: '' })
    await vi.waitFor(() => expect(say).toHaveBeenCalled())
    expect(await running.bindings.set('bot', 'speech', 'two')).toMatchObject({
      to: ['two'],
      generation: 2,
      source: 'set while running',
    })
    expect(await running.interfaces.speech.say({ text: '' })).toEqual({ text: 'new' })
    open()
    expect(await flying).toEqual({ text: 'old' })
  })

  it('loses no call over a hundred changes', async () => {
    const bot = new BotDefinition({ interfaces: { speech }, defaults: { speech: 'one' } })
      .addIntegration(speaker('one'))
      .addIntegration(speaker('two'))
    await using running = await startBot(bot)
    const calls: Promise<unknown>[] = []
    for (let index = 0; index < 100; index += 1) {
      calls.push(running.interfaces.speech.say({ text: String(index), times: 1 }))
      await running.bindings.set('bot', 'speech', index % 2 === 0 ? 'two' : 'one')
      calls.push(running.interfaces.speech.sayWords({ text: 'a b' }).output())
    }
    expect(await Promise.all(calls)).toHaveLength(200)
    expect(running.bindings.list()[0]?.generation).toBe(101)
  })

  it.each([
    ['an alias that is not installed', 'nobody', 'alias_unknown'],
    ['a disabled integration', 'off', 'binding_inactive'],
    ['a policy that cannot be', bind('one', timeout(-1)), 'binding_policy_invalid'],
    ['one bad candidate of a failover', failover('one', 'nobody'), 'alias_unknown'],
  ])('is refused %s, and stays as it was', async (_, to, code) => {
    const bot = new BotDefinition({ interfaces: { speech } })
      .addIntegration(speaker('one'))
      .addIntegration(speaker('two'), { alias: 'off', enabled: false })
    await using running = await startBot(bot)
    await expect(running.bindings.set('bot', 'speech', to)).rejects.toMatchObject({
      code: 'composition_invalid',
      problems: [
        {
          code,
          ...(code !== 'binding_policy_invalid' && {
            message: expect.stringContaining("', chosen while the bot ran, is "),
          }),
        },
      ],
    })
    await expect(running.bindings.set('bot', 'tts', 'one')).rejects.toMatchObject({ code: 'need_unknown' })
    expect(running.bindings.list()).toMatchObject([{ to: ['one'], generation: 1 }])
  })

  it('keeps an entity with its provider, and finds it stale under another, unless it is translated', async () => {
    const bot = new BotDefinition({ defaults: { speech: 'one' } })
      .addIntegration(speaker('one'))
      .addIntegration(speaker('two'))
      .addPlugin(keeper)
    await using running = await startBot(bot)
    expect(await running.actions.keeper.keep({})).toEqual({ id: 'one-1' })
    expect(await running.actions.keeper.recall({})).toEqual({ id: 'one-1' })
    await running.bindings.set('keeper', 'speech', 'two')
    await expect(running.actions.keeper.recall({})).rejects.toMatchObject({
      code: 'entity_stale',
      message: expect.stringContaining("belongs to integration 'one'"),
    })
    await running.bindings.set('keeper', 'speech', {
      to: ['two'],
      policies: [],
      translate: { one: { voice: ({ pitch }: { pitch: number }) => ({ id: 'two-translated', pitch }) } },
    })
    expect(await running.actions.keeper.recall({})).toEqual({ id: 'two-translated' })
    await running.bindings.set('keeper', 'speech', 'one')
    expect(await running.actions.keeper.recall({})).toEqual({ id: 'one-1' })
  })

  it('is refused where the configuration of the plugin names an entity that the new provider does not take', async () => {
    const bot = new BotDefinition({ defaults: { speech: 'one' } })
      .addIntegration(speaker('one'))
      .addIntegration(speaker('two'))
      .addPlugin(keeper, { configuration: { voice: { id: 'one-5', pitch: 1 } as { id: string } } })
    await using running = await startBot(bot)
    await expect(running.bindings.set('keeper', 'speech', 'two')).rejects.toMatchObject({
      code: 'configuration_invalid',
      problems: [{ path: 'keeper.configuration.voice' }],
    })
    expect(running.bindings.list()).toMatchObject([{ to: ['one'] }])
    expect(await running.actions.keeper.keep({})).toEqual({ id: 'one-1' })
  })

  it('moves on to the next candidate, and skips one that cannot take the entity', async () => {
    const failing = async () => {
      throw Object.assign(new Error('refused'), {})
    }
    const bot = new BotDefinition({ interfaces: { speech }, defaults: { speech: failover('one', 'two') } })
      .addIntegration(speaker('one', { listVoices: failing }))
      .addIntegration(speaker('two', { say: async ({ input }) => ({ text: 'two', voice: input['voice'] }) }))
    await using running = await startBot(bot)
    const voice = running.interfaces.speech.entities.voice.parse({ id: 'two-3', pitch: 1 })
    expect(await running.interfaces.speech.say({ text: 'a', voice })).toEqual({
      text: 'two',
      voice: { id: 'two-3', pitch: 1 },
    })
  })

  it('moves on from a candidate that never answers, when the time of that one is up', async () => {
    const bot = new BotDefinition({
      interfaces: { speech },
      defaults: { speech: bind(failover('one', 'two'), timeout(50), retry({ attempts: 2 })) },
    })
      .addIntegration(speaker('one', { listVoices: () => new Promise(() => {}) }))
      .addIntegration(speaker('two'))
    await using running = await startBot(bot, { log: () => {} })
    expect((await running.interfaces.speech.listVoices({})).voices).toMatchObject([{ id: 'two-1' }])
  })

  it('brings the events of the provider that is bound, by the name of the need', async () => {
    const heard: string[] = []
    const listenerDefinition = new PluginDefinition({ name: 'listener', interfaces: { speech } })
    const listener = listenerDefinition.implementedBy(async () => {
      const implementation = new PluginImplementation(listenerDefinition)
      implementation.on.event('speech:spoke', async ({ event }) => void heard.push(event.payload.voice.id))
      return { default: implementation }
    })
    const bot = new BotDefinition({ defaults: { speech: 'one' } })
      .addIntegration(speaker('one'))
      .addIntegration(speaker('two'))
      .addPlugin(listener)
    await using running = await startBot(bot)
    await running.receive('one', webhook({ event: { voice: { id: 'one-1', pitch: 1 } } }))
    await running.receive('two', webhook({ event: { voice: { id: 'two-1', pitch: 1 } } }))
    await running.idle()
    await running.bindings.set('listener', 'speech', 'two')
    await running.receive('two', webhook({ event: { voice: { id: 'two-2', pitch: 1 } } }))
    await running.idle()
    expect(heard).toEqual(['one-1', 'two-2'])
  })
})
