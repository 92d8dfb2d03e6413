import { deepStrictEqual, ok } from 'node:assert/strict'
// #region run
import memory from '@plugboard/memory'
import crud from 'plugboard/interfaces/crud/contract'
import { runSuite } from 'plugboard/testing'

const report = await runSuite(crud, { integration: memory, date: '2026-11-29' })
// #endregion
deepStrictEqual(
  report.checks.filter(({ outcome }) => outcome === 'failed'),
  [],
)

// #region contract
import { InterfaceDefinition, z } from 'plugboard'
import { defineContract, demandEqual } from 'plugboard/testing'

const dice = new InterfaceDefinition({
  name: 'dice',
  version: '1.0.0',
  capabilities: { seed: 'Rolls the same for the same seed.' },
  actions: {
    roll: {
      input: { schema: () => z.object({ sides: z.number().int().min(2).max(100), seed: z.number().optional() }) },
      output: { schema: () => z.object({ result: z.number().int().min(1) }) },
      fieldCapabilities: { seed: 'seed' },
    },
  },
})

const contract = defineContract(dice, {
  samples: { roll: { sides: 6 } },
  scenarios: [
    {
      name: 'repeats-itself',
      title: 'the same seed rolls the same',
      capabilities: ['seed'],
      async run({ provider }) {
        const first = await provider.roll({ sides: 100, seed: 7 })
        demandEqual(await provider.roll({ sides: 100, seed: 7 }), first, 'the second roll')
      },
    },
  ],
})
// #endregion

// #region doubles
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { adversary, fake } from 'plugboard/testing'

const loaded = fake(dice, { actions: { roll: ({ sides }) => ({ result: sides }) } })
await using bot = await startBot(new BotDefinition({ interfaces: { dice } }).addIntegration(loaded))
const { result } = await bot.interfaces.dice.roll({ sides: 6 })
const nasty = adversary(dice, { seed: 3 })
// #endregion
deepStrictEqual([result, loaded.calls], [6, [{ action: 'roll', input: { sides: 6 } }]])
// The fake repeats itself, as all that is made from the input does.
for (const integration of [fake(dice), nasty])
  deepStrictEqual((await runSuite(contract, { integration, date: '2026-11-29' })).outcome, 'passed')

// #region people
import hitl from 'plugboard/interfaces/hitl'

const desk = fake(hitl)
await using handing = await startBot(new BotDefinition({ interfaces: { desk: hitl } }).addIntegration(desk))
const { userId } = await handing.interfaces.desk.createUser({ name: 'Ada' })
const { conversationId } = await handing.interfaces.desk.startHitl({ userId, title: 'A parcel is lost' })

const people = handing.clientOf('fake-hitl')
const { user: grace } = await people.getOrCreateUser({ tags: { id: 'grace' }, name: 'Grace' })
await people.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId: grace.id }, conversationId })
await people.createMessage({ conversationId, userId: grace.id, type: 'text', payload: { text: 'It is on its way.' } })
// #endregion
deepStrictEqual(
  (await people.listMessages({ conversationId })).items.map(({ payload }) => payload),
  [{ text: 'It is on its way.' }],
)

// #region chat
import llm from 'plugboard/interfaces/llm'
import assistant from 'plugboard/plugins/assistant'
import { chat, talk } from 'plugboard/testing'

const channel = chat()
const model = fake(llm, {
  capabilities: [],
  actions: { generateContent: { content: 'Good day', toolCalls: [], stopReason: 'stop' } },
})
await using answering = await startBot(
  new BotDefinition().addIntegration(channel).addIntegration(model).addPlugin(assistant),
)
const { say } = await talk(answering)
await say('hello')
deepStrictEqual(channel.sent, ['Good day'])
// #endregion

// #region demand
const proved = new BotDefinition({ interfaces: { notes: crud.interface } }).addIntegration(memory)
await using careful = await startBot(proved, { bindings: { require: 'suite' } })
// #endregion
ok(careful.bindings.list().length > 0)
