import { describe, expect, it } from 'vitest'
import { BotDefinition, need, PluginDefinition, PluginImplementation, z } from 'plugboard'
import filesReadonly from 'plugboard/interfaces/files-readonly'
import storage from 'plugboard/interfaces/storage'
import { startBot } from 'plugboard/runtime'
import { fake } from 'plugboard/testing'

const definition = new PluginDefinition({
  name: 'reader',
  interfaces: {
    files: need(filesReadonly, { unless: 'storage' }),
    storage: need(storage, { unless: 'files' }),
  },
  configuration: { schema: ({ entities }) => z.object({ file: entities.files.file.optional() }) },
  states: { latest: { type: 'bot', schema: ({ entities }) => z.object({ file: entities.files.file.optional() }) } },
  actions: {
    look: { input: { schema: z.object({}) }, output: { schema: z.object({ sees: z.array(z.string()) }) } },
  },
})
const reader = definition.implementedBy(async () => ({
  default: new PluginImplementation(definition, {
    actions: {
      look: async ({ interfaces, client }) => {
        await client.setState({ name: 'latest', payload: {} })
        const inFiles = await interfaces.files?.listItemsInFolder({})
        const inStorage = await interfaces.storage?.listFiles({})
        return { sees: [...(inFiles ? ['files'] : []), ...(inStorage ? ['storage'] : [])] }
      },
    },
  }),
}))

const drive = () => fake(filesReadonly, { name: 'drive' })
const shelf = () => fake(storage, { name: 'shelf' })
const quiet = { environment: {}, log: () => {} }

describe('a plugin that needs one of two interfaces', () => {
  it('is given the one that is there', async () => {
    await using bot = await startBot(new BotDefinition().addIntegration(shelf()).addPlugin(reader), quiet)
    expect(await bot.actions.reader.look({})).toEqual({ sees: ['storage'] })
    expect(bot.bindings.list()).toMatchObject([
      { need: 'files', to: [], source: 'nothing' },
      { need: 'storage', to: ['shelf'], source: 'only candidate' },
    ])
  })

  it('is given the other one once that is bound while the bot runs, until it is taken back', async () => {
    const definitionOfBot = new BotDefinition()
      .addIntegration(drive())
      .addIntegration(shelf())
      .addPlugin(reader, { dependencies: { storage: 'shelf' } })
    await using bot = await startBot(definitionOfBot, quiet)
    expect(await bot.actions.reader.look({})).toEqual({ sees: ['storage'] })
    await bot.bindings.set('reader', 'files', 'drive')
    expect(await bot.actions.reader.look({})).toEqual({ sees: ['files', 'storage'] })
    await bot.bindings.reset('reader', 'files')
    expect(await bot.actions.reader.look({})).toEqual({ sees: ['storage'] })
  })

  it('cannot be configured with an entity of the one that is bound to nothing', async () => {
    const bot = new BotDefinition()
      .addIntegration(shelf())
      .addPlugin(reader, { configuration: { file: { id: 'a', name: 'a' } } })
    await expect(startBot(bot, quiet)).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', message: expect.stringContaining("'files' is bound to nothing") }],
    })
  })

  it('keeps the bot from starting where neither is there', async () => {
    await expect(startBot(new BotDefinition().addPlugin(reader), quiet)).rejects.toMatchObject({
      problems: [{ code: 'binding_missing' }, { code: 'binding_missing' }],
    })
  })
})

it('a bot of its own sees what is bound as it changes', async () => {
  const definitionOfBot = new BotDefinition({
    interfaces: { files: need(filesReadonly, { unless: 'storage' }), storage: need(storage, { unless: 'files' }) },
  })
    .addIntegration(drive())
    .addIntegration(shelf())
  await using bot = await startBot(definitionOfBot, quiet)
  expect(bot.interfaces.storage).toBeUndefined()
  await bot.bindings.set('bot', 'storage', 'shelf')
  expect(await bot.interfaces.storage?.listFiles({})).toHaveProperty('files')
})
