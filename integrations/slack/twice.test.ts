/** One interface twice, with different entities: a plugin lists whatever it is bound to. */
import slack from '@plugboard/slack'
import { BotDefinition, PluginDefinition, PluginImplementation, z } from 'plugboard'
import listable from 'plugboard/interfaces/listable'
import { startBot } from 'plugboard/runtime'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { signingSecret } from './requests.fixture.ts'
import { token, WebApi } from './web-api.fixture.ts'

const definition = new PluginDefinition({
  name: 'counter',
  interfaces: { things: listable },
  actions: {
    ids: { input: { schema: z.object({}) }, output: { schema: z.object({ ids: z.array(z.string()) }) } },
  },
})
const counter = definition.implementedBy(async () => ({
  default: new PluginImplementation(definition, {
    actions: {
      ids: async ({ interfaces }) => {
        const { items } = await interfaces.things.listItems({})
        return { ids: items.map(({ id }) => id) }
      },
    },
  }),
}))

let api: WebApi
beforeEach(async () => {
  api = await WebApi.start()
})
afterEach(() => api[Symbol.asyncDispose]())
const installed = () =>
  new BotDefinition({ name: 'counting' }).addIntegration(slack, {
    configuration: { botToken: token, signingSecret, apiUrl: api.url },
  })

it('each plugin lists what it is bound to', async () => {
  const bot = installed()
    .addPlugin(counter, {
      alias: 'channels',
      dependencies: { things: { integrationAlias: 'slack', integrationInterfaceAlias: 'channels' } },
    })
    .addPlugin(counter, {
      alias: 'people',
      dependencies: { things: { integrationAlias: 'slack', integrationInterfaceAlias: 'users' } },
    })
  const running = await startBot(bot, { environment: {}, log: () => {} })
  try {
    expect(await running.actions.channels.ids({})).toEqual({ ids: ['C0GENERAL', 'C0SUPPORT', 'C0OTHER', 'G0SECRET'] })
    expect(await running.actions.people.ids({})).toEqual({ ids: ['U0ADA', 'U0BOB', 'U0GONE', 'U0BOT'] })
  } finally {
    await running.stop()
  }
})

it('one that could list both is asked which', async () => {
  await expect(startBot(installed().addPlugin(counter), { environment: {}, log: () => {} })).rejects.toMatchObject({
    problems: [{ code: 'binding_missing', message: expect.stringContaining("as 'channels', 'users'; choose one") }],
  })
})
