import { describe, expect, it } from 'vitest'
import { BotDefinition } from 'plugboard'
import { type LogSink, startBot, type StartOptions } from 'plugboard/runtime'
import { bindingFrom } from '../../definition/binding.ts'
import { systemClock } from '../memory/system-clock.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { speaker, speech } from './speech.fixture.ts'

const bot = () =>
  new BotDefinition({ interfaces: { speech }, defaults: { speech: 'one' } })
    .addIntegration(speaker('one'))
    .addIntegration(speaker('two'))

describe('a binding that was set while the bot ran', () => {
  it('goes before the configuration when the bot starts again, until it is taken back', async () => {
    await using store = memoryStore(systemClock)
    const first = await startBot(bot(), { store })
    expect(await first.bindings.set('bot', 'speech', 'two')).toMatchObject({ to: ['two'], generation: 2 })
    await first.stop()
    const second = await startBot(bot(), { store, bindings: { bot: { speech: 'one' } }, log: () => {} })
    expect(second.bindings.list()).toMatchObject([{ to: ['two'], generation: 2, source: 'set while running' }])
    expect(await second.bindings.reset('bot', 'speech')).toMatchObject({ to: ['one'], generation: 3 })
    await second.stop()
    await using third = await startBot(bot(), { store })
    expect(third.bindings.list()).toMatchObject([{ to: ['one'], generation: 3, source: 'default' }])
  })

  it('is followed by the other processes of the bot', async () => {
    await using store = memoryStore(systemClock)
    await using one = await startBot(bot(), { store })
    await using other = await startBot(bot(), { store })
    await one.bindings.set('bot', 'speech', 'two')
    await other.bindings.follow()
    expect(other.bindings.list()).toEqual(one.bindings.list())
  })

  it('is taken back in the other processes of the bot, too, by whichever of them', async () => {
    await using store = memoryStore(systemClock)
    await using one = await startBot(bot(), { store })
    await using other = await startBot(bot(), { store })
    await one.bindings.set('bot', 'speech', 'two')
    await other.bindings.follow()
    await other.bindings.reset('bot', 'speech')
    await one.bindings.follow()
    expect(one.bindings.list()).toMatchObject([{ to: ['one'], generation: 3, source: 'default' }])
    expect(other.bindings.list()).toEqual(one.bindings.list())
  })

  it('is taken back once: again changes nothing, nor does it where nothing was set', async () => {
    await using store = memoryStore(systemClock)
    await using one = await startBot(bot(), { store })
    const [before] = one.bindings.list()
    expect(await one.bindings.reset('bot', 'speech')).toEqual(before)
    expect(await store.listBindings()).toEqual([])
    await one.bindings.set('bot', 'speech', 'two')
    const after = await one.bindings.reset('bot', 'speech')
    expect(after).toMatchObject({ to: ['one'], generation: 3 })
    expect(await one.bindings.reset('bot', 'speech')).toEqual(after)
    await expect(one.bindings.reset('bot', 'tts')).rejects.toMatchObject({ code: 'need_unknown' })
  })

  it('is taken back by a process that has not heard of it yet', async () => {
    await using store = memoryStore(systemClock)
    await using one = await startBot(bot(), { store })
    await store.setBinding('bot', 'speech', bindingFrom('two'))
    expect(await one.bindings.reset('bot', 'speech')).toMatchObject({ to: ['one'], generation: 3 })
    expect(await store.listBindings()).toMatchObject([{ binding: undefined, generation: 2 }])
    await store.setBinding('bot', 'speech', bindingFrom('two'))
    await one.bindings.follow()
    expect(one.bindings.list()).toMatchObject([{ to: ['two'], generation: 4 }])
    await store.setBinding('bot', 'speech', undefined)
    // Nothing is set any more, which it hears of by that.
    expect(await one.bindings.reset('bot', 'speech')).toMatchObject({ to: ['one'], generation: 5 })
  })

  it.each<[string, StartOptions]>([
    ['on the command line', { overrides: { '*': { speech: 'one' } } }],
    ['in the environment', { environment: { PLUGBOARD_BIND_BOT_SPEECH: 'one' } }],
    ['in the configuration', { bindings: { bot: { speech: 'one' } } }],
  ])('is warned of where something else is said %s', async (_, options) => {
    await using store = memoryStore(systemClock)
    const first = await startBot(bot(), { store })
    await first.bindings.set('bot', 'speech', 'two')
    await first.stop()
    const lines: unknown[] = []
    const log: LogSink = (line) => void lines.push(line)
    await using second = await startBot(bot(), { store, environment: {}, ...options, log })
    expect(lines).toMatchObject([
      { level: 'warn', code: 'binding_overridden', consumer: 'bot', need: 'speech', message: expect.any(String) },
    ])
    const [{ message }] = lines as [{ message: string }]
    expect(message).toContain(
      "'bot.speech' is bound to 'two', as was set while the bot ran, which goes before 'one' of --bind, PLUGBOARD_BIND_BOT_SPEECH",
    )
    expect(message).toContain('DELETE /admin/bindings/bot/speech')
    await second.bindings.reset('bot', 'speech')
    await second.stop()
    lines.length = 0
    await using third = await startBot(bot(), { store, environment: {}, ...options, log })
    expect([third.bindings.list()[0]?.to, lines]).toEqual([['one'], []])
  })

  it('is not warned of where nothing else is said, nor where the same is', async () => {
    await using store = memoryStore(systemClock)
    const first = await startBot(bot(), { store })
    await first.bindings.set('bot', 'speech', 'two')
    await first.stop()
    const lines: unknown[] = []
    const log: LogSink = (line) => void lines.push(line)
    for (const bindings of [{}, { bot: { speech: 'two' } }]) {
      await using next = await startBot(bot(), { store, environment: {}, bindings, log })
      expect([next.bindings.list()[0]?.to, lines]).toEqual([['two'], []])
    }
  })
})
