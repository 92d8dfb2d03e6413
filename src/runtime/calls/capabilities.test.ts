import { expect, it } from 'vitest'
import { BotDefinition, failover } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { speaker, speech } from '../bot/speech.fixture.ts'

it('a need tells what all of its candidates can, also after its binding has changed', async () => {
  const bot = new BotDefinition({ interfaces: { speech }, defaults: { speech: failover('one', 'two') } })
    .addIntegration(speaker('one'))
    .addIntegration(speaker('two', {}, ['loud']))
  await using running = await startBot(bot, { log: () => {}, environment: {} })
  const { speech: bound } = running.interfaces
  expect(bound.capabilities).toEqual(['loud'])
  await running.bindings.set('bot', 'speech', 'one')
  expect(bound.capabilities).toEqual(['stream', 'loud'])
})
