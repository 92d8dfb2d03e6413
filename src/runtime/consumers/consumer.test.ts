import { expect, test } from 'vitest'
import { BotDefinition, PlugboardError, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { startBot } from 'plugboard/runtime'

/** What the action of a plugin ends with, whose code throws. */
async function failureOf(thrown: unknown): Promise<unknown> {
  const action = { input: { schema: z.object({}) }, output: { schema: z.object({}) } }
  const definition = new PluginDefinition({ name: 'counter', actions: { count: action } })
  const counter = definition.implementedBy(async () => ({
    default: new PluginImplementation(definition, {
      actions: {
        count: async () => {
          throw thrown
        },
      },
    }),
  }))
  await using running = await startBot(new BotDefinition().addPlugin(counter))
  return await running.actions.counter.count({}).catch((error: unknown) => error)
}

test.each([
  ['an error', new Error('broken'), 'broken'],
  ['a text', 'broken', 'broken'],
  ['nothing', undefined, 'undefined'],
])('an action that throws %s fails with a code, and says which it is', async (_, thrown, text) => {
  expect(await failureOf(thrown)).toMatchObject({
    name: 'PlugboardError',
    code: 'handler_failed',
    message: `the handler of action 'count' of plugin 'counter' failed: ${text}`,
    where: { plugin: 'counter', action: 'count' },
  })
})

test('an action that throws an error with a code fails with that', async () => {
  const own = new PlugboardError({ code: 'rate_limited', message: 'wait', retryable: true })
  expect(await failureOf(own)).toBe(own)
})
