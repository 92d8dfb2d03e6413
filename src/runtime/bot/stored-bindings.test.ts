import { describe, expect, it } from 'vitest'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
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
    const second = await startBot(bot(), { store, bindings: { bot: { speech: 'one' } } })
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
})
