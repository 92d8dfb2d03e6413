import { BotDefinition, BotImplementation, PluginDefinition, PluginImplementation, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { chat, fake, talk } from 'plugboard/testing'
import { expect, it } from 'vitest'

const definition = new PluginDefinition({
  name: 'chooser',
  interfaces: { llm },
  events: { chosen: { schema: ({ entities }) => z.object({ model: entities.llm.modelRef, at: z.string() }) } },
})
const chooser = definition.implementedBy(async () => {
  const implementation = new PluginImplementation(definition)
  implementation.on.message('text', async ({ message, client, interfaces }) => {
    const { models } = await interfaces.llm.listLanguageModels({})
    const [model] = models
    if (model) await client.createEvent({ type: 'chosen', payload: { model: model.model, at: message.payload.text } })
  })
  return { default: implementation }
})

it('gives the code of a bot the events of a plugin as the plugin made them', async () => {
  const channel = chat()
  const bot = new BotImplementation(
    new BotDefinition().addIntegration(channel).addIntegration(fake(llm)).addPlugin(chooser),
  )
  const heard: unknown[] = []
  bot.on.event('chooser:chosen', async ({ event }) => {
    const { model, at } = event.payload
    heard.push(at.toUpperCase(), typeof model.id)
  })
  await using running = await startBot(bot, { environment: {} })
  const { say } = await talk(running)
  await say('noon')
  expect(heard).toEqual(['NOON', 'string'])
})
